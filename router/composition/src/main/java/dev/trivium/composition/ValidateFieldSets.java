package dev.trivium.composition;

import dev.trivium.language.Argument;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.Selection;
import dev.trivium.language.Value;
import dev.trivium.supergraph.SpecVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks the field sets of `@key`, `@requires` and `@provides` in one subgraph.
final class ValidateFieldSets {
    /// How the rules differ between the three directives.
    private enum Rule {
        KEY(
                CompositionCode.KEY_INVALID_FIELDS_TYPE,
                CompositionCode.KEY_INVALID_FIELDS,
                CompositionCode.KEY_DIRECTIVE_IN_FIELDS_ARG,
                CompositionCode.KEY_FIELDS_HAS_ARGS,
                null),
        REQUIRES(
                CompositionCode.REQUIRES_INVALID_FIELDS_TYPE,
                CompositionCode.REQUIRES_INVALID_FIELDS,
                CompositionCode.REQUIRES_DIRECTIVE_IN_FIELDS_ARG,
                null,
                CompositionCode.REQUIRES_FIELDS_MISSING_EXTERNAL),
        PROVIDES(
                CompositionCode.PROVIDES_INVALID_FIELDS_TYPE,
                CompositionCode.PROVIDES_INVALID_FIELDS,
                CompositionCode.PROVIDES_DIRECTIVE_IN_FIELDS_ARG,
                CompositionCode.PROVIDES_FIELDS_HAS_ARGS,
                CompositionCode.PROVIDES_FIELDS_MISSING_EXTERNAL);

        final CompositionCode invalidType;
        final CompositionCode invalidFields;
        final CompositionCode directive;

        /// Null where fields with arguments may be selected.
        final @Nullable CompositionCode arguments;

        /// Null where leaves need not be external.
        final @Nullable CompositionCode missingExternal;

        Rule(
                CompositionCode invalidType,
                CompositionCode invalidFields,
                CompositionCode directive,
                @Nullable CompositionCode arguments,
                @Nullable CompositionCode missingExternal) {
            this.invalidType = invalidType;
            this.invalidFields = invalidFields;
            this.directive = directive;
            this.arguments = arguments;
            this.missingExternal = missingExternal;
        }
    }

    /// How much of a long field set messages repeat.
    private static final int MAX_SHOWN = 200;

    /// The application that is being checked.
    private record Target(Rule rule, Applied applied, String text, String coordinate) {
        String introduction() {
            String shown = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + " …";
            return "On \"%s\", @%s(fields: \"%s\"): ".formatted(coordinate, applied.name(), shown);
        }
    }

    private final SubgraphSchema subgraph;
    private final SubgraphFacts facts;
    private final CheckValue values;
    private final Report report;

    private ValidateFieldSets(SubgraphSchema subgraph, SubgraphFacts facts, Report report) {
        this.subgraph = subgraph;
        this.facts = facts;
        this.values = new CheckValue(subgraph.model);
        this.report = report;
    }

    static void validate(SubgraphSchema subgraph, SubgraphFacts facts, Report report) {
        var validate = new ValidateFieldSets(subgraph, facts, report);
        for (TypeElement type : subgraph.model.types.values()) {
            if (type.kind.isComposite()) {
                validate.keys(type);
                type.fields.values().forEach(validate::field);
            }
        }
    }

    private void keys(TypeElement type) {
        for (Applied key : type.all(FederationDirective.KEY)) {
            if (type.kind == TypeElement.Kind.INTERFACE
                    && !subgraph.version().isAtLeast(new SpecVersion(2, 3))) {
                error(
                        CompositionCode.KEY_UNSUPPORTED_ON_INTERFACE,
                        key,
                        "The interface \"%s\" cannot have @%s before Federation 2.3."
                                .formatted(type.name, key.name()));
            } else {
                check(Rule.KEY, key, type, type.coordinate());
            }
        }
    }

