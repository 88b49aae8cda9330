package dev.trivium.benchmarks.gateways;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// The four subgraphs, each at a path of its own, as one process.
///
/// They know an answer that they have given before, so that they cost little beside the gateways.
final class Subgraphs extends VerticleBase {
    private static final int MOST_KNOWN = 10_000;

    private final InMemoryGraph graph;
    private final Map<Buffer, Buffer> known;
    private final LongAdder requests;
    private final int latencyMillis;
    private final int port;

    private Subgraphs(
            InMemoryGraph graph,
            Map<Buffer, Buffer> known,
            LongAdder requests,
            int latencyMillis,
            int port) {
        this.graph = graph;
        this.known = known;
        this.requests = requests;
        this.latencyMillis = latencyMillis;
        this.port = port;
    }

    /// Arguments: the port, and how many milliseconds each answer waits. A line on standard input
    /// asks for the number of requests so far.
    static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int latency = Integer.parseInt(arguments[1]);
        var graph = new InMemoryGraph();
        var known = new ConcurrentHashMap<Buffer, Buffer>();
        var requests = new LongAdder();
        Helper.vertx()
                .deployVerticle(
                        () -> new Subgraphs(graph, known, requests, latency, port),
                        new DeploymentOptions().setInstances(Helper.LOOPS))
                .await();
        Helper.answerLines(_ -> String.valueOf(requests.sum()));
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer().requestHandler(this::serve).listen(port, "127.0.0.1");
    }

    private void serve(HttpServerRequest request) {
        requests.increment();
        request.body()
                .onSuccess(body -> {
                    if (latencyMillis > 0) {
                        vertx.setTimer(latencyMillis, _ -> answer(request, body));
                    } else {
                        answer(request, body);
                    }
                });
    }

    private void answer(HttpServerRequest request, Buffer body) {
        var answer = known.get(body);
        if (answer == null) {
            answer = graph.answer(body);
            if (known.size() < MOST_KNOWN) {
                known.put(body, answer);
            }
        }
        var _ = request.response().putHeader("content-type", "application/json").end(answer);
    }
}
