package dev.trivium.server.events;

import static dev.trivium.server.events.Subscriber.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What subgraphs, and others, may do to a subscription over the HTTP callback protocol.
class HostileCallbackTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<JsonObject> subscriptions = new CopyOnWriteArrayList<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private Router router;
    private String url;
    private int port;
    private String answer = "{\"data\":null}";
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        router =
                new Router(
                        ("{mode: {callback: {public_url: 'http://127.0.0.1:%d/callback/',"
                                        + " subgraphs: [a], heartbeat_interval: 300ms}}}")
                                .formatted(port),
                        Duration.ofMillis(800));
        router.vertx
                .createHttpServer()
                .requestHandler(request -> router.sources.receive(request))
                .listen(port, "127.0.0.1")
                .await();
        HttpServer subgraph = router.vertx.createHttpServer();
        subgraph.requestHandler(request ->
                request.body()
                        .onSuccess(body -> {
                            accepted.add(request.getHeader("accept"));
                            subscriptions.add(
                                    body.toJsonObject()
                                            .getJsonObject("extensions")
                                            .getJsonObject("subscription"));
                            if (status > 0) {
                                request.response().setStatusCode(status).end(answer);
                            }
                        }));
        url =
                "http://127.0.0.1:%d/graphql"
                        .formatted(subgraph.listen(0, "127.0.0.1").await().actualPort());
    }

    @AfterEach
    void stop() {
        router.close();
        http.close();
    }

    private Subscriber subscribe() {
        var subscriber = router.subscribe(url, "subscription{a}").request(9);
        await().until(() -> !subscriptions.isEmpty());
        return subscriber;
    }

    private JsonObject message(String action) {
        var subscription = subscriptions.getFirst();
        return new JsonObject()
                .put("kind", "subscription")
                .put("action", action)
                .put("id", subscription.getString("subscriptionId"))
                .put("verifier", subscription.getString("verifier"));
    }

    private HttpResponse<String> send(String body) throws Exception {
        return send(subscriptions.getFirst().getString("callbackUrl"), body);
    }

    private HttpResponse<String> send(String to, String body) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(to))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theOrdinaryCourse() throws Exception {
        var subscriber = subscribe();
        var subscription = subscriptions.getFirst();

        assertThat(accepted).containsExactly("application/json;callbackSpec=1.0");
        assertThat(subscription.getString("callbackUrl"))
                .isEqualTo(
                        "http://127.0.0.1:%d/callback/%s"
                                .formatted(port, subscription.getString("subscriptionId")));
        assertThat(subscription.getInteger("heartbeatIntervalMs")).isEqualTo(300);
        assertThat(subscription.getString("verifier")).hasSize(32);
        var checked = send(message("check").encode());
        assertThat(checked.statusCode()).isEqualTo(204);
        assertThat(checked.headers().firstValue("subscription-protocol")).hasValue("callback");
        var payload = new JsonObject().put("data", new JsonObject().put("a", 1));
        assertThat(send(message("next").put("payload", payload).encode()).statusCode())
                .isEqualTo(204);
        assertThat(send(message("complete").encode()).statusCode()).isEqualTo(204);
        assertThat(subscriber.await(2)).containsExactly("{\"data\":{\"a\":1}}", COMPLETED);
        assertThat(send(message("check").encode()).statusCode()).isEqualTo(404);
    }

    @Test
    void completesWithErrors() throws Exception {
        var subscriber = subscribe();
        var errors = new JsonArray().add(new JsonObject().put("message", "no"));
        send(message("complete").put("errors", errors).encode());
        assertThat(subscriber.await(2))
                .containsExactly("{\"errors\":[{\"message\":\"no\"}]}", COMPLETED);
    }

    @ParameterizedTest
    @CsvSource({
        "verifier,x",
        "verifier,",
        "id,x",
        "id,",
        "kind,other",
        "action,other",
        "action,next"
    })
    void whatIsNotAMessageIsRefused(String key, String value) throws Exception {
        var subscriber = subscribe();
        var message = message("check").put(key, value);
        assertThat(send(message.encode()).statusCode()).isEqualTo(400);
        assertThat(send(message("check").encode()).statusCode()).isEqualTo(204);
        assertThat(subscriber.received()).isEmpty();
    }

    @Test
    void whatIsNotEvenJsonIsRefused() throws Exception {
        subscribe();
        assertThat(send("hello").statusCode()).isEqualTo(400);
        assertThat(send("").statusCode()).isEqualTo(400);
    }

    @Test
    void anotherIdOrMethodIsRefused() throws Exception {
        subscribe();
        var own = subscriptions.getFirst().getString("callbackUrl");
        assertThat(send(own + "x", message("check").encode()).statusCode()).isEqualTo(404);
        var get = HttpRequest.newBuilder(URI.create(own)).GET().build();
        assertThat(http.send(get, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void aHugeBodyIsCutOff() throws Exception {
        var subscriber = subscribe();
        var big = new JsonObject().put("x", "x".repeat(2 * Router.LONGEST_EVENT));
        assertThat(send(message("next").put("payload", big).encode()).statusCode()).isEqualTo(413);
        assertThat(subscriber.received()).isEmpty();
    }

    @Test
    void silenceEndsIt() throws Exception {
        var subscriber = subscribe();
        assertThat(subscriber.await(1)).containsExactly("TIMEOUT");
        assertThat(send(message("check").encode()).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "0,,TIMEOUT",
        "401,,UNAUTHENTICATED",
        "403,,FORBIDDEN",
        "500,<p>,UNAVAILABLE",
        "200,{\"errors\":[7]},{\"errors\":[7]}",
        "400,{\"errors\":[7]},{\"errors\":[7]}"
    })
    void theSubgraphDoesNotAcceptIt(int how, String body, String expected) {
        status = how;
        answer = body == null ? "" : body;
        assertThat(subscribe().await(1)).startsWith(expected);
    }

    @Test
    void aCancelledOneIsUnknown() throws Exception {
        var subscriber = subscribe();
        assertThat(send(message("check").encode()).statusCode()).isEqualTo(204);
        subscriber.cancel();
        await().until(() -> send(message("check").encode()).statusCode() == 404);
    }
}
