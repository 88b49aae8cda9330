package dev.trivium.language;

import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.Field;
import graphql.language.FloatValue;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.SelectionSet;
import graphql.language.StringValue;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An executable document as graphql-java has it.
// graphql-java's own builders take raw types.
@SuppressWarnings("rawtypes")
final class GraphQlJavaDocument {
    private GraphQlJavaDocument() {}

    static graphql.language.Document of(Document document) {
        return graphql.language.Document.newDocument()
                .definitions(
                        document.definitions(Definition.Executable.class).stream()
                                .<graphql.language.Definition>map(GraphQlJavaDocument::definition)
                                .toList())
                .build();
    }

    private static graphql.language.Definition<?> definition(Definition.Executable definition) {
        return switch (definition) {
            case Definition.Operation operation -> operation(operation);
            case Definition.Fragment fragment ->
                    FragmentDefinition.newFragmentDefinition()
                            .name(fragment.name())
                            .typeCondition(new TypeName(fragment.typeCondition()))
                            .directives(directives(fragment.directives()))
                            .selectionSet(selectionSet(fragment.selections()))
                            .sourceLocation(location(fragment.location()))
                            .build();
        };
    }

    private static OperationDefinition operation(Definition.Operation operation) {
        return OperationDefinition.newOperationDefinition()
                .operation(OperationDefinition.Operation.valueOf(operation.type().name()))
                .name(operation.name())
                .variableDefinitions(
                        operation.variables().stream().map(GraphQlJavaDocument::variable).toList())
                .directives(directives(operation.directives()))
                .selectionSet(selectionSet(operation.selections()))
                .sourceLocation(location(operation.location()))
                .build();
    }

    private static VariableDefinition variable(Definition.VariableDefinition variable) {
        Value defaultValue = variable.defaultValue();
        return VariableDefinition.newVariableDefinition()
                .name(variable.name())
                .type(type(variable.type()))
                .defaultValue(defaultValue == null ? null : value(defaultValue))
                .directives(directives(variable.directives()))
                .sourceLocation(location(variable.location()))
                .build();
    }

    private static SelectionSet selectionSet(List<Selection> selections) {
        return SelectionSet.newSelectionSet()
                .selections(selections.stream().map(GraphQlJavaDocument::selection).toList())
                .build();
    }

    private static graphql.language.Selection selection(Selection selection) {
        return switch (selection) {
            case Selection.Field field ->
                    Field.newField()
                            .alias(field.alias())
                            .name(field.name())
                            .arguments(arguments(field.arguments()))
                            .directives(directives(field.directives()))
                            .selectionSet(
                                    field.selections().isEmpty()
                                            ? null
                                            : selectionSet(field.selections()))
                            .sourceLocation(location(field.location()))
                            .build();
            case Selection.FragmentSpread spread ->
                    FragmentSpread.newFragmentSpread()
                            .name(spread.fragmentName())
                            .directives(directives(spread.directives()))
                            .sourceLocation(location(spread.location()))
                            .build();
            case Selection.InlineFragment fragment ->
                    InlineFragment.newInlineFragment()
                            .typeCondition(typeCondition(fragment.typeCondition()))
                            .directives(directives(fragment.directives()))
                            .selectionSet(selectionSet(fragment.selections()))
                            .sourceLocation(location(fragment.location()))
                            .build();
        };
    }

    private static @Nullable TypeName typeCondition(@Nullable String name) {
        return name == null ? null : new TypeName(name);
    }

    private static List<graphql.language.Argument> arguments(List<Argument> arguments) {
        return arguments.stream()
                .map(argument ->
                        graphql.language.Argument.newArgument()
                                .name(argument.name())
                                .value(value(argument.value()))
                                .sourceLocation(location(argument.location()))
                                .build())
                .toList();
    }

    private static List<graphql.language.Directive> directives(List<Directive> directives) {
        return directives.stream()
                .map(directive ->
                        graphql.language.Directive.newDirective()
                                .name(directive.name())
                                .arguments(arguments(directive.arguments()))
                                .sourceLocation(location(directive.location()))
                                .build())
                .toList();
    }

    static graphql.language.Value<?> value(Value value) {
        return switch (value) {
            case Value.Variable(var name) -> new VariableReference(name);
            case Value.IntValue(var digits) -> new IntValue(new BigInteger(digits));
            case Value.FloatValue(var digits) -> new FloatValue(decimal(digits));
            case Value.StringValue(var string) -> new StringValue(string);
            case Value.BooleanValue(var bool) -> new BooleanValue(bool);
            case Value.NullValue() -> NullValue.of();
            case Value.EnumValue(var name) -> new EnumValue(name);
            case Value.ListValue(var elements) ->
                    ArrayValue.newArrayValue().values(list(elements)).build();
            case Value.ObjectValue(var fields) ->
                    ObjectValue.newObjectValue()
                            .objectFields(
                                    fields.entrySet().stream()
                                            .map(field ->
                                                    new ObjectField(
                                                            field.getKey(),
                                                            value(field.getValue())))
                                            .toList())
                            .build();
        };
    }

    /// A number; one whose exponent Java cannot hold stands for itself by another that no type
    /// holds either.
    private static BigDecimal decimal(String digits) {
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException _) {
            return BigDecimal.TWO.scaleByPowerOfTen(Integer.MAX_VALUE / 2);
        }
    }

    private static List<graphql.language.Value> list(List<Value> elements) {
        return elements.stream().<graphql.language.Value>map(GraphQlJavaDocument::value).toList();
    }

    private static Type type(TypeReference type) {
        return switch (type) {
            case TypeReference.Named(var name) -> new TypeName(name);
            case TypeReference.ListOf(var element) -> new ListType(type(element));
            case TypeReference.NonNull(var nullable) -> new NonNullType(type(nullable));
        };
    }

    private static graphql.language.SourceLocation location(SourceLocation location) {
        return new graphql.language.SourceLocation(location.line(), location.column());
    }
}
