package dev.trivium.server;

import static dev.trivium.server.SubscribedSubgraphs.COMPLETE;
import static dev.trivium.server.SubscribedSubgraphs.QUIET;
import static dev.trivium.server.SubscribedSubgraphs.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.trivium.composition.NpmProgram;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The published clients against the router.
class ClientsTest {
    private static final String SUBSCRIPTION = "subscription {itemChanged {name inStock}}";

    private static @Nullable NpmProgram clients;

    @BeforeAll
    static void start() throws InterruptedException {
        clients = NpmProgram.start("clients.mjs");
        if (clients == null) {
            System.out.println("NO PUBLISHED CLIENT IS TRIED: npm is not to be had");
        }
    }

    @AfterAll
    static void stop() {
        if (clients != null) {
            clients.close();
        }
    }

    private static JsonNode run(TestRouter router, String client, String query, int most)
            throws IOException {
        return ask(router, client, query, "abc", most).path("results");
    }

    private static JsonNode ask(
            TestRouter router, String client, String query, String token, int most)
            throws IOException {
        NpmProgram program = clients;
        assumeTrue(program != null);
        var url = "http://127.0.0.1:" + router.port() + "/graphql";
        return program.ask(
                Map.of(
                        "client", client,
                        "url", url,
                        "query", query,
                        "headers", Map.of("authorization", "Bearer " + token),
                        "most", most));
    }

    /// A client for each protocol of subscriptions.
    static List<String> subscribers() {
        return List.of(
                "graphql-ws", "graphql-sse", "graphql-sse-single", "apollo", "urql", "legacy-ws");
    }

    private static List<String> results(JsonNode results) {
        return results.valueStream().map(JsonNode::toString).toList();
    }

    @ParameterizedTest
    @MethodSource("subscribers")
    void eventsComeWithTheFieldsOfOtherSubgraphs(String client) throws IOException {
        try (var subgraphs = new SubscribedSubgraphs(event(1), event(2), event(3), COMPLETE);
                var router = TestRouter.start(subgraphs.configuration())) {
            var results = run(router, client, SUBSCRIPTION, 9);
            assertThat(
                            results.valueStream()
                                    .limit(3)
                                    .map(it -> it.path("data").toString())
                                    .map(it -> it.replace(",\"__typename\":\"Item\"", "")))
                    .containsExactly(
                            "{\"itemChanged\":{\"name\":\"n1\",\"inStock\":1}}",
                            "{\"itemChanged\":{\"name\":\"n2\",\"inStock\":2}}",
                            "{\"itemChanged\":{\"name\":\"n3\",\"inStock\":3}}");
            assertThat(results(results).getLast()).isEqualTo("{\"complete\":true}");
            assertThat(subgraphs.items.exchanges().getFirst().head())
                    .containsIgnoringCase("authorization: Bearer abc");
        }
    }

