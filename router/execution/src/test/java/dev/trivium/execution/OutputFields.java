package dev.trivium.execution;

import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.Selection;
import dev.trivium.language.TypeReference;
import dev.trivium.language.Value;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.OutputField;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a client gets for an operation, straight from its text; the planner's way is longer.
final class OutputFields {

    private final Document schema;
    private final Document operation;

    private OutputFields(Document schema, Document operation) {
        this.schema = schema;
        this.operation = operation;
    }

    static List<OutputField> of(Document schema, Document operation) {
        Definition.Operation only = operation.definitions(Definition.Operation.class).getFirst();
        OutputFields fields = new OutputFields(schema, operation);
        List<OutputField> output = new ArrayList<>();
        fields.collect(
                only.selections(), only.type().defaultTypeName(), null, Condition.ALWAYS, output);
        return output;
    }

    private void collect(
            List<Selection> selections,
            String type,
            @Nullable List<String> onTypes,
            Condition condition,
            List<OutputField> out) {
        for (Selection selection : selections) {
            Condition here = and(condition, selection.directives());
            if (here == null) {
                continue;
            }
            switch (selection) {
                case Selection.Field field -> out.add(field(field, type, onTypes, here));
                case Selection.InlineFragment fragment ->
                        fragment(
                                fragment.typeCondition(),
                                fragment.selections(),
                                type,
                                onTypes,
                                here,
                                out);
                case Selection.FragmentSpread spread -> {
                    Definition.Fragment fragment =
                            operation.definitions(Definition.Fragment.class).stream()
                                    .filter(f -> f.name().equals(spread.fragmentName()))
                                    .findAny()
                                    .orElseThrow();
                    fragment(
                            fragment.typeCondition(),
                            fragment.selections(),
                            type,
                            onTypes,
                            here,
                            out);
                }
            }
        }
    }

    private void fragment(
            @Nullable String typeCondition,
            List<Selection> selections,
            String type,
            @Nullable List<String> onTypes,
            Condition condition,
            List<OutputField> out) {
        if (typeCondition == null || typeCondition.equals(type)) {
            collect(selections, type, onTypes, condition, out);
            return;
        }
        List<String> possible = new ArrayList<>(TestSchema.possibleTypes(schema, typeCondition));
        possible.retainAll(onTypes == null ? TestSchema.possibleTypes(schema, type) : onTypes);
        if (!possible.isEmpty()) {
            collect(selections, typeCondition, possible, condition, out);
        }
    }

    private OutputField field(
            Selection.Field field,
            String parent,
            @Nullable List<String> onTypes,
            Condition condition) {
        TypeReference type = type(parent, field.name());
        List<OutputField> below = new ArrayList<>();
        if (!type.namedType().equals("__Schema")) {
            collect(field.selections(), type.namedType(), null, Condition.ALWAYS, below);
        }
        return new OutputField(
                field.responseKey(),
                field.responseKey(),
                field.name(),
                type,
                onTypes == null ? List.of() : onTypes,
                condition,
                kind(field, type.namedType()),
                below);
    }

    private TypeReference type(String parent, String field) {
        if (field.equals("__typename")) {
            return new TypeReference.NonNull(new TypeReference.Named("String"));
        }
        if (field.equals("__schema") || field.equals("__type")) {
            return new TypeReference.Named("__Schema");
        }
        return schema.definitions(Definition.Type.class).stream()
                .filter(type -> type.name().equals(parent))
                .flatMap(type -> fields(type).stream())
                .filter(definition -> definition.name().equals(field))
                .map(Definition.FieldDefinition::type)
                .findAny()
                .orElseThrow(() -> new AssertionError(parent + '.' + field));
    }

    static List<Definition.FieldDefinition> fields(Definition.Type type) {
        return switch (type) {
            case Definition.ObjectType object -> object.fields();
            case Definition.InterfaceType object -> object.fields();
            case Definition.ScalarType _,
                    Definition.EnumType _,
                    Definition.UnionType _,
                    Definition.InputObjectType _ ->
                    List.of();
        };
    }

    private OutputField.Kind kind(Selection.Field field, String type) {
        if (field.name().equals("__schema") || field.name().equals("__type")) {
            return new OutputField.Introspection();
        }
        if (!field.selections().isEmpty()) {
            return new OutputField.Composite(type, TestSchema.possibleTypes(schema, type));
        }
        return schema.definitions(Definition.EnumType.class).stream()
                .filter(values -> values.name().equals(type))
                .<OutputField.Kind>map(values -> new OutputField.Enumeration(type, names(values)))
                .findAny()
                .orElse(new OutputField.Scalar(type));
    }

    private static List<String> names(Definition.EnumType type) {
        return type.values().stream()
                .filter(value -> !TestSchema.hidden(value.directives()))
                .map(Definition.EnumValue::name)
                .toList();
    }

    /// @return null where it can never hold
    private static @Nullable Condition and(Condition condition, List<Directive> directives) {
        List<Condition.Literal> literals = new ArrayList<>(condition.literals());
        for (Directive directive : directives) {
            boolean include = directive.name().equals("include");
            switch (Objects.requireNonNull(directive.argument("if"))) {
                case Value.Variable(var name) -> literals.add(new Condition.Literal(name, include));
                case Value.BooleanValue(var value) -> {
                    if (value != include) {
                        return null;
                    }
                }
                default -> throw new AssertionError(directive.toString());
            }
        }
        return new Condition(literals);
    }
}
