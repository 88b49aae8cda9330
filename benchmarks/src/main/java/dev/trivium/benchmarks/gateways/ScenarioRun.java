package dev.trivium.benchmarks.gateways;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Measures gateways side by side, while their subgraphs and the load generator run.
final class ScenarioRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration RETRY = Duration.ofMillis(20);

    private final RunningProcess subgraphs;
    private final RunningProcess generator;
    private final Load load;
    private final String body;
    private final JsonObject expected;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// The length of each gateway's answer, which is known to be right.
    private final Map<Gateway, Integer> lengths = new LinkedHashMap<>();

    ScenarioRun(
            RunningProcess subgraphs,
            RunningProcess generator,
            Load load,
            String operation,
            InMemoryGraph graph) {
        this.subgraphs = subgraphs;
        this.generator = generator;
        this.load = load;
        this.body = new JsonObject().put("query", operation).encode();
        this.expected = graph.answer(Buffer.buffer(body)).toJsonObject();
    }

    /// Waits until a gateway answers, and compares the answer.
    void await(Gateway gateway, RunningProcess process) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var answer = "nothing";
        do {
            try {
                var response = send(gateway);
                answer = response.statusCode() + " " + response.body();
                if (response.statusCode() == 200 && answer.contains("\"data\":{")) {
                    compare(gateway, response.body());
                    return;
                }
            } catch (IOException _) {
                // It does not listen yet.
            }
        } while (!process.endsWithin(RETRY) && System.nanoTime() < deadline);
        throw new IOException(
                "%s does not answer, but: %s%n%s"
                        .formatted(gateway.name(), shortened(answer), process.lastWords()));
    }

    private HttpResponse<String> send(Gateway gateway) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(gateway.url()))
                        .timeout(PATIENCE)
                        .header("content-type", "application/json")
                        .header("accept", "application/json")
                        .header("authorization", "Bearer 0")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private void compare(Gateway gateway, String answer) {
        if (!new JsonObject(answer).equals(expected)) {
            throw new IllegalStateException(
                    "%s answers wrongly: %s%nexpected: %s"
                            .formatted(
                                    gateway.name(),
                                    shortened(answer),
                                    shortened(expected.encode())));
        }
        lengths.put(gateway, answer.getBytes(UTF_8).length);
    }

    /// Loads the gateways in turns, all of them in each round.
    ///
    /// @param processes that have been awaited
    /// @return the medians of the rounds
    SequencedMap<Gateway, Figures> measure(SequencedMap<Gateway, RunningProcess> processes)
            throws IOException {
        for (var entry : processes.entrySet()) {
            warmUp(entry.getKey(), entry.getValue());
        }
        var rounds = new LinkedHashMap<Gateway, List<Figures>>();
        for (int round = 0; round < load.rounds(); round++) {
            for (var entry : processes.entrySet()) {
                var figures = measure(entry.getKey(), entry.getValue());
                rounds.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>()).add(figures);
            }
        }
        var medians = new LinkedHashMap<Gateway, Figures>();
        rounds.forEach((gateway, figures) -> medians.put(gateway, Figures.median(figures)));
        return medians;
    }

    /// Runs rounds that do not count until compilers have done their work: until the processor time
    /// of a request no longer falls by more than a twentieth, twice in a row.
    private void warmUp(Gateway gateway, RunningProcess process) throws IOException {
        double least = Double.MAX_VALUE;
        int steady = 0;
        for (int round = 0; round < load.warmupRounds() && steady < 2; round++) {
            double cpu = measure(gateway, process).cpuMicros();
            steady = cpu > 0.95 * least ? steady + 1 : 0;
            least = Math.min(least, cpu);
        }
    }

    private Figures measure(Gateway gateway, RunningProcess process) throws IOException {
        long subgraphRequests = Long.parseLong(subgraphs.ask("count"));
        long cpu = process.cpuMicros();
        var result = generate(gateway, load.seconds());
        double requests = result.getLong("requests");
        return new Figures(
                (process.cpuMicros() - cpu) / requests,
                requests / result.getDouble("seconds"),
                result.getDouble("p50"),
                result.getDouble("p95"),
                result.getDouble("p99"),
                process.residentMegabytes(),
                (Long.parseLong(subgraphs.ask("count")) - subgraphRequests) / requests);
    }

    private JsonObject generate(Gateway gateway, int seconds) throws IOException {
        var task =
                new JsonObject()
                        .put("url", gateway.url())
                        .put("body", body)
                        .put("length", lengths.get(gateway))
                        .put("connections", load.connections())
                        .put("seconds", seconds);
        var result = new JsonObject(generator.ask(task.encode()));
        if (result.getLong("failures") > 0) {
            throw new IllegalStateException(
                    gateway.name() + " failed under load: " + result.encode());
        }
        return result;
    }

    private static String shortened(String text) {
        return text.length() > 2_000 ? text.substring(0, 2_000) + " …" : text;
    }
}
