package dev.trivium.benchmarks.gateways;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What one gateway needed for one scenario.
///
/// @param cpuMicros processor time of a request, by the operating system's accounting
/// @param residentMegabytes right after the load
/// @param subgraphRequests for one operation
record Figures(
        double cpuMicros,
        double requestsPerSecond,
        double p50Millis,
        double p95Millis,
        double p99Millis,
        double residentMegabytes,
        double subgraphRequests) {

    /// Each figure's median.
    static Figures median(List<Figures> rounds) {
        return new Figures(
                median(rounds, Figures::cpuMicros),
                median(rounds, Figures::requestsPerSecond),
                median(rounds, Figures::p50Millis),
                median(rounds, Figures::p95Millis),
                median(rounds, Figures::p99Millis),
                median(rounds, Figures::residentMegabytes),
                median(rounds, Figures::subgraphRequests));
    }

    private static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
        var sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    JsonObject json(String gateway, String scenario) {
        return new JsonObject()
                .put("gateway", gateway)
                .put("scenario", scenario)
                .put("cpuMicrosPerRequest", rounded(cpuMicros))
                .put("requestsPerSecond", rounded(requestsPerSecond))
                .put("p50Millis", rounded(p50Millis))
                .put("p95Millis", rounded(p95Millis))
                .put("p99Millis", rounded(p99Millis))
                .put("residentMegabytes", rounded(residentMegabytes))
                .put("subgraphRequestsPerOperation", rounded(subgraphRequests));
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
