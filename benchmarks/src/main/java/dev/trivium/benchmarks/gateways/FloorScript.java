package dev.trivium.benchmarks.gateways;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trivium.execution.ClientSink;
import dev.trivium.execution.Execution;
import dev.trivium.execution.Program;
import dev.trivium.execution.RequestInput;
import dev.trivium.execution.SubgraphClient;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.Planner;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the router sends and answers for one operation: all that the floor needs to know.
record FloorScript(List<Step> steps, String answer) {

    /// A request to a subgraph.
    ///
    /// @param after the steps whose answers it waits for
    record Step(String url, String body, List<Integer> after) {}

    /// Runs an operation once, without sockets, and takes note.
    static FloorScript record(String supergraphSdl, String operation, InMemoryGraph graph) {
        var supergraph = accepted(SupergraphReader.read(supergraphSdl));
        var planner = new Planner(supergraph);
        var plan =
                accepted(
                        Parser.parseOperation(operation, ParserLimits.DEFAULT)
                                .then(it -> planner.normalize(it, null))
                                .then(it -> planner.plan(it, PlanInputs.NONE)));
        var recorder = new Recorder(supergraph, plan.fetches(), graph);
        Execution.start(
                Program.compile(plan, supergraph),
                RequestInput.NONE,
                recorder,
                (_, _, _) -> () -> {},
                recorder);
        return recorder.script();
    }

    static FloorScript of(JsonObject json) {
        var steps =
                json.getJsonArray("steps").stream()
                        .map(JsonObject.class::cast)
                        .map(it ->
                                new Step(
                                        it.getString("url"),
                                        it.getString("body"),
                                        it.getJsonArray("after").stream()
                                                .map(Integer.class::cast)
                                                .toList()))
                        .toList();
        return new FloorScript(steps, json.getString("answer"));
    }

    JsonObject json() {
        var array = new JsonArray();
        for (var step : steps) {
            array.add(
                    new JsonObject()
                            .put("url", step.url)
                            .put("body", step.body)
                            .put("after", new JsonArray(step.after)));
        }
        return new JsonObject().put("steps", array).put("answer", answer);
    }

    private static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(var value) -> value;
            case Outcome.Rejected<T>(var issues) ->
                    throw new IllegalArgumentException(issues.toString());
        };
    }

    private static final class Recorder implements SubgraphClient, ClientSink {
        private final Supergraph supergraph;
        private final List<Fetch> fetches;
        private final InMemoryGraph graph;
        private final @Nullable Step[] steps;
        private final boolean[] answered;
        private final Queue<Waiting> waiting = new ArrayDeque<>();
        private String answer = "";

        private record Waiting(int fetch, byte[] body, ResponseSink sink) {}

        Recorder(Supergraph supergraph, List<Fetch> fetches, InMemoryGraph graph) {
            this.supergraph = supergraph;
            this.fetches = fetches;
            this.graph = graph;
            this.steps = new @Nullable Step[fetches.size()];
            this.answered = new boolean[fetches.size()];
        }

        @Override
        public Call send(SubgraphRequest request, ResponseSink sink) {
            var fetch =
                    fetches.stream()
                            .filter(it -> it.subgraph() == request.subgraph())
                            .filter(it -> steps[it.id()] == null && isReady(it))
                            .findFirst()
                            .orElseThrow();
            steps[fetch.id()] =
                    new Step(
                            supergraph.subgraphs().get(fetch.subgraph()).url(),
                            new String(request.body(), UTF_8),
                            fetch.dependencies());
            waiting.add(new Waiting(fetch.id(), request.body(), sink));
            return () -> {};
        }

        private boolean isReady(Fetch fetch) {
            return fetch.dependencies().stream().allMatch(it -> answered[it]);
        }

        @Override
        public void part(Part part) {
            answer = new String(part.buffer(), 0, part.length(), UTF_8);
        }

        @Override
        public void failed(RuntimeException bug) {
            throw bug;
        }

        FloorScript script() {
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                answered[next.fetch] = true;
                next.sink.answered(200, graph.answer(Buffer.buffer(next.body)).getBytes());
            }
            return new FloorScript(
                    IntStream.range(0, steps.length).mapToObj(id -> sent(steps[id], id)).toList(),
                    answer);
        }

        private static Step sent(@Nullable Step step, int id) {
            if (step == null) {
                throw new IllegalStateException("fetch " + id + " has not been sent");
            }
            return step;
        }
    }
}
