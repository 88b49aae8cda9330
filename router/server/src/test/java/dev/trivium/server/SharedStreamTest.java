package dev.trivium.server;

import static dev.trivium.server.SubscribedSubgraphs.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// GraphQL over SSE in the mode of a single connection, with what the published client never does.
class SharedStreamTest {
    private static final String SUBSCRIBE =
            "{\"query\":\"subscription {itemChanged {inStock}}\",\"extensions\":{\"operationId\":\"%s\"}}";

    private final SubscribedSubgraphs subgraphs = new SubscribedSubgraphs(event(4));
    private TestRouter router = TestRouter.start(subgraphs.configuration());
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        http.shutdownNow();
        router.close();
        subgraphs.close();
    }

    private HttpRequest.Builder request(String suffix) {
        var uri = "http://127.0.0.1:%d/graphql/stream%s".formatted(router.port(), suffix);
        return HttpRequest.newBuilder(URI.create(uri));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String reserve() throws IOException, InterruptedException {
        var reserved = send(request("").PUT(BodyPublishers.noBody()));
        assertThat(reserved.statusCode()).isEqualTo(201);
        return reserved.body();
    }

    private HttpResponse<Stream<String>> open(String token)
            throws IOException, InterruptedException {
        var open = request("?token=" + token).header("accept", "text/event-stream");
        return http.send(open.build(), BodyHandlers.ofLines());
    }

    private HttpResponse<String> post(String token, String body)
            throws IOException, InterruptedException {
        return send(
                request("")
                        .header("content-type", "application/json")
                        .header("x-graphql-event-stream-token", token)
                        .POST(BodyPublishers.ofString(body)));
    }

    private static String nextData(Iterator<String> lines) {
        for (var line = lines.next(); ; line = lines.next()) {
            if (line.startsWith("data:")) {
                return line;
            }
        }
    }

    @Test
    void anOperationIsAnsweredOnTheStream() throws IOException, InterruptedException {
        var token = reserve();
        var lines = open(token).body().iterator();
        assertThat(post(token, SUBSCRIBE.formatted("x")).statusCode()).isEqualTo(202);
        assertThat(nextData(lines))
                .isEqualTo(
                        "data: {\"id\":\"x\",\"payload\":{\"data\":{\"itemChanged\":{\"inStock\":4}}}}");
        assertThat(post(token, SUBSCRIBE.formatted("x")).statusCode()).isEqualTo(409);
        assertThat(post(token, "{\"query\":\"{nothing}\"}").statusCode()).isEqualTo(400);
        var wrong = "{\"query\":\"{nothing}\",\"extensions\":{\"operationId\":\"y\"}}";
        assertThat(post(token, wrong).body()).contains("GRAPHQL_VALIDATION_FAILED");

        var end = request("?operationId=x").header("x-graphql-event-stream-token", token).DELETE();
        assertThat(send(end).statusCode()).isEqualTo(200);
        assertThat(post(token, SUBSCRIBE.formatted("x")).statusCode()).isEqualTo(202);
    }

    @Test
    void aTokenIsForOneStream() throws IOException, InterruptedException {
        var token = reserve();
        assertThat(post(token, SUBSCRIBE.formatted("x")).statusCode()).isEqualTo(404);
        open(token);
        assertThat(open(token).statusCode()).isEqualTo(409);
        assertThat(open("guessed").statusCode()).isEqualTo(404);
    }

    @Test
    void anIdleStreamHoldsUpNoShutdown() throws IOException, InterruptedException {
        open(reserve());
        assertTimeoutPreemptively(Duration.ofSeconds(20), router::close);
        router = TestRouter.start("");
    }
}
