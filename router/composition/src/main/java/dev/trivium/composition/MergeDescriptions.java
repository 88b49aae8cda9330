package dev.trivium.composition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Takes the description that most subgraphs give.
final class MergeDescriptions {
    private final Report report;

    MergeDescriptions(Report report) {
        this.report = report;
    }

    <E extends Element> void merge(List<Source<E>> sources, Element merged) {
        SequencedMap<String, List<Source<E>>> byText = new LinkedHashMap<>();
        for (Source<E> source : sources) {
            String description = source.element().description;
            if (description != null && !description.isEmpty()) {
                byText.computeIfAbsent(description, _ -> new ArrayList<>(2)).add(source);
            }
        }
        if (byText.isEmpty()) {
            return;
        }
        List<Source<E>> most = byText.firstEntry().getValue();
        for (List<Source<E>> each : byText.values()) {
            if (each.size() > most.size()) {
                most = each;
            }
        }
        merged.description = most.getFirst().element().description;
        if (byText.size() > 1) {
            List<Source<E>> described = new ArrayList<>();
            byText.values().forEach(described::addAll);
            report.hint(
                    HintCode.INCONSISTENT_DESCRIPTION,
                    "The descriptions of \"%s\" differ; the supergraph takes that of %s."
                            .formatted(merged.coordinate(), Source.names(most)),
                    Source.locations(described));
        }
    }
}