    private void field(FieldElement field) {
        Applied requires = field.first(FederationDirective.REQUIRES);
        if (requires != null) {
            if (field.parent.kind == TypeElement.Kind.INTERFACE) {
                unsupported(CompositionCode.REQUIRES_UNSUPPORTED_ON_INTERFACE, requires, field);
            }
            check(Rule.REQUIRES, requires, field.parent, field.coordinate());
        }
        Applied provides = field.first(FederationDirective.PROVIDES);
        if (provides == null) {
            return;
        }
        TypeElement target = subgraph.model.type(field.type.namedType());
        boolean composite =
                target != null
                        && (target.kind.isComposite() || target.kind == TypeElement.Kind.UNION);
        if (target == null || !composite) {
            if (!field.has(FederationDirective.EXTERNAL)) {
                error(
                        CompositionCode.PROVIDES_ON_NON_OBJECT_FIELD,
                        provides,
                        "\"%s\" is of the type \"%s\", which has no fields that @%s could name."
                                .formatted(field.coordinate(), field.type, provides.name()));
            }
            return;
        }
        if (field.parent.kind == TypeElement.Kind.INTERFACE) {
            unsupported(CompositionCode.PROVIDES_UNSUPPORTED_ON_INTERFACE, provides, field);
        }
        check(Rule.PROVIDES, provides, target, field.coordinate());
    }

    private void unsupported(CompositionCode code, Applied applied, FieldElement field) {
        error(
                code,
                applied,
                "\"%s\" is a field of an interface, which cannot have @%s."
                        .formatted(field.coordinate(), applied.name()));
    }

    private void check(Rule rule, Applied applied, TypeElement type, String coordinate) {
        if (!(applied.argument("fields") instanceof Value.StringValue(var text))) {
            Value given = applied.argument("fields");
            error(
                    rule.invalidType,
                    applied,
                    "On \"%s\", the fields of @%s must be a string, but are %s."
                            .formatted(
                                    coordinate,
                                    applied.name(),
                                    given == null ? "missing" : CheckValue.show(given)));
            return;
        }
        var target = new Target(rule, applied, text, coordinate);
        switch (Parser.parseSelections(text)) {
            case Outcome.Accepted<List<Selection>>(var selections) -> {
                if (selections.isEmpty()) {
                    invalid(target, "no fields are selected.");
                }
                check(target, type, selections, false);
            }
            case Outcome.Rejected<List<Selection>>(List<Issue> issues) ->
                    invalid(target, issues.getFirst().message());
        }
    }

    private void check(
            Target target, TypeElement type, List<Selection> selections, boolean external) {
        for (Selection selection : selections) {
            switch (selection) {
                case Selection.Field field -> field(target, type, field, external);
                case Selection.InlineFragment fragment ->
                        fragment(target, type, fragment, external);
                case Selection.FragmentSpread spread ->
                        invalid(
                                target,
                                "the fragment \"%s\" does not exist."
                                        .formatted(spread.fragmentName()));
            }
        }
    }

    private void directives(Target target, Selection selection) {
        if (!selection.directives().isEmpty()) {
            error(
                    target.rule.directive,
                    target.applied,
                    target.introduction()
                            + "directives such as @%s are not allowed in it."
                                    .formatted(selection.directives().getFirst().name()));
        }
    }

    private void fragment(
            Target target, TypeElement type, Selection.InlineFragment fragment, boolean external) {
        String condition = fragment.typeCondition();
        TypeElement inner = condition == null ? type : subgraph.model.type(condition);
        boolean composite =
                inner != null && (inner.kind.isComposite() || inner.kind == TypeElement.Kind.UNION);
        if (inner == null || !composite) {
            invalid(target, "there is no object type \"%s\".".formatted(condition));
        } else {
            directives(target, fragment);
            check(target, inner, fragment.selections(), external);
        }
    }

    private void field(
            Target target, TypeElement type, Selection.Field selection, boolean external) {
        if (selection.name().equals("__typename")) {
            checkTypename(target, external);
            return;
        }
        if (selection.alias() != null) {
            invalid(target, "the alias \"%s\" is not allowed.".formatted(selection.alias()));
        }
        FieldElement field = type.fields.get(selection.name());
        if (field == null) {
            invalid(
                    target,
                    "\"%s\" has no field \"%s\". Add it, with @external if the subgraph does not resolve it."
                            .formatted(type.name, selection.name()));
            return;
        }
        directives(target, selection);
        checkSelectable(target, field, selection);
        boolean isExternal = facts.isExternal(field);
        boolean leaf = selection.selections().isEmpty();
        CompositionCode missing = target.rule.missingExternal;
        if (missing != null && leaf && !external && !isExternal) {
            error(
                    missing,
                    target.applied,
                    target.introduction()
                            + "\"%s\" must be marked @external, for this subgraph resolves it by itself otherwise."
                                    .formatted(field.coordinate()));
        }
        TypeElement below = subgraph.model.type(field.type.namedType());
        boolean passable = target.rule != Rule.KEY || below == null || !isAbstract(below);
        if (!leaf && below != null && passable) {
            check(
                    target,
                    below,
                    selection.selections(),
                    external || isExternal || isExternalInImplementation(type, field.name));
        }
    }

