package dev.trivium.server.events;

import static dev.trivium.server.events.Subscriber.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What subgraphs may do to a subscription over server-sent events.
class HostileEventStreamTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String EVENT = "event: next\ndata: {\"data\":{\"a\":1}}\n\n";
    private static final String DATA = "{\"data\":{\"a\":1}}";

    private final HttpServer server = VERTX.createHttpServer();

    @AfterAll
    static void stop() {
        VERTX.close().await();
    }

    @AfterEach
    void stopServer() {
        server.close().await();
    }

    private String serve(Consumer<HttpServerRequest> script) {
        server.requestHandler(script::accept);
        return "http://127.0.0.1:%d/graphql"
                .formatted(server.listen(0, "127.0.0.1").await().actualPort());
    }

    private String stream(Consumer<HttpServerResponse> script) {
        return serve(request -> {
            var response = request.response().setChunked(true);
            response.putHeader("content-type", "text/event-stream; charset=utf-8");
            response.writeHead();
            script.accept(response);
        });
    }

    private static Router router(String heartbeat) {
        var all = "{protocol: sse, heartbeat_interval: %s}".formatted(heartbeat);
        return new Router(
                "{mode: {passthrough: {all: %s}}}".formatted(all), Duration.ofMillis(500));
    }

    private static void assertReceives(String url, String... expected) {
        try (var router = router("0s")) {
            var subscriber = router.subscribe(url, "subscription{a}").request(9);
            await().until(() -> router.sources.opened() == 0 && !subscriber.received().isEmpty());
            assertThat(subscriber.received()).containsExactly(expected);
        }
    }

    @Test
    void asksForWhatItReads() {
        var requests = new CopyOnWriteArrayList<String>();
        var url =
                serve(request -> {
                    requests.add(request.method() + " " + request.getHeader("accept"));
                    requests.add(request.getHeader("content-type"));
                    request.response().setStatusCode(500).end();
                });
        assertReceives(url, "UNAVAILABLE");
        assertThat(requests).containsExactly("POST text/event-stream", "application/json");
    }

    @Test
    void neverAnswers() {
        assertReceives(serve(_ -> {}), "TIMEOUT");
    }

    @ParameterizedTest
    @CsvSource({"401,UNAUTHENTICATED", "403,FORBIDDEN", "404,UNAVAILABLE", "302,UNAVAILABLE"})
    void refuses(int status, String kind) {
        assertReceives(serve(it -> it.response().setStatusCode(status).end()), kind);
    }

    @Test
    void answersWithAPage() {
        var url = serve(it -> it.response().putHeader("content-type", "text/html").end("<p>hello"));
        assertReceives(url, "UNAVAILABLE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"errors":[{"message":"no"}]}             | {"errors":[{"message":"no"}]}
                    {"data":null,"errors":[{"message":"no"}]} | {"errors":[{"message":"no"}]}
                    """)
    void answersWithErrors(String body, String event) {
        var url =
                serve(it -> it.response().putHeader("content-type", "application/json").end(body));
        assertReceives(url, event, COMPLETED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}", "no", "[1]", "{\"errors\":[]}"})
    void answersWithJsonThatSaysNothing(String body) {
        var url =
                serve(it -> it.response().putHeader("content-type", "application/json").end(body));
        assertReceives(url, "UNAVAILABLE");
    }

    @Test
    void diesInTheMiddle() {
        var url =
                stream(response -> {
                    response.write(EVENT + "event: next\ndata: {");
                    VERTX.setTimer(50, _ -> response.reset());
                });
        assertReceives(url, DATA, "UNAVAILABLE");
    }

    @Test
    void endsWithoutSaying() {
        assertReceives(stream(response -> response.end(EVENT)), DATA, "UNAVAILABLE");
    }

    @Test
    void sendsAHugeEvent() {
        var data = "data: " + "x".repeat(1000) + "\n";
        assertReceives(
                stream(response -> response.write(data.repeat(1 + Router.LONGEST_EVENT / 1000))),
                "TOO_LARGE");
    }

    @Test
    void sendsALineWithoutEnd() {
        assertReceives(
                stream(response -> response.write("x".repeat(2 * Router.LONGEST_EVENT))),
                "TOO_LARGE");
    }

    @Test
    void isSilent() {
        var url = stream(response -> response.write(EVENT));
        try (var router = router("100ms")) {
            var subscriber = router.subscribe(url, "subscription{a}").request(9);
            assertThat(subscriber.await(2)).containsExactly(DATA, "TIMEOUT");
        }
    }

    @Test
    void commentsKeepItAlive() {
        var comments = new AtomicInteger();
        var url =
                stream(response ->
                        VERTX.setPeriodic(
                                50,
                                timer -> {
                                    if (comments.incrementAndGet() < 20) {
                                        response.write(":\n\n");
                                    } else {
                                        VERTX.cancelTimer(timer);
                                        response.write("event: complete\n\n");
                                    }
                                }));
        try (var router = router("100ms")) {
            var subscriber = router.subscribe(url, "subscription{a}").request(9);
            assertThat(subscriber.await(1)).containsExactly(COMPLETED);
        }
    }

    /// Unlike a WebSocket, the stream can wait: nothing is lost, and nothing fails.
    @Test
    void aFloodWaits() {
        int count = 100_000;
        var heldBack = new AtomicInteger();
        var url =
                stream(response -> {
                    for (int i = 0; i < count; i++) {
                        response.write(EVENT);
                    }
                    heldBack.set(response.writeQueueFull() ? 1 : 0);
                    response.end("event: complete\n\n");
                });
        try (var router = router("0s")) {
            var subscriber = router.subscribe(url, "subscription{a}");
            await().until(() -> heldBack.get() == 1);
            assertThat(subscriber.request(1).await(1)).containsExactly(DATA);
            assertThat(router.sources.opened()).isOne();
            assertThat(subscriber.request(count).await(count + 1)).endsWith(DATA, COMPLETED);
        }
    }

    @Test
    void nobodyListens() {
        var url = serve(_ -> {});
        server.close().await();
        assertReceives(url, "UNAVAILABLE");
    }
}
