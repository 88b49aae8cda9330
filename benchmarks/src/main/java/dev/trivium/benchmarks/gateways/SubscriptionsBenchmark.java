package dev.trivium.benchmarks.gateways;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Many clients that wait for the same event over WebSocket: what each costs the router in memory,
/// and how long an event takes to reach all of them.
final class SubscriptionsBenchmark {
    private static final int ROUNDS = 7;
    private static final int OPENING_AT_ONCE = 64;
    private static final long PATIENCE_SECONDS = 120;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final Set<HttpServerResponse> streams = ConcurrentHashMap.newKeySet();
    private final int clients;

    /// Counts the clients that an event has reached, or that are subscribed.
    private volatile CountDownLatch reached;

    private SubscriptionsBenchmark(int clients) {
        this.clients = clients;
        this.reached = new CountDownLatch(clients);
    }

    /// @param arguments the folder of the checkout, and how many clients
    public static void main(String[] arguments) throws Exception {
        new SubscriptionsBenchmark(Integer.parseInt(arguments[1])).run(Path.of(arguments[0]));
    }

    private void run(Path root) throws Exception {
        var subgraph =
                vertx.createHttpServer(new HttpServerOptions())
                        .requestHandler(this::subscribed)
                        .listen(0, "127.0.0.1")
                        .await();
        var folder = Files.createTempDirectory("subscriptions");
        var supergraph = folder.resolve("supergraph.graphql");
        var configuration = folder.resolve("router.yaml");
        Files.writeString(supergraph, supergraph(subgraph.actualPort()));
        Files.writeString(
                configuration, "subscription: {mode: {passthrough: {all: {protocol: sse}}}}\n");
        int port = Gateways.freePort();
        var command =
                List.of(
                        root.resolve("trivium").toString(),
                        "router",
                        "--supergraph",
                        supergraph.toString(),
                        "--config",
                        configuration.toString(),
                        "--port",
                        String.valueOf(port));
        try (var router =
                RunningProcess.start(
                        "router",
                        command,
                        Map.of("JAVA_OPTS", "-Xmx512m"),
                        folder.resolve("router.log"))) {
            awaitHealth(port);
            double before = router.residentMegabytes();
            subscribeAll(port);
            awaitStreams();
            System.out.printf(
                    "clients          %d, streams at the subgraph %d%n", clients, streams.size());
            double after = router.residentMegabytes();
            System.out.printf(
                    "resident         %.0f MB before, %.0f MB after: %.1f KB for each%n",
                    before, after, (after - before) * 1024 / clients);
            for (int round = 0; round < ROUNDS; round++) {
                measure(router);
            }
            System.out.printf("resident         %.0f MB at the end%n", router.residentMegabytes());
        } finally {
            vertx.close().await();
        }
    }

    private static String supergraph(int port) {
        return """
        schema
          @link(url: "https://specs.apollo.dev/link/v1.0")
          @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION)
        { query: Query subscription: Subscription }
        directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE
        directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
        directive @join__graph(name: String!, url: String!) on ENUM_VALUE
        directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
        directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
        directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
        directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
        scalar join__FieldSet
        scalar link__Import
        enum link__Purpose { SECURITY EXECUTION }
        enum join__Graph { CLOCK @join__graph(name: "clock", url: "http://127.0.0.1:%d/graphql") }
        type Query @join__type(graph: CLOCK) { now: Int }
        type Subscription @join__type(graph: CLOCK) { tick: Int }
        """
                .formatted(port);
    }

    private void measure(RunningProcess router) throws Exception {
        reached = new CountDownLatch(clients);
        long cpu = router.cpuMicros();
        long start = System.nanoTime();
        streams.forEach(it -> it.write("event: next\ndata: {\"data\":{\"tick\":1}}\n\n"));
        if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(reached.getCount() + " clients got no event");
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        System.out.printf(
                "an event         reached all after %d ms; %.1f µs of processor time for each%n",
                millis, (router.cpuMicros() - cpu) / (double) clients);
    }

    private void subscribed(HttpServerRequest request) {
        var response =
                request.response().setChunked(true).putHeader("content-type", "text/event-stream");
        streams.add(response);
        response.closeHandler(_ -> streams.remove(response));
        var _ = response.write(":\n\n");
    }

    private void subscribeAll(int port) throws InterruptedException {
        var client =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setMaxConnections(clients)
                                .setTryUsePerMessageCompression(false));
        var opening = new Semaphore(OPENING_AT_ONCE);
        for (int i = 0; i < clients; i++) {
            opening.acquire();
            connect(client, port, opening);
        }
        if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(reached.getCount() + " clients are not subscribed");
        }
    }

    private void connect(WebSocketClient client, int port, Semaphore opening) {
        var options =
                new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI("/graphql")
                        .addSubProtocol("graphql-transport-ws");
        var _ =
                client.connect(options)
                        .onSuccess(socket -> subscribe(socket, opening))
                        .onFailure(failure -> {
                            System.err.println("cannot connect: " + failure.getMessage());
                            opening.release();
                        });
    }

    private void subscribe(WebSocket socket, Semaphore opening) {
        socket.textMessageHandler(text -> {
            if (text.contains("connection_ack")) {
                var _ =
                        socket.writeTextMessage(
                                "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription {tick}\"}}");
                // The answer says that the subscription before it has been read.
                var _ = socket.writeTextMessage("{\"type\":\"ping\"}");
            } else if (text.contains("pong")) {
                opening.release();
                reached.countDown();
            } else {
                reached.countDown();
            }
        });
        var _ = socket.writeTextMessage("{\"type\":\"connection_init\"}");
    }

    private void awaitStreams() throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (streams.isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void awaitHealth(int port) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        var http = vertx.createHttpClient();
        while (System.nanoTime() < end) {
            var answers =
                    http.request(HttpMethod.GET, port, "127.0.0.1", "/health")
                            .compose(request -> request.send())
                            .map(true)
                            .otherwise(false)
                            .await();
            if (answers) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IllegalStateException("the router does not start");
    }
}
