package dev.trivium.execution;

import dev.trivium.execution.FakeSubgraphs.Reply;
import dev.trivium.execution.SubgraphClient.ResponseSink;
import dev.trivium.language.Document;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.Planner;
import dev.trivium.supergraph.Supergraph;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import tools.jackson.databind.ObjectMapper;

/// What execution costs without sockets: the deep operation of the public gateway benchmarks, from
/// the program to the last byte. Prints CPU time a request, and for comparison what another parser
/// takes for the answers of the subgraphs alone. Run `main` with the test class path.
final class ExecutionBenchmark {

    private static final String OPERATION =
            """
            fragment User on User { id username name }
            fragment Review on Review { id body }
            fragment Product on Product { inStock name price shippingEstimate upc weight }
            query {
              users { ...User reviews { ...Review product { ...Product reviews { ...Review
                author { ...User reviews { ...Review product { ...Product } } } } } } }
              topProducts { ...Product reviews { ...Review author { ...User reviews { ...Review
                product { ...Product } } } } }
            }
            """;

    private static final int ROUNDS = 10;
    private static final int REQUESTS = 10_000;

    private final Program program;
    private final List<byte[]> answers;
    private int responseLength;

    private ExecutionBenchmark(Program program, List<byte[]> answers) {
        this.program = program;
        this.answers = answers;
    }

    public static void main(String[] arguments) {
        ExecutionBenchmark benchmark = prepare();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ObjectMapper jackson = new ObjectMapper();
        for (int round = 0; round < ROUNDS; round++) {
            long start = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < REQUESTS; i++) {
                benchmark.request();
            }
            long executed = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < REQUESTS; i++) {
                benchmark.answers.forEach(jackson::readTree);
            }
            long parsed = threads.getCurrentThreadCpuTime();
            System.out.printf(
                    "%,d bytes in, %,d bytes out: %,d ns; Jackson's tree of the bytes in: %,d ns%n",
                    benchmark.answers.stream().mapToInt(answer -> answer.length).sum(),
                    benchmark.responseLength,
                    (executed - start) / REQUESTS,
                    (parsed - executed) / REQUESTS);
        }
    }

    private static ExecutionBenchmark prepare() {
        Document schema = OneFetch.read("shop");
        Supergraph supergraph =
                TestSchema.supergraph(
                        schema, List.of("accounts", "inventory", "products", "reviews"));
        Planner planner = new Planner(supergraph);
        Program program =
                Program.compile(
                        TestSchema.accepted(
                                planner.normalize(TestSchema.operation(OPERATION), null)
                                        .then(it -> planner.plan(it, PlanInputs.NONE))),
                        supergraph);
        ShopData data = ShopData.benchmark();
        FakeGraph graph = new FakeGraph(schema, data.root, data.entities);
        FakeSubgraphs subgraphs = new FakeSubgraphs(graph::answer);
        Execution.start(
                program, RequestInput.NONE, subgraphs, (_, _, _) -> () -> {}, new CollectingSink());
        subgraphs.answerAll(false);
        List<byte[]> answers =
                subgraphs.requests.stream()
                        .map(request -> ((Reply.Answer) graph.answer(request)).body())
                        .toList();
        return new ExecutionBenchmark(program, answers);
    }

    /// The requests are sent in the same order each time, so the answers need not be looked up.
    private void request() {
        Queue<ResponseSink> waiting = new ArrayDeque<>();
        Execution.start(
                program,
                RequestInput.NONE,
                (_, sink) -> {
                    waiting.add(sink);
                    return () -> {};
                },
                (_, _, _) -> () -> {},
                new ClientSink() {
                    @Override
                    public void part(Part part) {
                        responseLength = part.length();
                    }

                    @Override
                    public void failed(RuntimeException bug) {
                        throw bug;
                    }
                });
        for (byte[] answer : answers) {
            waiting.remove().answered(200, answer);
        }
    }
}
