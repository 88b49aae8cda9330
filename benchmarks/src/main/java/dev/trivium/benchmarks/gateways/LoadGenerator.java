package dev.trivium.benchmarks.gateways;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicLong;

/// Sends one request after the other over each of some connections, each with an `Authorization`
/// header of its own, and measures from the start of a request to the last byte of its answer. A
/// process of its own.
final class LoadGenerator {
    private static final AtomicLong TOKENS = new AtomicLong();

    private final Vertx vertx;
    private final HttpClient client;
    private final RequestOptions options;
    private final Buffer body;
    private final int length;
    private final long deadline;
    private final long started = System.nanoTime();
    private final Latencies latencies = new Latencies();
    private final Promise<JsonObject> finished = Promise.promise();
    private int busy;
    private long failures;

    private LoadGenerator(Vertx vertx, JsonObject task) {
        this.vertx = vertx;
        this.busy = task.getInteger("connections");
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(busy));
        this.options =
                new RequestOptions()
                        .setMethod(HttpMethod.valueOf(task.getString("method", "POST")))
                        .setAbsoluteURI(task.getString("url"))
                        .putHeader("content-type", "application/json")
                        .putHeader("accept", "application/json");
        this.body = Buffer.buffer(task.getString("body"));
        this.length = task.getInteger("length");
        this.deadline = started + (long) (task.getDouble("seconds") * 1e9);
    }

    /// A line on standard input is a task, a JSON object with `url`, `body`, `connections`,
    /// `seconds`, and the `length` that each answer must have; `method` is another than POST. The
    /// answer is one with `requests`, `failures`, `seconds`, and the quantiles `p50`, `p95`, `p99`
    /// in milliseconds.
    static void main(String[] arguments) throws Exception {
        var vertx = Helper.vertx();
        var context = vertx.getOrCreateContext();
        Helper.answerLines(line -> {
            var done = Promise.<JsonObject>promise();
            context.runOnContext(
                    _ -> new LoadGenerator(vertx, new JsonObject(line)).run().onComplete(done));
            return done.future().await().encode();
        });
    }

    private Future<JsonObject> run() {
        for (int i = busy; i > 0; i--) {
            next();
        }
        return finished.future();
    }

    private void next() {
        long now = System.nanoTime();
        if (now >= deadline) {
            if (--busy == 0) {
                end(now);
            }
            return;
        }
        client.request(options)
                .compose(request ->
                        request.putHeader(
                                        HttpHeaders.AUTHORIZATION,
                                        "Bearer " + TOKENS.incrementAndGet())
                                .send(body))
                .onSuccess(response -> receive(response, now))
                .onFailure(_ -> failed());
    }

    private void receive(HttpClientResponse response, long start) {
        int[] received = {0};
        response.handler(chunk -> received[0] += chunk.length())
                .exceptionHandler(_ -> failed())
                .endHandler(_ -> {
                    latencies.record((System.nanoTime() - start) / 1_000);
                    if (response.statusCode() != 200 || received[0] != length) {
                        failures++;
                    }
                    next();
                });
    }

    private void failed() {
        failures++;
        // Later: a server that is gone must not make this a recursion.
        vertx.setTimer(10, _ -> next());
    }

    private void end(long now) {
        client.close();
        finished.complete(
                new JsonObject()
                        .put("requests", latencies.total())
                        .put("failures", failures)
                        .put("seconds", (now - started) / 1e9)
                        .put("p50", latencies.quantile(0.50) / 1e3)
                        .put("p95", latencies.quantile(0.95) / 1e3)
                        .put("p99", latencies.quantile(0.99) / 1e3));
    }
}
