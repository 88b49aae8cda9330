package dev.trivium.composition;

import dev.trivium.language.Argument;
import dev.trivium.language.Selection;
import java.util.List;

/// Checks each `@requires` against the supergraph, in which fields may have fewer arguments than in
/// the subgraph that requires them.
final class CheckMergedRequires {
    private final MergeContext context;

    CheckMergedRequires(MergeContext context) {
        this.context = context;
    }

    void check() {
        for (SubgraphSchema subgraph : context.subgraphs) {
            for (TypeElement type : subgraph.model.types.values()) {
                for (FieldElement field : type.fields.values()) {
                    Applied requires = field.first(FederationDirective.REQUIRES);
                    TypeElement merged = context.merged.type(type.name);
                    if (requires != null && merged != null) {
                        check(new Use(subgraph, field, requires), merged, requires.selections());
                    }
                }
            }
        }
    }

    private record Use(SubgraphSchema subgraph, FieldElement field, Applied requires) {}

    private void check(Use use, TypeElement type, List<Selection> selections) {
        for (Selection selection : selections) {
            switch (selection) {
                case Selection.Field field -> {
                    FieldElement element = type.fields.get(field.name());
                    if (element != null) {
                        check(use, element, field);
                    } else if (!field.name().equals("__typename")) {
                        report(
                                use,
                                "\"%s\" has no field \"%s\"".formatted(type.name, field.name()));
                    }
                }
                case Selection.InlineFragment fragment -> {
                    String condition = fragment.typeCondition();
                    TypeElement inner = condition == null ? type : context.merged.type(condition);
                    if (inner != null) {
                        check(use, inner, fragment.selections());
                    }
                }
                case Selection.FragmentSpread _ -> {}
            }
        }
    }

    private void check(Use use, FieldElement element, Selection.Field field) {
        for (Argument argument : field.arguments()) {
            if (!element.arguments.containsKey(argument.name())) {
                report(
                        use,
                        "\"%s\" has no argument \"%s\", for not every subgraph that has the field has it"
                                .formatted(element.coordinate(), argument.name()));
            }
        }
        for (InputElement argument : element.arguments.values()) {
            boolean given =
                    field.arguments().stream().anyMatch(a -> a.name().equals(argument.name));
            if (argument.isRequired() && !given) {
                report(use, "\"%s\" is required, but not given".formatted(argument.coordinate()));
            }
        }
        TypeElement below = context.merged.type(element.type.namedType());
        if (below != null && !field.selections().isEmpty()) {
            check(use, below, field.selections());
        }
    }

    private void report(Use use, String problem) {
        context.report.error(
                CompositionCode.REQUIRES_INVALID_FIELDS,
                "[%s] On \"%s\", @%s(fields: \"%s\") does not fit the supergraph: %s."
                        .formatted(
                                use.subgraph.name,
                                use.field.coordinate(),
                                use.requires.name(),
                                use.requires.text("fields"),
                                problem),
                use.requires.location());
    }
}
