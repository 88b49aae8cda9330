package dev.trivium.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.trivium.execution.SubgraphClient.Call;
import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.Failure.Kind;
import dev.trivium.execution.SubgraphClient.ResponseSink;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import dev.trivium.server.ScriptedSubgraph.Behaviour;
import dev.trivium.server.ScriptedSubgraph.Exchange;
import dev.trivium.server.configuration.Configuration.Http2;
import dev.trivium.server.configuration.Configuration.SubgraphTraffic;
import dev.trivium.server.configuration.ConfigurationReader;
import dev.trivium.server.subgraphs.FailureLog;
import dev.trivium.server.subgraphs.SubgraphTarget;
import dev.trivium.server.subgraphs.VertxSubgraphClient;
import dev.trivium.server.subgraphs.VertxSubgraphClient.Loop;
import dev.trivium.supergraph.Subgraph;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// What subgraphs may do to a call: the rows S01 to S05, S16, S18, S24 and S25 of the list of
/// hostile inputs, as far as they are about bytes and time.
class VertxSubgraphClientTest {
    private static final String DATA = "{\"data\":{\"a\":1}}";

    private static Vertx vertx;
    private static Context loop;
    private static Loop subgraphs;

    /// What came of a call.
    private sealed interface Result {
        record Answered(int status, String body) implements Result {}