    @ParameterizedTest
    @MethodSource("subscribers")
    void anOperationThatIsNoGoodIsAnError(String client) throws IOException {
        try (var subgraphs = new SubscribedSubgraphs(event(1));
                var router = TestRouter.start(subgraphs.configuration())) {
            var results = run(router, client, "subscription {itemChanged {nothing}}", 9);
            assertThat(results(results).getFirst())
                    .as(results.toString())
                    .containsAnyOf(
                            "GRAPHQL_VALIDATION_FAILED",
                            "'nothing' in type 'Item'",
                            "400: Bad Request");
            assertThat(subgraphs.items.exchanges()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("subscribers")
    void aSubgraphThatFailsIsAnError(String client) throws IOException {
        try (var subgraphs =
                        new SubscribedSubgraphs(
                                event(1),
                                "event: next\ndata: {\"errors\":[{\"message\":\"no\"}]}\n\n",
                                COMPLETE);
                var router = TestRouter.start(subgraphs.configuration())) {
            var results = results(run(router, client, SUBSCRIPTION, 9));
            assertThat(results.getFirst()).contains("\"inStock\":1");
            assertThat(String.join("\n", results)).contains("no");
        }
    }

    @ParameterizedTest
    @MethodSource("subscribers")
    void aClientThatStopsEndsTheStreamOfTheSubgraph(String client)
            throws IOException, InterruptedException {
        try (var subgraphs = new SubscribedSubgraphs(event(1));
                var router = TestRouter.start(subgraphs.configuration())) {
            assertThat(results(run(router, client, SUBSCRIPTION, 1)).getFirst())
                    .contains("\"inStock\":1");
            var stream = subgraphs.stream();
            await().until(stream.socket()::isClosed);
        }
    }

    @ParameterizedTest
    @MethodSource("subscribers")
    void heartbeatsGoOnWhileNothingHappens(String client) throws IOException {
        try (var subgraphs = new SubscribedSubgraphs(event(1), QUIET, event(2), COMPLETE);
                var router =
                        TestRouter.start(
                                subgraphs.configuration(
                                        "heartbeat_interval: 500ms, ping_interval: 500ms,"))) {
            var answer = ask(router, client, SUBSCRIPTION, "abc", 9);
            var results = results(answer.path("results"));
            assertThat(results.get(1)).contains("\"inStock\":2");
            assertThat(results).last().isEqualTo("{\"complete\":true}");
            assertThat(answer.at("/wire/heartbeats").asInt()).isBetween(1, 4);
        }
    }

    /// Each protocol has its own way to say that a token is no good.
    @ParameterizedTest
    @CsvSource({
        "graphql-ws, 4403",
        "graphql-sse, 401",
        "graphql-sse-single, 401",
        "apollo, UNAUTHENTICATED",
        "urql, UNAUTHENTICATED",
        "legacy-ws, UNAUTHENTICATED"
    })
    void aTokenDecidesWhoMaySubscribe(String client, String refusal) throws Exception {
        var key = new RSAKeyGenerator(2048).keyID("k1").generate();
        try (var issuer = ScriptedSubgraph.answering(new JWKSet(key).toString(true));
                var subgraphs = new SubscribedSubgraphs(event(1), COMPLETE);
                var router =
                        TestRouter.start(
                                subgraphs.configuration()
                                        + "authentication: {router: {jwt: {jwks: [{url: '%s'}]}}}\n"
                                                .formatted(issuer.url()))) {
            var forged = ask(router, client, SUBSCRIPTION, "forged", 9).path("results");
            assertThat(results(forged)).singleElement().asString().contains(refusal);
            assertThat(subgraphs.items.exchanges()).isEmpty();

            var token = WebSocketTest.token(key, 60);
            var known = ask(router, client, SUBSCRIPTION, token, 9).path("results");
            assertThat(results(known).getFirst()).contains("\"inStock\":1");
            assertThat(subgraphs.items.exchanges().getFirst().head()).contains(token);
        }
    }

    @Test
    void documentsAreRegisteredOnceAndGotByTheirHashFromThenOn() throws IOException {
        try (var subgraphs = new SubscribedSubgraphs();
                var router = TestRouter.start(subgraphs.configuration())) {
            var query = "{item(id: 1) {name inStock}}";
            var first = ask(router, "apollo-apq", query, "abc", 9);
            var second = ask(router, "apollo-apq", query, "abc", 9);

            assertThat(results(first.path("results")))
                    .first()
                    .asString()
                    .contains("\"name\":\"n1\"", "\"inStock\":1");
            assertThat(second.path("results")).isEqualTo(first.path("results"));
            assertThat(first.at("/wire/requests").toString())
                    .isEqualTo(
                            "[{\"method\":\"GET\",\"text\":false},"
                                    + "{\"method\":\"POST\",\"text\":true}]");
            assertThat(second.at("/wire/requests").toString())
                    .isEqualTo("[{\"method\":\"GET\",\"text\":false}]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"apollo-defer-2022", "apollo-defer-2025", "urql"})
    void deferredPartsArrive(String client) throws IOException {
        try (var subgraphs = new SubscribedSubgraphs();
                var router = TestRouter.start(subgraphs.configuration())) {
            var query = "{item(id: 1) {name ... @defer(label: \"later\") {inStock}}}";
            var results = results(run(router, client, query, 9));
            assertThat(results.getLast()).isEqualTo("{\"complete\":true}");
            assertThat(results.get(results.size() - 2))
                    .contains("\"name\":\"n1\"", "\"inStock\":1");
            assertThat(results.getFirst()).contains("\"name\":\"n1\"").doesNotContain("inStock");
        }
    }

    @Test
    void queriesGoOverWebSocketToo() throws IOException {
        try (var subgraphs = new SubscribedSubgraphs();
                var router = TestRouter.start(subgraphs.configuration())) {
            assertThat(results(run(router, "graphql-ws", "{item(id: 1) {name inStock}}", 9)))
                    .containsExactly(
                            "{\"data\":{\"item\":{\"name\":\"n1\",\"inStock\":1}}}",
                            "{\"complete\":true}");
        }
    }
}
