package dev.trivium.composition;

import dev.trivium.language.Printer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The result depends on the set of subgraphs only, not on their order. A stage runs when those
/// before it found nothing wrong, and reports everything that it finds wrong.
public final class Composition {
    private final List<SubgraphSource> sources;
    private final Report report = new Report();

    private Composition(List<SubgraphSource> sources) {
        this.sources = sources.stream().sorted(Comparator.comparing(SubgraphSource::name)).toList();
    }

    public static CompositionResult compose(List<SubgraphSource> sources) {
        return new Composition(sources).run();
    }

    private CompositionResult run() {
        CheckSubgraphNames.check(sources, report);
        List<SubgraphSchema> subgraphs = read();
        if (report.hasErrors()) {
            return rejected();
        }
        return merge(subgraphs);
    }

    private List<SubgraphSchema> read() {
        List<SubgraphSchema> subgraphs = new ArrayList<>();
        for (SubgraphSource source : sources) {
            SubgraphSchema subgraph = ReadSubgraph.read(source, report);
            if (subgraph != null) {
                ValidateSubgraph.validate(subgraph, report);
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
        String sdl = Printer.print(WriteSupergraph.write(merged.merged));
        String api = Printer.print(WriteSupergraph.write(BuildApiSchema.build(merged)));
        return new CompositionResult.Composed(sdl, api, report.hints());
    }

    private CompositionResult rejected() {
        return new CompositionResult.Rejected(report.errors(), report.hints());
    }
}
