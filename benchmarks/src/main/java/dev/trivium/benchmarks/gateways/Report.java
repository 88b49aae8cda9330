package dev.trivium.benchmarks.gateways;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The figures of a run, by scenario and gateway.
record Report(SequencedMap<String, SequencedMap<String, Figures>> scenarios) {

    String json() {
        var results = new JsonArray();
        scenarios.forEach((scenario, gateways) ->
                gateways.forEach((gateway, it) -> results.add(it.json(gateway, scenario))));
        return new JsonObject().put("results", results).encodePrettily();
    }

    /// A table for each scenario, with the processor time of each gateway over that of the floor
    /// and of the router.
    String text() {
        var lines = new ArrayList<String>();
        scenarios.forEach((scenario, gateways) -> {
            lines.add("");
            lines.add(scenario);
            lines.add("");
            lines.add(
                    "%-16s %9s %9s %8s %8s %8s %7s %9s %9s %9s"
                            .formatted(
                                    "gateway",
                                    "CPU us",
                                    "req/s",
                                    "p50 ms",
                                    "p95 ms",
                                    "p99 ms",
                                    "RSS MB",
                                    "subgraph",
                                    "CPU over",
                                    "CPU over"));
            lines.add("%-77s %9s %9s".formatted("", "floor", "trivium"));
            gateways.forEach((name, figures) -> lines.add(row(name, figures, gateways)));
        });
        return String.join("\n", lines);
    }

    private static String row(String name, Figures figures, Map<String, Figures> all) {
        return "%-16s %9.1f %9.0f %8.2f %8.2f %8.2f %7.0f %9.2f %9s %9s"
                .formatted(
                        name,
                        figures.cpuMicros(),
                        figures.requestsPerSecond(),
                        figures.p50Millis(),
                        figures.p95Millis(),
                        figures.p99Millis(),
                        figures.residentMegabytes(),
                        figures.subgraphRequests(),
                        ratio(figures, all.get("floor")),
                        ratio(figures, all.get("trivium")));
    }

    private static String ratio(Figures figures, @Nullable Figures base) {
        return base == null
                ? "-"
                : String.format(Locale.ROOT, "%.2f", figures.cpuMicros() / base.cpuMicros());
    }
}
