package dev.trivium.composition;

import dev.trivium.supergraph.LinkedSpec;
import dev.trivium.supergraph.SpecUrl;
import java.util.List;
import java.util.Set;

/// Points at subgraphs that know a composed directive, but not as those that compose it do.
final class HintComposedDirectives {
    private final List<SubgraphSchema> subgraphs;
    private final Report report;

    HintComposedDirectives(List<SubgraphSchema> subgraphs, Report report) {
        this.subgraphs = subgraphs;
        this.report = report;
    }

    void hint(
            String name,
            Links.Origin origin,
            Set<SubgraphSchema> composing,
            List<Source<DirectiveElement>> definitions) {
        for (SubgraphSchema subgraph : subgraphs) {
            LinkedSpec feature = subgraph.links.feature(origin.feature().url().identity());
            if (feature != null && !composing.contains(subgraph)) {
                other(name, origin, subgraph, feature);
            }
        }
        differences(name, definitions);
    }

    private void other(
            String name, Links.Origin origin, SubgraphSchema subgraph, LinkedSpec feature) {
        SpecUrl composed = origin.feature().url();
        if (feature.url().version().major() != composed.version().major()) {
            report.hint(
                    HintCode.DIRECTIVE_COMPOSITION_INFO,
                    "[%s] The subgraph links %s of \"%s\", but others compose directives of %s."
                            .formatted(
                                    subgraph.name,
                                    feature.url().version(),
                                    composed.identity(),
                                    composed.version()),
                    List.of(feature.location()));
        }
        String local = feature.directive(origin.specName());
        if (!local.equals(name) && subgraph.model.directives.containsKey(local)) {
            report.hint(
                    HintCode.DIRECTIVE_COMPOSITION_WARN,
                    "[%s] \"@%s\" is composed as \"@%s\" by other subgraphs; this one will need that name to compose it, too."
                            .formatted(subgraph.name, local, name),
                    List.of(feature.location()));
        }
    }

    private void differences(String name, List<Source<DirectiveElement>> definitions) {
        DirectiveElement first = definitions.getFirst().element();
        if (definitions.stream().anyMatch(d -> d.element().repeatable != first.repeatable)) {
            report.hint(
                    HintCode.INCONSISTENT_TYPE_SYSTEM_DIRECTIVE_REPEATABLE,
                    "\"@%s\" is repeatable in some of the subgraphs that compose it only; the supergraph has the newest definition."
                            .formatted(name),
                    Source.locations(definitions));
        }
        if (definitions.stream().anyMatch(d -> !d.element().locations.equals(first.locations))) {
            report.hint(
                    HintCode.INCONSISTENT_TYPE_SYSTEM_DIRECTIVE_LOCATIONS,
                    "The subgraphs that compose \"@%s\" define it for different locations; the supergraph has the newest definition."
                            .formatted(name),
                    Source.locations(definitions));
        }
    }
}
