package dev.trivium.benchmarks.gateways;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What no gateway on this HTTP stack can go below: it sends the requests that the router sends, in
/// the same order of dependencies, as constants, and answers with a constant. It reads no JSON.
final class FloorGateway extends VerticleBase {
    private static final int CONNECTIONS_PER_SUBGRAPH = 128;

    private final int port;
    private final List<Call> calls;
    private final Buffer answer;

    /// @param after how many calls it waits for
    /// @param next the numbers of the calls that wait for it
    private record Call(RequestOptions options, Buffer body, int after, List<Integer> next) {}

    private FloorGateway(int port, List<Call> calls, Buffer answer) {
        this.port = port;
        this.calls = calls;
        this.answer = answer;
    }

    /// Arguments: the port, and the file with the {@link FloorScript}.
    static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        var script = FloorScript.of(new JsonObject(Files.readString(Path.of(arguments[1]))));
        var calls = calls(script.steps());
        var answer = Buffer.buffer(script.answer());
        Helper.vertx()
                .deployVerticle(
                        () -> new FloorGateway(port, calls, answer),
                        new DeploymentOptions().setInstances(Helper.LOOPS))
                .await();
    }

    private static List<Call> calls(List<FloorScript.Step> steps) {
        var calls = new ArrayList<Call>();
        for (int id = 0; id < steps.size(); id++) {
            var step = steps.get(id);
            var next = new ArrayList<Integer>();
            for (int other = 0; other < steps.size(); other++) {
                if (steps.get(other).after().contains(id)) {
                    next.add(other);
                }
            }
            var options =
                    new RequestOptions()
                            .setMethod(HttpMethod.POST)
                            .setAbsoluteURI(step.url())
                            .putHeader("content-type", "application/json")
                            .putHeader("accept", "application/json");
            calls.add(new Call(options, Buffer.buffer(step.body()), step.after().size(), next));
        }
        return calls;
    }

    @Override
    public Future<?> start() {
        var client =
                vertx.createHttpClient(
                        new HttpClientOptions(),
                        new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_SUBGRAPH));
        return vertx.createHttpServer()
                .requestHandler(
                        request -> request.body().onSuccess(_ -> new Run(client, request).start()))
                .listen(port, "127.0.0.1");
    }

    /// One request.
    private final class Run {
        private final HttpClient client;
        private final HttpServerRequest request;
        private final String authorization;
        private final int[] pending = new int[calls.size()];
        private int unfinished = calls.size();

        Run(HttpClient client, HttpServerRequest request) {
            this.client = client;
            this.request = request;
            this.authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        }

        void start() {
            for (int id = 0; id < pending.length; id++) {
                pending[id] = calls.get(id).after();
                if (pending[id] == 0) {
                    send(calls.get(id));
                }
            }
        }

        private void send(Call call) {
            client.request(call.options)
                    .compose(connected -> {
                        if (authorization != null) {
                            connected.putHeader(HttpHeaders.AUTHORIZATION, authorization);
                        }
                        return connected.send(call.body);
                    })
                    .compose(HttpClientResponse::body)
                    .onSuccess(_ -> answered(call))
                    .onFailure(_ -> request.connection().close());
        }

        private void answered(Call call) {
            for (int next : call.next) {
                if (--pending[next] == 0) {
                    send(calls.get(next));
                }
            }
            if (--unfinished == 0) {
                var _ =
                        request.response()
                                .putHeader("content-type", "application/json; charset=utf-8")
                                .end(answer);
            }
        }
    }
}