        record Failed(Kind kind) implements Result {}
    }

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        loop = vertx.getOrCreateContext();
        subgraphs =
                new Loop(
                        vertx,
                        onLoop(() -> vertx.createHttpClient(HttpVerticle.clientOptions())),
                        new FailureLog());
        // The first call loads classes, which takes longer than a deadline of the tests allows.
        try (var subgraph = ScriptedSubgraph.answering(DATA)) {
            var _ = query(subgraph.url());
        }
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
    }

    @Test
    void sendsTheBodyAndTheAuthorization() {
        try (var subgraph = ScriptedSubgraph.answering(DATA)) {
            assertThat(query(subgraph.url(), "Bearer t")).isEqualTo(new Result.Answered(200, DATA));

            var exchange = subgraph.exchanges().getFirst();
            assertThat(exchange.body()).isEqualTo("{\"query\":\"{a}\"}");
            assertThat(exchange.head())
                    .startsWith("POST /graphql HTTP/1.1\r\n")
                    .contains("authorization: Bearer t\r\n")
                    .contains("content-type: application/json\r\n")
                    .contains("accept: application/graphql-response+json, application/json;q=0.9")
                    .contains("accept-encoding: gzip\r\n");
        }
    }

    @Test
    void keepsConnectionsAlive() {
        try (var subgraph = ScriptedSubgraph.answering(DATA)) {
            query(subgraph.url());
            query(subgraph.url());

            var exchanges = subgraph.exchanges();
            assertThat(exchanges.get(0).socket()).isSameAs(exchanges.get(1).socket());
        }
    }

    @Test
    void s01NobodyListens() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        assertFails("http://127.0.0.1:" + port + "/graphql", Kind.UNAVAILABLE);
        assertFails("http://subgraph.invalid/graphql", Kind.UNAVAILABLE);
    }

    @Test
    void s01NoPlaintextWhereTlsIsAskedFor() {
        try (var subgraph = ScriptedSubgraph.answering(DATA)) {
            var secure = subgraph.url().replace("http:", "https:");
            assertThat(query(secure)).isInstanceOf(Result.Failed.class);
            assertThat(subgraph.exchanges()).isEmpty();
        }
    }

    @Test
    void s02NeverAnswers() {
        assertFails(Exchange::awaitHangUp, Kind.TIMEOUT);
    }

    @Test
    void s02DripsBytes() {
        assertFails(
                exchange -> {
                    exchange.raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                    // Time is what this is about: a byte now and then must not extend it.
                    for (int i = 0; i < 1000; i++) {
                        exchange.raw("x");
                        Thread.sleep(20);
                    }
                },
                Kind.TIMEOUT);
    }

    @Test
    void s03BreaksOffInTheMiddle() {
        Behaviour half = exchange -> exchange.raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{");
        assertFails(
                exchange -> {
                    half.serve(exchange);
                    exchange.reset();
                },
                Kind.UNAVAILABLE);
        assertFails(
                exchange -> {
                    half.serve(exchange);
                    exchange.socket().shutdownOutput();
                },
                Kind.UNAVAILABLE);
    }

    @Test
    void s04AStaleConnectionIsRetriedOnceForAQuery() {
        Behaviour everySecondBreaks =
                exchange -> {
                    if (exchange.number() % 2 == 1) {
                        exchange.reset();
                    } else {
                        exchange.answer(DATA);
                    }
                };
        try (var subgraph = ScriptedSubgraph.start(everySecondBreaks)) {
            query(subgraph.url());
            assertThat(query(subgraph.url())).isEqualTo(new Result.Answered(200, DATA));
            assertThat(subgraph.exchanges()).hasSize(3);
        }
        try (var subgraph = ScriptedSubgraph.start(everySecondBreaks)) {
            query(subgraph.url());
            assertThat(call(subgraph.url(), true, null))
                    .isEqualTo(new Result.Failed(Kind.UNAVAILABLE));
            assertThat(subgraph.exchanges()).hasSize(2);
        }
        try (var subgraph = ScriptedSubgraph.start(ScriptedSubgraph.Exchange::reset)) {
            assertThat(query(subgraph.url())).isEqualTo(new Result.Failed(Kind.UNAVAILABLE));
            assertThat(subgraph.exchanges()).hasSize(2);
        }
    }

    @Test
    void s05WhatIsNotJsonIsHandedOn() {
        try (var subgraph =
                ScriptedSubgraph.start(e -> e.answer("502 Bad", "text/html", "<p>no"))) {
            assertThat(query(subgraph.url())).isEqualTo(new Result.Answered(502, "<p>no"));
        }
        try (var subgraph = ScriptedSubgraph.start(e -> e.raw("HTTP/1.1 204 No Content\r\n\r\n"))) {
            assertThat(query(subgraph.url())).isEqualTo(new Result.Answered(204, ""));
        }
    }

    @Test
    void s16IsCutOffAtTheLimit() {
        assertFails(
                exchange -> {
                    exchange.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    var piece = "x".repeat(1000);
                    for (int i = 0; i < 5000; i++) {
                        exchange.raw("3e8\r\n" + piece + "\r\n");
                    }
                },
                Kind.TOO_LARGE);
        assertFails(
                exchange -> {
                    exchange.raw("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
                    exchange.awaitHangUp();
                },
                Kind.TOO_LARGE);
    }

    @Test
    void s18DoesNotFollowARedirect() {
        try (var inside = ScriptedSubgraph.answering(DATA);
                var subgraph =
                        ScriptedSubgraph.start(exchange ->
                                exchange.raw(
                                        "HTTP/1.1 302 Found\r\nLocation: "
                                                + inside.url()
                                                + "\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(query(subgraph.url())).isEqualTo(new Result.Answered(302, ""));
            assertThat(inside.exchanges()).isEmpty();
        }
    }

    @Test
    void s24AFalseLengthCostsTheConnection() {
        try (var subgraph =
                ScriptedSubgraph.start(exchange ->
                        exchange.raw(
                                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
                                        + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"))) {
            assertThat(query(subgraph.url())).isEqualTo(new Result.Answered(200, "{}"));
            assertThat(query(subgraph.url())).isEqualTo(new Result.Answered(200, "{}"));
        }
    }

    @Test
    void s25ALateAnswerReachesNobody() {
        Behaviour slowFirst =
                exchange -> {
                    if (exchange.number() == 0) {
                        exchange.awaitHangUp();
                        exchange.answer("{\"data\":\"late\"}");
                    } else {
                        exchange.answer(DATA);
                    }
                };
        try (var subgraph = ScriptedSubgraph.start(slowFirst)) {
            assertThat(query(subgraph.url())).isEqualTo(new Result.Failed(Kind.TIMEOUT));
            for (int i = 0; i < 3; i++) {
                assertThat(query(subgraph.url())).isEqualTo(new Result.Answered(200, DATA));
            }
        }
    }

    @Test
    void aCancelledCallHangsUp() throws Exception {
        var hungUp = new CountDownLatch(1);
        Behaviour waits =
                exchange -> {
                    exchange.awaitHangUp();
                    hungUp.countDown();
                };
        try (var subgraph = ScriptedSubgraph.start(waits)) {
            var call = new AtomicReference<Call>();
            var result = new CompletableFuture<Result>();
            loop.runOnContext(_ -> call.set(send(subgraph.url(), false, null, result)));
            await().until(() -> !subgraph.exchanges().isEmpty());
            loop.runOnContext(_ -> call.get().cancel());

            assertThat(hungUp.await(2, TimeUnit.SECONDS)).isTrue();
            assertThat(result).isNotDone();
        }
    }

    /// A stranger who hangs up decides how often that happens.
    @Test
    void aCallThatIsCancelledBeforeItIsSentLogsNothing() throws Exception {
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        var log = (Logger) LoggerFactory.getLogger("io.vertx.core.http.impl");
        log.addAppender(logged);
        try (var subgraph = ScriptedSubgraph.answering("{}")) {
            var cancelled = new CompletableFuture<Void>();
            loop.runOnContext(_ -> {
                send(subgraph.url(), false, null, new CompletableFuture<>()).cancel();
                cancelled.complete(null);
            });
            cancelled.get(2, TimeUnit.SECONDS);
            assertThat(query(subgraph.url())).isInstanceOf(Result.Answered.class);
        } finally {
            log.detachAppender(logged);
        }
        assertThat(logged.list).isEmpty();
    }

    private static void assertFails(Behaviour behaviour, Kind kind) {
        try (var subgraph = ScriptedSubgraph.start(behaviour)) {
            assertFails(subgraph.url(), kind);
        }
    }

    private static void assertFails(String url, Kind kind) {
        assertThat(query(url)).isEqualTo(new Result.Failed(kind));
    }

    private static Result query(String url) {
        return query(url, null);
    }

    private static Result query(String url, @Nullable String authorization) {
        return call(url, false, authorization);
    }

    private static Result call(String url, boolean mutation, @Nullable String authorization) {
        var result = new CompletableFuture<Result>();
        loop.runOnContext(_ -> send(url, mutation, authorization, result));
        return result.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static Call send(
            String url,
            boolean mutation,
            @Nullable String authorization,
            CompletableFuture<Result> result) {
        var client = new VertxSubgraphClient(subgraphs, List.of(target(url)), authorization);
        var body = "{\"query\":\"{a}\"}".getBytes(UTF_8);
        var sink =
                new ResponseSink() {
                    @Override
                    public void answered(int status, byte[] body) {
                        result.complete(new Result.Answered(status, new String(body, UTF_8)));
                    }

                    @Override
                    public void failed(Failure failure) {
                        result.complete(new Result.Failed(failure.kind()));
                    }
                };
        return client.send(new SubgraphRequest(0, 0, mutation, body), sink);
    }

    /// With a deadline of a second, and a limit of 1 MB.
    private static SubgraphTarget target(String url) {
        var target =
                SubgraphTarget.of(new Subgraph(0, "A", "a", url), ConfigurationReader.defaults());
        return new SubgraphTarget(
                target.name(),
                target.options(),
                new SubgraphTraffic(Duration.ofSeconds(1), Http2.DISABLE, false),
                1_000_000);
    }

    private static <T> T onLoop(java.util.function.Supplier<T> work) {
        var result = new CompletableFuture<T>();
        loop.runOnContext(_ -> result.complete(work.get()));
        return result.join();
    }
}
