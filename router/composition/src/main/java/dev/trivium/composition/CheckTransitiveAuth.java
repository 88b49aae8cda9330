package dev.trivium.composition;

import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;

/// Checks that a field that is computed from others, by `@requires` or `@fromContext`, needs at
/// least the authorization that those need: else it would leak them.
final class CheckTransitiveAuth {
    private final MergeContext context;

    CheckTransitiveAuth(MergeContext context) {
        this.context = context;
    }

    void check() {
        if (ValidateAuth.DIRECTIVES.stream().noneMatch(context.composed.used()::contains)) {
            return;
        }
        for (SubgraphSchema subgraph : context.subgraphs) {
            Map<String, List<TypeElement>> contexts = ValidateContexts.contexts(subgraph.model);
            for (TypeElement type : subgraph.model.types.values()) {
                TypeElement merged = context.merged.type(type.name);
                if (merged == null || merged.kind != TypeElement.Kind.OBJECT) {
                    continue;
                }
                for (FieldElement field : type.fields.values()) {
                    FieldElement mergedField = merged.fields.get(field.name);
                    if (mergedField != null) {
                        requires(subgraph, field, mergedField);
                        contexts(subgraph, field, mergedField, contexts);
                    }
                }
            }
        }
    }

    private void requires(SubgraphSchema subgraph, FieldElement field, FieldElement merged) {
        Applied requires = field.first(FederationDirective.REQUIRES);
        String text = requires == null ? null : requires.text("fields");
        if (requires != null && text != null) {
            var use = new Use(subgraph, merged, requires);
            check(use, merged.parent, text);
        }
    }

    private void contexts(
            SubgraphSchema subgraph,
            FieldElement field,
            FieldElement merged,
            Map<String, List<TypeElement>> contexts) {
        for (InputElement argument : field.arguments.values()) {
            Applied fromContext = argument.first(FederationDirective.FROM_CONTEXT);
            String text = fromContext == null ? null : fromContext.text("field");
            if (fromContext != null && text != null) {
                ContextArguments.Reference reference = ContextArguments.parse(text);
                for (TypeElement setter : contexts.getOrDefault(reference.context(), List.of())) {
                    TypeElement type = context.merged.type(setter.name);
                    if (type != null) {
                        check(new Use(subgraph, merged, fromContext), type, reference.selection());
                    }
                }
            }
        }
    }

    private record Use(SubgraphSchema subgraph, FieldElement field, Applied applied) {}

    private void check(Use use, TypeElement type, String text) {
        if (Parser.parseSelections(text)
                instanceof Outcome.Accepted<List<Selection>>(var selections)) {
            Map<String, FieldElement> missing = new LinkedHashMap<>();
            collect(use, type, selections, missing);
            missing.values().stream().findFirst().ifPresent(field -> report(use, field));
        }
    }

    private void collect(
            Use use,
            TypeElement type,
            List<Selection> selections,
            Map<String, FieldElement> missing) {
        for (Selection selection : selections) {
            switch (selection) {
                case Selection.Field field -> {
                    FieldElement element = type.fields.get(field.name());
                    if (element == null) {
                        continue;
                    }
                    TypeElement below = context.merged.type(element.type.namedType());
                    if (!isCovered(use.field, element)
                            || (below != null && !isCovered(use.field, below))) {
                        missing.put(element.coordinate(), element);
                    }
                    if (below != null) {
                        collect(use, below, field.selections(), missing);
                    }
                }
                case Selection.InlineFragment fragment -> {
                    String condition = fragment.typeCondition();
                    TypeElement inner = condition == null ? type : context.merged.type(condition);
                    if (inner != null) {
                        collect(use, inner, fragment.selections(), missing);
                    }
                }
                case Selection.FragmentSpread _ -> {}
            }
        }
    }

    /// Whether a client that may see the field (and its type) may see the element, too.
    private static boolean isCovered(FieldElement field, Element element) {
        if (element.has(FederationDirective.AUTHENTICATED)
                && !field.has(FederationDirective.AUTHENTICATED)
                && !field.parent.has(FederationDirective.AUTHENTICATED)) {
            return false;
        }
        return isCovered(field, element, FederationDirective.REQUIRES_SCOPES, "scopes")
                && isCovered(field, element, FederationDirective.POLICY, "policies");
    }

    /// Every alternative of the field must hold all names of some alternative of the element.
    private static boolean isCovered(
            FieldElement field, Element element, FederationDirective directive, String argument) {
        Applied needed = element.first(directive);
        if (needed == null) {
            return true;
        }
        List<Applied> own = new ArrayList<>(field.all(directive));
        own.addAll(field.parent.all(directive));
        List<NavigableSet<String>> given = CombineArguments.alternatives(null);
        for (Applied applied : own) {
            given =
                    CombineArguments.conjunction(
                            given, CombineArguments.alternatives(applied.argument(argument)));
        }
        List<NavigableSet<String>> wanted =
                CombineArguments.alternatives(needed.argument(argument));
        return given.stream().allMatch(one -> wanted.stream().anyMatch(one::containsAll));
    }

    private void report(Use use, FieldElement field) {
        context.report.error(
                CompositionCode.MISSING_TRANSITIVE_AUTH_REQUIREMENTS,
                "[%s] \"%s\" is computed from \"%s\" by @%s, so it needs at least the same @authenticated, @requiresScopes and @policy."
                        .formatted(
                                use.subgraph.name,
                                use.field.coordinate(),
                                field.coordinate(),
                                use.applied.name()),
                List.of(use.applied.location(), field.location));
    }
}
