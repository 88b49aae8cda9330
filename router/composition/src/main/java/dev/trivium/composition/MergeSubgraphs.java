package dev.trivium.composition;

import dev.trivium.language.OperationType;
import java.util.List;

/// Merges valid subgraphs into one schema, with the directives that say who has what.
final class MergeSubgraphs {
    private MergeSubgraphs() {}

    static MergeContext merge(List<SubgraphSchema> subgraphs, Report report) {
        FeatureVersion version = version(subgraphs);
        var context =
                new MergeContext(
                        subgraphs,
                        new JoinSpec(version, subgraphs),
                        ComposedDirectives.of(subgraphs, report),
                        report);
        new CollectTypes(context).collect();
        if (!context.merged.schema.roots.containsKey(OperationType.QUERY)) {
            report.error(
                    CompositionCode.NO_QUERIES,
                    "No subgraph has a query type: there is nothing that clients could ask.",
                    List.of());
        }
        new MergeTypes(context).merge();
        new AddSupergraphSpecs(context, version).add();
        return context;
    }

    private static FeatureVersion version(List<SubgraphSchema> subgraphs) {
        FeatureVersion version = new FeatureVersion(2, 0);
        for (SubgraphSchema subgraph : subgraphs) {
            if (subgraph.version().isAtLeast(version)) {
                version = subgraph.version();
            }
        }
        return version;
    }
}
