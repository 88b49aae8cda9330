package dev.trivium.composition;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.Selection;
import dev.trivium.language.TypeReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks `@context` and `@fromContext`: the names, the places, and that every type with the
/// context has what the argument takes from it.
final class ValidateContexts {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

    private final SubgraphSchema subgraph;
    private final SchemaModel model;
    private final Report report;
    private final TypeRelations relations;
    private final Map<String, List<TypeElement>> contexts;

    private ValidateContexts(SubgraphSchema subgraph, Report report) {
        this.subgraph = subgraph;
        this.model = subgraph.model;
        this.report = report;
        this.relations = new TypeRelations(model);
        this.contexts = contexts(model);
    }

    static void validate(SubgraphSchema subgraph, Report report) {
        var validate = new ValidateContexts(subgraph, report);
        validate.names();
        for (DirectiveElement directive : subgraph.model.directives.values()) {
            directive.arguments.values().forEach(validate::directiveArgument);
        }
        for (TypeElement type : subgraph.model.types.values()) {
            for (FieldElement field : type.fields.values()) {
                for (InputElement argument : field.arguments.values()) {
                    Applied fromContext = argument.first(FederationDirective.FROM_CONTEXT);
                    if (fromContext != null) {
                        validate.argument(type, field, argument, fromContext);
                    }
                }
            }
        }
    }

    /// The types that set each context.
    static Map<String, List<TypeElement>> contexts(SchemaModel model) {
        Map<String, List<TypeElement>> contexts = new LinkedHashMap<>();
        for (TypeElement type : model.types.values()) {
            for (Applied context : type.all(FederationDirective.CONTEXT)) {
                String name = context.text("name");
                if (name != null) {
                    contexts.computeIfAbsent(name, _ -> new ArrayList<>()).add(type);
                }
            }
        }
        return contexts;
    }

    private void names() {
        for (TypeElement type : model.types.values()) {
            for (Applied context : type.all(FederationDirective.CONTEXT)) {
                String name = context.text("name");
                if (name != null && !NAME.matcher(name).matches()) {
                    error(
                            CompositionCode.CONTEXT_NAME_INVALID,
                            context,
                            "\"%s\" is no name for a context: it must be a letter, then letters and digits."
                                    .formatted(name));
                }
            }
        }
    }

    private void directiveArgument(InputElement argument) {
        Applied fromContext = argument.first(FederationDirective.FROM_CONTEXT);
        if (fromContext != null) {
            misplaced(argument, fromContext, "it is an argument of a directive");
        }
    }

    private void argument(
            TypeElement type, FieldElement field, InputElement argument, Applied fromContext) {
        if (type.kind == TypeElement.Kind.INTERFACE) {
            misplaced(argument, fromContext, "it belongs to a field of an interface");
            return;
        }
        for (String name : type.interfaces.keySet()) {
            TypeElement itf = model.type(name);
            if (itf != null && itf.fields.containsKey(field.name)) {
                misplaced(
                        argument,
                        fromContext,
                        "its field is one of the interface \"%s\"".formatted(name));
            }
        }
        if (argument.defaultValue != null) {
            misplaced(argument, fromContext, "it has a default value");
        }
        String text = fromContext.text("field");
        ContextArguments.Reference reference = ContextArguments.parse(text == null ? "" : text);
        if (reference.context().isEmpty() || reference.selection().isBlank()) {
            error(
                    CompositionCode.NO_CONTEXT_IN_SELECTION,
                    fromContext,
                    "\"%s\" takes \"%s\" from a context, which is not of the form \"$context { selection }\"."
                            .formatted(argument.coordinate(), text));
            return;
        }
        List<TypeElement> setters = contexts.get(reference.context());
        if (setters == null) {
            error(
                    CompositionCode.CONTEXT_NOT_SET,
                    fromContext,
                    "\"%s\" takes its value from the context \"%s\", which no type sets."
                            .formatted(argument.coordinate(), reference.context()));
        } else {
            setters.forEach(setter -> selection(argument, fromContext, reference, setter));
        }
        key(type, argument, fromContext);
    }

