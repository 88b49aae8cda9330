package dev.trivium.composition;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Checks that subgraphs have names, and no two the same.
final class CheckSubgraphNames {
    private CheckSubgraphNames() {}

    static void check(List<SubgraphSource> sources, Report report) {
        Set<String> names = new HashSet<>();
        for (SubgraphSource source : sources) {
            String name = source.name();
            if (name.isEmpty() || name.equals("_")) {
                report.error(
                        CompositionCode.INVALID_SUBGRAPH_NAME,
                        "\"%s\" cannot be the name of a subgraph.".formatted(name),
                        List.of());
            } else if (!names.add(name)) {
                report.error(
                        CompositionCode.INVALID_SUBGRAPH_NAME,
                        "There is more than one subgraph \"%s\".".formatted(name),
                        List.of());
            }
        }
    }
}
