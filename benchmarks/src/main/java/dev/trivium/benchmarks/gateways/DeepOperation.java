package dev.trivium.benchmarks.gateways;

import dev.trivium.execution.ClientSink;
import dev.trivium.execution.Execution;
import dev.trivium.execution.Program;
import dev.trivium.execution.RequestInput;
import dev.trivium.execution.SubgraphClient.ResponseSink;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.Planner;
import dev.trivium.supergraph.SupergraphReader;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/// The deep operation without sockets: its program, and what the subgraphs answer.
///
/// @param requests to the subgraphs, in the order in which they are sent
/// @param answers to these
public record DeepOperation(Program program, List<byte[]> requests, List<byte[]> answers) {

    public static DeepOperation record() throws IOException {
        var supergraph =
                accepted(SupergraphReader.read(Scenario.text("/planning/supergraph.graphql")));
        var planner = new Planner(supergraph);
        var plan =
                accepted(
                        Parser.parseOperation(
                                        Scenario.text("/planning/operation.graphql"),
                                        ParserLimits.DEFAULT)
                                .then(it -> planner.normalize(it, null))
                                .then(it -> planner.plan(it, PlanInputs.NONE)));
        var program = Program.compile(plan, supergraph);
        var graph = new InMemoryGraph();
        List<byte[]> requests = new ArrayList<>();
        List<byte[]> answers = new ArrayList<>();
        Queue<ResponseSink> waiting = new ArrayDeque<>();
        Execution.start(
                program,
                RequestInput.NONE,
                (request, sink) -> {
                    requests.add(request.body());
                    answers.add(graph.answer(Buffer.buffer(request.body())).getBytes());
                    waiting.add(sink);
                    return () -> {};
                },
                (_, _, _) -> () -> {},
                new Discarding());
        for (int i = 0; !waiting.isEmpty(); i++) {
            waiting.remove().answered(200, answers.get(i));
        }
        return new DeepOperation(program, requests, answers);
    }

    private static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(var value) -> value;
            case Outcome.Rejected<T>(var issues) ->
                    throw new IllegalArgumentException(issues.toString());
        };
    }

    /// Answers one request of the operation, the requests in their order.
    ///
    /// @return how long the response is
    public int execute() {
        Queue<ResponseSink> waiting = new ArrayDeque<>();
        var sink = new Discarding();
        Execution.start(
                program,
                RequestInput.NONE,
                (_, receiver) -> {
                    waiting.add(receiver);
                    return () -> {};
                },
                (_, _, _) -> () -> {},
                sink);
        for (byte[] answer : answers) {
            waiting.remove().answered(200, answer);
        }
        return sink.length;
    }

    private static final class Discarding implements ClientSink {
        private int length;

        @Override
        public void part(Part part) {
            length = part.length();
        }

        @Override
        public void failed(RuntimeException bug) {
            throw bug;
        }
    }
}
