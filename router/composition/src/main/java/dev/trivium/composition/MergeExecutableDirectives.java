package dev.trivium.composition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// Merges the definitions of directives that clients may use in queries. Any subgraph may get such
/// a query, so the supergraph has what all of them have.
final class MergeExecutableDirectives {
    private final MergeContext context;
    private final MergePasses passes;

    MergeExecutableDirectives(MergeContext context, MergePasses passes) {
        this.context = context;
        this.passes = passes;
    }

    void merge() {
        SequencedMap<String, List<Source<DirectiveElement>>> byName = new LinkedHashMap<>();
        for (SubgraphSchema subgraph : context.subgraphs) {
            for (DirectiveElement directive : subgraph.model.directives.values()) {
                byName.computeIfAbsent(directive.name, _ -> new ArrayList<>(2))
                        .add(new Source<>(subgraph, directive));
            }
        }
        byName.values().stream()
                .filter(sources ->
                        sources.stream()
                                .anyMatch(s -> !s.element().executableLocations().isEmpty()))
                .filter(sources ->
                        context.composed.custom(sources.getFirst().element().name) == null)
                .forEach(this::merge);
    }

    private void merge(List<Source<DirectiveElement>> sources) {
        DirectiveElement first = sources.getFirst().element();
        if (sources.size() < context.subgraphs.size()) {
            context.report.hint(
                    HintCode.INCONSISTENT_EXECUTABLE_DIRECTIVE_PRESENCE,
                    "The directive \"@%s\" is not in the supergraph, for only %s defines it."
                            .formatted(first.name, Source.names(sources)),
                    Source.locations(sources));
            return;
        }
        var merged = new DirectiveElement(first.name, first.location);
        mergeLocations(sources, merged);
        if (merged.locations.isEmpty()) {
            return;
        }
        mergeRepeatable(sources, merged);
        passes.descriptions().merge(sources, merged);
        passes.arguments().mergeDirective(sources, merged);
        context.merged.directives.put(merged.name, merged);
        context.executableDirectives.add(merged.name);
    }

    private void mergeLocations(List<Source<DirectiveElement>> sources, DirectiveElement merged) {
        merged.locations.addAll(sources.getFirst().element().executableLocations());
        boolean same = true;
        for (Source<DirectiveElement> source : sources) {
            SequencedSet<String> locations = source.element().executableLocations();
            same &= locations.equals(sources.getFirst().element().executableLocations());
            merged.locations.retainAll(locations);
        }
        if (merged.locations.isEmpty()) {
            context.report.hint(
                    HintCode.NO_EXECUTABLE_DIRECTIVE_INTERSECTION,
                    "The directive \"@%s\" is not in the supergraph, for the subgraphs have no location of it in common."
                            .formatted(merged.name),
                    Source.locations(sources));
        } else if (!same) {
            context.report.hint(
                    HintCode.INCONSISTENT_EXECUTABLE_DIRECTIVE_LOCATIONS,
                    "The locations of the directive \"@%s\" differ between subgraphs; the supergraph has those that all have: %s."
                            .formatted(merged.name, String.join(", ", merged.locations)),
                    Source.locations(sources));
        }
    }

    private void mergeRepeatable(List<Source<DirectiveElement>> sources, DirectiveElement merged) {
        List<Source<DirectiveElement>> once =
                sources.stream().filter(source -> !source.element().repeatable).toList();
        merged.repeatable = once.isEmpty();
        if (!once.isEmpty() && once.size() < sources.size()) {
            context.report.hint(
                    HintCode.INCONSISTENT_EXECUTABLE_DIRECTIVE_REPEATABLE,
                    "The directive \"@%s\" is not repeatable in the supergraph, as it is not in %s."
                            .formatted(merged.name, Source.names(once)),
                    Source.locations(sources));
        }
    }
}
