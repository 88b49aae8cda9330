package dev.trivium.composition;

import dev.trivium.language.OperationType;
import dev.trivium.supergraph.SpecVersion;
import java.util.List;

/// Merges valid subgraphs into one schema, with the directives that say who has what.
final class MergeSubgraphs {
    private static boolean hasQueries(SubgraphSchema subgraph) {
        TypeElement query = subgraph.model.root(OperationType.QUERY);
        return query != null && !query.fields.isEmpty();
    }

    private MergeSubgraphs() {}

    static MergeContext merge(List<SubgraphSchema> subgraphs, Report report) {
        SpecVersion version = version(subgraphs, report);
        ComposedDirectives composed = ComposedDirectives.of(subgraphs, report);
        ResolveComposedDirectives.resolve(subgraphs, composed, report);
        var context =
                new MergeContext(subgraphs, new JoinSpec(version, subgraphs), composed, report);
        new CollectTypes(context).collect();
        if (subgraphs.stream().noneMatch(MergeSubgraphs::hasQueries)) {
            report.error(
                    CompositionCode.NO_QUERIES,
                    "No subgraph has a query type: there is nothing that clients could ask.",
                    List.of());
        }
        new MergeTypes(context).merge();
        new CopyInterfaceObjectFields(context).copy();
        new PropagateAuth(context).propagate();
        if (!report.hasErrors()) {
            check(context);
        }
        if (!report.hasErrors()) {
            new AddSupergraphSpecs(context, version).add();
            ValidateDirectives.validate("", context.merged, report);
        }
        return context;
    }

    /// What no subgraph shows alone.
    private static void check(MergeContext context) {
        new CheckMergedInterfaces(context).check();
        new CheckMergedRequires(context).check();
        new CheckTransitiveAuth(context).check();
        if (!context.report.hasErrors()) {
            ValidateTypeSystem.validate("", context.merged, context.report);
            new CheckInaccessible(context, context.report).check();
        }
    }

    /// The highest version that any subgraph needs.
    private static SpecVersion version(List<SubgraphSchema> subgraphs, Report report) {
        SpecVersion version = new SpecVersion(2, 0);
        for (SubgraphSchema subgraph : subgraphs) {
            SpecVersion implied = subgraph.impliedVersion();
            if (!implied.equals(subgraph.version())) {
                report.hint(
                        HintCode.IMPLICITLY_UPGRADED_FEDERATION_VERSION,
                        "[%s] The subgraph links specifications that need Federation %s, so it is taken as one of that version instead of %s."
                                .formatted(subgraph.name, implied, subgraph.version()),
                        subgraph.links.features().stream()
                                .filter(f -> implied.equals(FeatureSpec.since(f.url())))
                                .map(f -> f.location())
                                .toList());
            }
            if (implied.isAtLeast(version)) {
                version = implied;
            }
        }
        return version;
    }
}
