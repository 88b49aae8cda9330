package dev.trivium.composition;

import dev.trivium.language.Document;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Printer;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.LinkedSpecs;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The result depends on the set of subgraphs only, not on their order. A stage runs when those
/// before it found nothing wrong, and reports everything that it finds wrong.
public final class Composition {
    private final List<SubgraphSource> sources;
    private final FederationVersion newest;
    private final Contract contract;
    private final Report report = new Report();

    private Composition(List<SubgraphSource> sources, FederationVersion newest, Contract contract) {
        this.contract = contract;
        this.newest = newest;
        this.sources = sources.stream().sorted(Comparator.comparing(SubgraphSource::name)).toList();
    }

    public static CompositionResult compose(List<SubgraphSource> sources) {
        return compose(sources, FederationVersion.NEWEST, Contract.EVERYTHING);
    }

    /// @param newest what the subgraphs may link to at most
    /// @param contract what clients see of the supergraph that the subgraphs compose to
    public static CompositionResult compose(
            List<SubgraphSource> sources, FederationVersion newest, Contract contract) {
        return new Composition(sources, newest, contract).run();
    }

    private CompositionResult run() {
        CheckSubgraphNames.check(sources, report);
        List<SubgraphSchema> subgraphs = read();
        if (report.hasErrors()) {
            return rejected();
        }
        CheckExtensionBases.check(subgraphs, report);
        CheckInterfaceObjectPeers.check(subgraphs, report);
        UpgradeFederation1.upgrade(subgraphs, report);
        for (SubgraphSchema subgraph : subgraphs) {
            if (!subgraph.isFederation2()) {
                ValidateSubgraph.validate(subgraph, report);
            }
        }
        return report.hasErrors() ? rejected() : merge(subgraphs);
    }

    private List<SubgraphSchema> read() {
        List<SubgraphSchema> subgraphs = new ArrayList<>();
        for (SubgraphSource source : sources) {
            SubgraphSchema subgraph = ReadSubgraph.read(source, report);
            if (subgraph != null) {
                newest.check(subgraph, report);
                if (subgraph.isFederation2()) {
                    ValidateSubgraph.validate(subgraph, report);
                }
                subgraphs.add(subgraph);
            }
        }
        return subgraphs;
    }

    private CompositionResult merge(List<SubgraphSchema> subgraphs) {
        MergeContext merged = MergeSubgraphs.merge(subgraphs, report);
        if (report.hasErrors()) {
            return rejected();
        }
        Document document = WriteSupergraph.write(merged.merged);
        CheckSpecificationTypes.check(merged.merged, LinkedSpecs.of(document), report);
        if (report.hasErrors()) {
            return rejected();
        }
        Supergraph supergraph = read(merged.merged, document);
        SatisfiabilityCheck.Findings findings =
                SatisfiabilityCheck.check(supergraph, merged::fieldLocation);
        findings.errors().forEach(report::error);
        findings.hints().forEach(report::hint);
        if (report.hasErrors()) {
            return rejected();
        }
        return contract.equals(Contract.EVERYTHING)
                ? composed(document, supergraph)
                : contract(merged);
    }

    /// Less of what composes composes, too: nothing of what clients can still ask is new.
    private CompositionResult contract(MergeContext merged) {
        ApplyContract.apply(merged, contract, report);
        if (report.hasErrors()) {
            return rejected();
        }
        Document document = WriteSupergraph.write(merged.merged);
        return composed(document, read(merged.merged, document));
    }

    private CompositionResult composed(Document document, Supergraph supergraph) {
        return new CompositionResult.Composed(
                Printer.print(document), Printer.print(ApiSchema.of(supergraph)), report.hints());
    }

    private static Supergraph read(SchemaModel merged, Document document) {
        return switch (SupergraphReader.read(withoutConnectors(merged, document))) {
            case Outcome.Accepted<Supergraph>(var read) -> read;
            case Outcome.Rejected<Supergraph>(List<Issue> issues) ->
                    throw new IllegalStateException("the supergraph cannot be read: " + issues);
        };
    }

    /// Connectors do not matter for what follows, but no router can read a supergraph with them
    /// that does not run them.
    private static Document withoutConnectors(SchemaModel merged, Document document) {
        List<Applied> all = merged.schema.directives;
        List<Applied> others = all.stream().filter(a -> !isConnectLink(a)).toList();
        if (others.size() == all.size()) {
            return document;
        }
        merged.schema.directives = others;
        Document without = WriteSupergraph.write(merged);
        merged.schema.directives = all;
        return without;
    }

    private static boolean isConnectLink(Applied applied) {
        String url = applied.text("url");
        return url != null && url.startsWith(Links.CONNECT + "/");
    }

    private CompositionResult rejected() {
        return new CompositionResult.Rejected(report.errors(), report.hints());
    }
}
