package dev.trivium.server;

import static dev.trivium.server.SubscribedSubgraphs.COMPLETE;
import static dev.trivium.server.SubscribedSubgraphs.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trivium.composition.NpmProgram;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        NpmProgram program = clients;
        assumeTrue(program != null);
        var url = "http://127.0.0.1:" + router.port() + "/graphql";
        return program.ask(
                        Map.of(
                                "client", client,
                                "url", url,
                                "query", query,
                                "headers", Map.of("authorization", "Bearer abc"),
                                "most", most))
                .path("results");
    }

    private static List<String> results(JsonNode results) {
        return results.valueStream().map(JsonNode::toString).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "graphql-ws",
                "graphql-sse",
                "graphql-sse-single",
                "apollo",
                "urql",
                "legacy-ws"
            })
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
    @ValueSource(
            strings = {
                "graphql-ws",
                "graphql-sse",
                "graphql-sse-single",
                "apollo",
                "urql",
                "legacy-ws"
            })
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
    @ValueSource(
            strings = {
                "graphql-ws",
                "graphql-sse",
                "graphql-sse-single",
                "apollo",
                "urql",
                "legacy-ws"
            })
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
    @ValueSource(
            strings = {
                "graphql-ws",
                "graphql-sse",
                "graphql-sse-single",
                "apollo",
                "urql",
                "legacy-ws"
            })
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