    private boolean isExternalInImplementation(TypeElement type, String fieldName) {
        if (type.kind != TypeElement.Kind.INTERFACE) {
            return false;
        }
        for (TypeElement implementation : facts.implementations(type.name)) {
            FieldElement field = implementation.fields.get(fieldName);
            if (field != null && facts.isExternal(field)) {
                return true;
            }
        }
        return false;
    }

    private void checkSelectable(Target target, FieldElement field, Selection.Field selection) {
        TypeElement below = subgraph.model.type(field.type.namedType());
        boolean composite =
                below != null && (below.kind.isComposite() || below.kind == TypeElement.Kind.UNION);
        if (target.rule == Rule.KEY && below != null && isAbstract(below)) {
            error(
                    CompositionCode.KEY_FIELDS_SELECT_INVALID_TYPE,
                    target.applied,
                    target.introduction()
                            + "\"%s\" is of the type \"%s\", but keys hold neither interfaces nor unions."
                                    .formatted(field.coordinate(), field.type));
        }
        if (composite && selection.selections().isEmpty()) {
            invalid(
                    target,
                    "\"%s\" needs a selection of the fields of \"%s\"."
                            .formatted(field.coordinate(), field.type.namedType()));
        } else if (!composite && !selection.selections().isEmpty()) {
            invalid(target, "\"%s\" has no fields to select.".formatted(field.coordinate()));
        }
        checkArguments(target, field, selection);
    }

    /// Every subgraph knows the type of the object that it has, so nothing external is meant.
    private void checkTypename(Target target, boolean external) {
        if (target.rule.missingExternal != null && !external) {
            error(
                    target.rule.missingExternal,
                    target.applied,
                    target.introduction() + "\"__typename\" cannot be marked @external.");
        }
    }

    /// What `@requires` gives is checked against the supergraph, too: {@link CheckMergedRequires}.
    private void checkArguments(Target target, FieldElement field, Selection.Field selection) {
        List<String> problems = argumentProblems(field, selection);
        problems.forEach(problem -> invalid(target, problem));
        if (target.rule.arguments != null && !field.arguments.isEmpty() && problems.isEmpty()) {
            error(
                    target.rule.arguments,
                    target.applied,
                    target.introduction()
                            + "\"%s\" has arguments, so it cannot be selected."
                                    .formatted(field.coordinate()));
        }
    }

    private List<String> argumentProblems(FieldElement field, Selection.Field selection) {
        List<String> problems = new ArrayList<>();
        for (Argument argument : selection.arguments()) {
            InputElement input = field.arguments.get(argument.name());
            if (input == null) {
                problems.add(
                        "\"%s\" has no argument \"%s\"."
                                .formatted(field.coordinate(), argument.name()));
            } else if (!values.isValid(argument.value(), input.type)) {
                problems.add(
                        "%s is no value of the type \"%s\" of \"%s\"."
                                .formatted(
                                        CheckValue.show(argument.value()),
                                        input.type,
                                        input.coordinate()));
            }
        }
        for (InputElement argument : field.arguments.values()) {
            boolean given =
                    selection.arguments().stream().anyMatch(a -> a.name().equals(argument.name));
            if (argument.isRequired() && !given) {
                problems.add("the argument \"%s\" is missing.".formatted(argument.coordinate()));
            }
        }
        return problems;
    }

    private static boolean isAbstract(TypeElement type) {
        return type.kind == TypeElement.Kind.INTERFACE || type.kind == TypeElement.Kind.UNION;
    }

    private void invalid(Target target, String problem) {
        error(target.rule.invalidFields, target.applied, target.introduction() + problem);
    }

    private void error(CompositionCode code, Applied applied, String message) {
        report.error(code, "[" + subgraph.name + "] " + message, List.of(applied.location()));
    }
}
