package dev.trivium.server.events;

import static dev.trivium.server.events.Subscriber.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What subgraphs may do to a subscription over `graphql-transport-ws`.
class HostileWebSocketTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String ACK = "{\"type\":\"connection_ack\"}";
    private static final String EVENT =
            "{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"data\":{\"a\":1}}}";

    private final HttpServer server =
            VERTX.createHttpServer(
                    new HttpServerOptions()
                            .setWebSocketSubProtocols(List.of("graphql-transport-ws"))
                            .setMaxWebSocketFrameSize(1 << 24));
    private final List<String> messages = new CopyOnWriteArrayList<>();

    @AfterAll
    static void stop() {
        VERTX.close().await();
    }

    @AfterEach
    void stopServer() {
        server.close().await();
    }

    /// @param script what to do with each message; it is told its `type`
    private String serve(BiConsumer<ServerWebSocket, String> script) {
        server.webSocketHandler(socket ->
                socket.textMessageHandler(text -> {
                    messages.add(text);
                    script.accept(socket, new JsonObject(text).getString("type"));
                }));
        return listen();
    }

    private String listen() {
        return "http://127.0.0.1:%d/graphql"
                .formatted(server.listen(0, "127.0.0.1").await().actualPort());
    }

    /// Sends what a decent server sends first, and then lets the script go on.
    private String serveAccepted(Consumer<ServerWebSocket> script) {
        return serve((socket, type) -> {
            if (type.equals("connection_init")) {
                socket.writeTextMessage(ACK);
            } else if (type.equals("subscribe")) {
                script.accept(socket);
            }
        });
    }

    private static Router router() {
        return new Router("{}", Duration.ofMillis(500));
    }

    private static List<String> all(Router router, String url) {
        var subscriber = router.subscribe(url, "subscription{a}").request(9);
        await().until(() -> router.sources.opened() == 0 && !subscriber.received().isEmpty());
        return subscriber.received();
    }

    private void assertReceives(String url, String... expected) {
        try (var router = router()) {
            assertThat(all(router, url)).containsExactly(expected);
        }
    }

    @Test
    void neverAcknowledges() {
        assertReceives(serve((_, _) -> {}), "TIMEOUT");
    }

    @ParameterizedTest
    @CsvSource({"401,UNAUTHENTICATED", "403,FORBIDDEN", "404,UNAVAILABLE", "302,UNAVAILABLE"})
    void refusesTheUpgrade(int status, String kind) {
        server.webSocketHandshakeHandler(handshake -> handshake.reject(status));
        assertReceives(listen(), kind);
    }

    @Test
    void isNoWebSocketServer() {
        server.requestHandler(request -> request.response().end("{}"));
        assertReceives(listen(), "UNAVAILABLE");
    }

    @Test
    void speaksAnotherProtocol() {
        var other = VERTX.createHttpServer();
        other.webSocketHandler(_ -> {});
        int port = other.listen(0, "127.0.0.1").await().actualPort();
        assertReceives("http://127.0.0.1:" + port + "/graphql", "MALFORMED");
        other.close().await();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    hello
                    []
                    {}
                    {"type":"nothing"}
                    {"type":"next","id":"1"}
                    {"type":"next","id":"1","payload":[]}
                    {"type":"next","id":"1","payload":{"a":1}
                    {"type":"error","id":"1","payload":{}}
                    {"type":"error","id":"1","payload":[]}
                    {"type":"connection_ack"}
                    """)
    void sendsGarbage(String text) {
        assertReceives(serveAccepted(socket -> socket.writeTextMessage(text)), "MALFORMED");
    }

    @Test
    void sendsEventsBeforeItAcknowledges() {
        assertReceives(serve((socket, _) -> socket.writeTextMessage(EVENT)), "MALFORMED");
    }

    @Test
    void sendsBinary() {
        assertReceives(
                serveAccepted(socket -> socket.writeBinaryMessage(Buffer.buffer(ACK))),
                "MALFORMED");
    }

    @Test
    void sendsAHugeFrame() {
        assertReceives(
                serveAccepted(
                        socket -> socket.writeFinalTextFrame("x".repeat(Router.LONGEST_EVENT + 1))),
                "TOO_LARGE");
    }

    @Test
    void sendsAMessageOfManyFrames() {
        assertReceives(
                serveAccepted(socket -> {
                    socket.writeFrame(WebSocketFrame.textFrame("{", false));
                    for (int i = 0; i < 20; i++) {
                        socket.writeFrame(
                                WebSocketFrame.continuationFrame(
                                        Buffer.buffer(" ".repeat(10_000)), false));
                    }
                }),
                "TOO_LARGE");
    }

    @ParameterizedTest
    @CsvSource({
        "1000,UNAVAILABLE",
        "1001,UNAVAILABLE",
        "1011,UNAVAILABLE",
        "1009,TOO_LARGE",
        "4400,UNAVAILABLE",
        "4401,UNAUTHENTICATED",
        "4403,FORBIDDEN",
        "4408,TIMEOUT",
        "4429,UNAVAILABLE"
    })
    void closesWithACode(short code, String kind) {
        assertReceives(serve((socket, _) -> socket.close(code)), kind);
    }

    @Test
    void diesInTheMiddle() {
        var url =
                serveAccepted(socket -> {
                    socket.writeTextMessage(EVENT);
                    VERTX.setTimer(50, _ -> server.close());
                });
        assertReceives(url, "{\"data\":{\"a\":1}}", "UNAVAILABLE");
    }

    @Test
    void isSilent() {
        var url = serveAccepted(_ -> {});
        try (var router = new Router("{mode: {passthrough: {all: {heartbeat_interval: 100ms}}}}")) {
            assertThat(all(router, url)).containsExactly("TIMEOUT");
            assertThat(messages).contains("{\"type\":\"ping\"}");
        }
    }

    @Test
    void aPingHasItsPong() {
        var url = serveAccepted(socket -> socket.writeTextMessage("{\"type\":\"ping\"}"));
        try (var router = router()) {
            router.subscribe(url, "subscription{a}").request(1);
            await().until(() -> messages.contains("{\"type\":\"pong\"}"));
        }
    }

    @Test
    void whatIsNotOursIsSkipped() {
        var url =
                serveAccepted(socket -> {
                    socket.writeTextMessage(EVENT.replace("\"1\"", "\"2\""));
                    socket.writeTextMessage("{\"id\":\"2\",\"type\":\"complete\"}");
                    socket.writeTextMessage(EVENT);
                    socket.writeTextMessage("{\"id\":\"1\",\"type\":\"complete\"}");
                    socket.writeTextMessage("{\"id\":\"1\",\"type\":\"complete\"}");
                });
        assertReceives(url, "{\"data\":{\"a\":1}}", COMPLETED);
    }

    @Test
    void aFloodEndsTheSubscription() {
        var closed = new CopyOnWriteArrayList<String>();
        var url =
                serveAccepted(socket -> {
                    socket.closeHandler(_ -> closed.add("closed"));
                    for (int i = 0; i < 1000; i++) {
                        socket.writeTextMessage(EVENT);
                    }
                });
        try (var router = router()) {
            var subscriber = router.subscribe(url, "subscription{a}");
            assertThat(subscriber.await(1)).containsExactly("SUBSCRIPTION_SLOW_CONSUMER");
            await().until(() -> !closed.isEmpty());
            assertThat(router.sources.sharedUpstreams()).isZero();
            assertThat(router.sources.opened()).isZero();
        }
    }

    @Test
    void fewBigEventsAreAFloodToo() {
        var big = EVENT.replace("1}}", "\"" + "x".repeat(1000) + "\"}}");
        var url =
                serveAccepted(socket -> {
                    for (int i = 0; i < 10; i++) {
                        socket.writeTextMessage(big);
                    }
                });
        try (var router = new Router("{queue_bytes: 5000}")) {
            assertThat(router.subscribe(url, "subscription{a}").await(1))
                    .containsExactly("SUBSCRIPTION_SLOW_CONSUMER");
        }
    }

    @Test
    void aSlowClientIsDroppedAlone() {
        var sockets = new CopyOnWriteArrayList<ServerWebSocket>();
        var url = serveAccepted(sockets::add);
        try (var router = router()) {
            var fast = router.subscribe(url, "subscription{a}", null, 0).request(1000);
            var slow = router.subscribe(url, "subscription{a}", null, 1);
            await().until(() -> router.sources.opened() == 2 && sockets.size() == 1);
            for (int sent = 0; sent < 200; sent += 20) {
                for (int i = 0; i < 20; i++) {
                    sockets.getFirst().writeTextMessage(EVENT);
                }
                fast.await(sent + 20);
            }
            assertThat(slow.await(1)).containsExactly("SUBSCRIPTION_SLOW_CONSUMER");
            assertThat(fast.received()).hasSize(200).allMatch(it -> it.contains("data"));
        }
    }

    @Test
    void thereAreNoMoreThanTheLimit() {
        var url = serveAccepted(_ -> {});
        try (var router = new Router("{max_opened_subscriptions: 1}")) {
            var first = router.subscribe(url, "subscription{a}").request(1);
            await().until(() -> router.sources.opened() == 1);
            assertThat(router.subscribe(url, "subscription{a}").request(1).await(1))
                    .containsExactly("SUBSCRIPTION_LIMIT_REACHED");
            first.cancel();
            await().until(() -> router.sources.opened() == 0);
            router.subscribe(url, "subscription{a}").request(1);
            await().until(() -> router.sources.opened() == 1);
        }
    }

    @Test
    void equalOnesAreNotSharedWhereThatIsOff() {
        var sockets = new CopyOnWriteArrayList<ServerWebSocket>();
        var url = serveAccepted(sockets::add);
        try (var router = new Router("{deduplication: false}")) {
            router.subscribe(url, "subscription{a}").request(1);
            router.subscribe(url, "subscription{a}").request(1);
            await().until(() -> sockets.size() == 2);
        }
    }

    @Test
    void nobodyListens() {
        var url = serve((_, _) -> {});
        server.close().await();
        assertReceives(url, "UNAVAILABLE");
    }
}