    private void key(TypeElement type, InputElement argument, Applied fromContext) {
        boolean resolvable =
                type.all(FederationDirective.KEY).stream()
                        .anyMatch(key -> key.flag("resolvable", true));
        if (!resolvable) {
            error(
                    CompositionCode.CONTEXT_NO_RESOLVABLE_KEY,
                    fromContext,
                    "\"%s\" needs a key that can be resolved, for \"%s\" takes its value from a context."
                            .formatted(type.name, argument.coordinate()));
        }
    }

    private void misplaced(InputElement argument, Applied fromContext, String reason) {
        error(
                CompositionCode.CONTEXT_NOT_SET,
                fromContext,
                "\"%s\" cannot take its value from a context: %s."
                        .formatted(argument.coordinate(), reason));
    }

    private void selection(
            InputElement argument,
            Applied fromContext,
            ContextArguments.Reference reference,
            TypeElement setter) {
        String problem =
                switch (Parser.parseSelections(reference.selection())) {
                    case Outcome.Accepted<List<Selection>>(var selections) ->
                            problem(argument, setter, selections);
                    case Outcome.Rejected<List<Selection>>(List<Issue> issues) ->
                            issues.getFirst().message();
                };
        if (problem != null) {
            error(
                    CompositionCode.CONTEXT_INVALID_SELECTION,
                    fromContext,
                    "\"%s\" takes \"%s\" from the context \"%s\" as set by \"%s\", but %s"
                            .formatted(
                                    argument.coordinate(),
                                    reference.selection().strip(),
                                    reference.context(),
                                    setter.name,
                                    problem));
        }
    }

    /// The selection is one field, or one field for each of several types.
    private @Nullable String problem(
            InputElement argument, TypeElement setter, List<Selection> selections) {
        if (CollectTypes.isInterfaceObject(setter)) {
            return "that is an @interfaceObject, of which it is not known where its fields come from.";
        }
        boolean fragments =
                selections.stream().allMatch(Selection.InlineFragment.class::isInstance);
        if (!fragments) {
            return field(argument, setter, selections, false);
        }
        boolean matched = false;
        for (Selection selection : selections) {
            var fragment = (Selection.InlineFragment) selection;
            String condition = fragment.typeCondition();
            TypeElement type = condition == null ? setter : model.type(condition);
            if (!fragment.directives().isEmpty()) {
                return "directives are not allowed in it.";
            }
            if (type == null) {
                return "there is no type \"%s\".".formatted(condition);
            }
            if (overlaps(setter, type)) {
                matched = true;
                String problem = field(argument, type, fragment.selections(), false);
                if (problem != null) {
                    return problem;
                }
            }
        }
        return matched ? null : "it names no field for that type.";
    }

    private boolean overlaps(TypeElement setter, TypeElement type) {
        return setter.name.equals(type.name)
                || setter.members.containsKey(type.name)
                || type.interfaces.containsKey(setter.name)
                || setter.interfaces.containsKey(type.name)
                || type.members.containsKey(setter.name);
    }

    private @Nullable String field(
            InputElement argument, TypeElement type, List<Selection> selections, boolean inList) {
        if (selections.size() != 1
                || !(selections.getFirst() instanceof Selection.Field selection)) {
            return "it must select exactly one field.";
        }
        if (selection.alias() != null) {
            return "aliases are not allowed in it.";
        }
        if (!selection.directives().isEmpty()) {
            return "directives are not allowed in it.";
        }
        FieldElement field = type.fields.get(selection.name());
        if (field == null) {
            return "\"%s\" has no field \"%s\".".formatted(type.name, selection.name());
        }
        boolean list = inList || field.type.nullable() instanceof TypeReference.ListOf;
        TypeElement below = model.type(field.type.namedType());
        if (!selection.selections().isEmpty() && below != null) {
            return field(argument, below, selection.selections(), list);
        }
        TypeReference selected =
                inList ? new TypeReference.ListOf(field.type) : field.type.nullable();
        return relations.isSubtype(argument.type, selected)
                ? null
                : "its type \"%s\" is not that of the argument, \"%s\"."
                        .formatted(selected, argument.type);
    }

    private void error(CompositionCode code, Applied applied, String message) {
        report.error(code, "[" + subgraph.name + "] " + message, applied.location());
    }
}
