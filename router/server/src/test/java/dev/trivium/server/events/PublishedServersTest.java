package dev.trivium.server.events;

import static dev.trivium.server.events.Subscriber.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trivium.composition.NpmProgram;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Each protocol with the servers that npm has for it: `graphql-ws`, `graphql-sse`, and the
/// callback plugin of `@apollo/server`.
class PublishedServersTest {
    private static @Nullable NpmProgram servers;

    enum Protocol {
        WS("{mode: {passthrough: {all: {heartbeat_interval: 200ms}}}}"),
        SSE("{mode: {passthrough: {all: {protocol: sse}}}}"),
        CALLBACK(
                "{mode: {callback: {public_url: 'http://127.0.0.1:%d/callback', subgraphs: [a],"
                        + " heartbeat_interval: 100ms}}}");

        final String configuration;

        Protocol(String configuration) {
            this.configuration = configuration;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A router, and where subgraphs call it back.
    private record Running(Router router, String url) implements AutoCloseable {
        static Running start(Protocol protocol) throws IOException {
            int port;
            try (var free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            var router = new Router(protocol.configuration.formatted(port));
            HttpServer server = router.vertx.createHttpServer();
            server.requestHandler(request -> {
                assertThat(router.sources.receives(request.path())).isTrue();
                router.sources.receive(request);
            });
            server.listen(port, "127.0.0.1").await();
            return new Running(router, ask(protocol.key()));
        }

        @Override
        public void close() {
            router.close();
        }
    }

    @BeforeAll
    static void start() throws InterruptedException {
        servers = NpmProgram.start("events.mjs");
        if (servers == null) {
            System.out.println("NO PUBLISHED SERVER OF EVENTS IS ASKED: npm is not to be had");
        }
    }

    @AfterAll
    static void stop() {
        if (servers != null) {
            servers.close();
        }
    }

    private static String ask(String key) throws IOException {
        NpmProgram program = servers;
        assumeTrue(program != null);
        return program.ask(Map.of()).path(key).asString();
    }

    private static void awaitOpen(int count) {
        await().until(() -> ask("open").equals(String.valueOf(count)));
    }

    @ParameterizedTest
    @EnumSource
    void threeEventsThenTheEnd(Protocol protocol) throws IOException {
        try (var running = Running.start(protocol)) {
            var subscriber = running.router.subscribe(running.url, "subscription{count(to:3)}");
            assertThat(subscriber.request(9).await(4))
                    .satisfiesExactly(
                            first -> assertThat(first).contains("\"data\":{\"count\":1}"),
                            second -> assertThat(second).contains("\"data\":{\"count\":2}"),
                            third -> assertThat(third).contains("\"data\":{\"count\":3}"),
                            end -> assertThat(end).isEqualTo(COMPLETED));
            assertThat(running.router.failures).isEmpty();
            assertThat(running.router.sources.opened()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingComesThatWasNotAskedFor(Protocol protocol) throws IOException {
        try (var running = Running.start(protocol)) {
            var subscriber = running.router.subscribe(running.url, "subscription{count(to:3)}");
            assertThat(subscriber.request(1).await(1)).hasSize(1);
            assertThat(subscriber.request(1).await(2)).hasSize(2);
            assertThat(subscriber.request(1).await(4)).endsWith(COMPLETED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInvalidOperationHasItsErrors(Protocol protocol) throws IOException {
        try (var running = Running.start(protocol)) {
            var subscriber = running.router.subscribe(running.url, "subscription{nothing}");
            assertThat(subscriber.request(9).await(2))
                    .satisfiesExactly(
                            errors ->
                                    assertThat(errors)
                                            .startsWith("{\"errors\":[{")
                                            .contains("Cannot query field"),
                            end -> assertThat(end).isEqualTo(COMPLETED));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResolverThatFailsHasItsErrors(Protocol protocol) throws IOException {
        try (var running = Running.start(protocol)) {
            var subscriber = running.router.subscribe(running.url, "subscription{fails}");
            assertThat(subscriber.request(9).await(2))
                    .satisfiesExactly(
                            errors -> assertThat(errors).contains("no such thing"),
                            end -> assertThat(end).isEqualTo(COMPLETED));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSubgraphKnowsTheClient(Protocol protocol) throws IOException {
        try (var running = Running.start(protocol)) {
            var subscriber =
                    running.router.subscribe(running.url, "subscription{who}", "Bearer t", 0);
            var twice = protocol == Protocol.WS ? "Bearer t Bearer t" : "Bearer t";
            assertThat(subscriber.request(9).await(2).getFirst())
                    .contains("{\"who\":\"" + twice + "\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({"WS, FORBIDDEN", "SSE, UNAUTHENTICATED", "CALLBACK, UNAUTHENTICATED"})
    void whomTheSubgraphDoesNotKnowIsRefused(Protocol protocol, String failure) throws IOException {
        try (var running = Running.start(protocol)) {
            var subscriber =
                    running.router.subscribe(
                            running.url, "subscription{count(to:3)}", "Bearer bad", 0);
            assertThat(subscriber.request(9).await(1).getFirst()).contains(failure);
            assertThat(running.router.sources.opened()).isZero();
        }
    }

    /// The server of WebSockets answers pings, and that of callbacks sends checks, several of each.
    @ParameterizedTest
    @EnumSource
    void heartbeatsGoOnWhileNothingHappens(Protocol protocol) throws IOException {
        try (var running = Running.start(protocol)) {
            var subscriber = running.router.subscribe(running.url, "subscription{late}");
            assertThat(subscriber.request(9).await(2))
                    .satisfiesExactly(
                            event -> assertThat(event).contains("\"data\":{\"late\":1}"),
                            end -> assertThat(end).isEqualTo(COMPLETED));
            assertThat(running.router.failures).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCancelledEndsAtTheSubgraph(Protocol protocol) throws IOException {
        try (var running = Running.start(protocol)) {
            var subscriber = running.router.subscribe(running.url, "subscription{never}");
            subscriber.request(1);
            awaitOpen(1);
            subscriber.cancel();
            awaitOpen(0);
            assertThat(subscriber.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsEqualIsSharedAcrossLoops(Protocol protocol) throws IOException {
        try (var running = Running.start(protocol)) {
            var router = running.router;
            var one = router.subscribe(running.url, "subscription{never}", "Bearer t", 0);
            var other = router.subscribe(running.url, "subscription{never}", "Bearer t", 1);
            var third = router.subscribe(running.url, "subscription{never}", "Bearer u", 1);
            awaitOpen(2);
            await().until(() -> router.sources.opened() == 3);
            assertThat(router.sources.sharedUpstreams()).isEqualTo(2);
            one.cancel();
            await().until(() -> router.sources.opened() == 2);
            assertThat(router.sources.sharedUpstreams()).isEqualTo(2);
            other.cancel();
            awaitOpen(1);
            third.cancel();
            awaitOpen(0);
        }
    }
}
