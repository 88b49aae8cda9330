package dev.trivium.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.ScriptedSubgraph.Behaviour;
import dev.trivium.server.ScriptedSubgraph.Exchange;
import dev.trivium.server.configuration.ConfigurationReader;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client sees when a subgraph misbehaves: the rest of the answer, and an error with a code
/// and a path. `items` answers, `stock` does not.
class HostileSubgraphTest {
    private static final String ITEM =
            "{\"data\":{\"item\":{\"__typename\":\"Item\",\"id\":\"1\",\"name\":\"lamp\"}}}";
    private static final String QUERY = "{item(id: 1) {name inStock}}";

    static Stream<Arguments> behaviours() {
        return Stream.of(
                row("S02 never answers", Exchange::awaitHangUp, "TIMEOUT"),
                row("S03 resets", Exchange::reset, "UNAVAILABLE"),
                row("S05 HTML", e -> e.answer("200 OK", "text/html", "<p>hi"), "MALFORMED"),
                row("S05 nothing", e -> e.answer(""), "MALFORMED"),
                row("S05 204", e -> e.raw("HTTP/1.1 204 No Content\r\n\r\n"), "MALFORMED"),
                row("S05 an array", e -> e.answer("[]"), "MALFORMED"),
                row("S06 half of it", e -> e.answer("{\"data\":{"), "MALFORMED"),
                row("S06 more than it", e -> e.answer("{\"data\":null}x"), "MALFORMED"),
                row(
                        "S06 NaN",
                        e -> e.answer("{\"data\":{\"_entities\":[{\"inStock\":NaN}]}}"),
                        "MALFORMED"),
                row("S18 a redirect", HostileSubgraphTest::redirect, ""),
                row("S24 a false length", HostileSubgraphTest::shorten, "UNAVAILABLE"));
    }

    private static Arguments row(String name, Behaviour behaviour, String code) {
        return Arguments.of(name, behaviour, code);
    }

    private static void redirect(Exchange exchange) throws IOException {
        exchange.raw(
                "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n");
    }

    private static void shorten(Exchange exchange) throws IOException {
        exchange.raw("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{}");
        exchange.socket().shutdownOutput();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("behaviours")
    void costsItsOwnFieldsOnly(String row, Behaviour behaviour, String code) {
        try (var items = ScriptedSubgraph.answering(ITEM);
                var stock = ScriptedSubgraph.start(behaviour);
                var router = impatient(items, stock)) {
            var response = router.query(QUERY);
            var body = new JsonObject(response.body());

            assertThat(response.status()).isEqualTo(200);
            assertThat(body.getJsonObject("data"))
                    .isEqualTo(new JsonObject("{\"item\":{\"name\":\"lamp\",\"inStock\":null}}"));
            var error = body.getJsonArray("errors").getJsonObject(0);
            assertThat(error.getJsonArray("path").getString(0)).isEqualTo("item");
            assertThat(error.getJsonObject("extensions").getString("code")).contains(code);
            assertThat(error.getJsonObject("extensions").getString("service")).isEqualTo("stock");
            assertThat(response.body()).doesNotContain("127.0.0.1", "169.254", "xception");
        }
    }

    /// What the limits let pass arrives whole; one byte more, and nothing of it does.
    @Test
    void s16AnAnswerIsTakenUpToTheLimit() {
        var longest =
                "{\"data\":{\"_entities\":[{\"inStock\":3}]},\"extensions\":{\"a\":\"%s\"}}"
                        .formatted("x".repeat(5_000));
        for (var text : new String[] {longest, longest + " "}) {
            try (var items = ScriptedSubgraph.answering(ITEM);
                    var stock = ScriptedSubgraph.answering(text);
                    var router =
                            TestRouter.start(
                                    TestRouter.addresses(items, stock)
                                            + "limits: {subgraph_max_response_bytes: %d}\n"
                                                    .formatted(longest.length()))) {
                var body = router.query(QUERY).body();
                if (text.equals(longest)) {
                    assertThat(body)
                            .isEqualTo("{\"data\":{\"item\":{\"name\":\"lamp\",\"inStock\":3}}}");
                } else {
                    assertThat(body)
                            .startsWith("{\"data\":{\"item\":{\"name\":\"lamp\",\"inStock\":null}}")
                            .contains("\"code\":\"TOO_LARGE\"", "\"service\":\"stock\"");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {'message':'at line 7','path':['item','inStock'],"
                        + "'extensions':{'code':'LOST','service':'stock'}}",
                "{all: {redact_message: true}} | {'message':'The service reported an error.',"
                        + "'path':['item','inStock'],'extensions':{'code':'LOST','service':'stock'}}",
                "{all: {redact_message: true}, subgraphs: {stock: {redact_message: false,"
                        + " allow_extensions_keys: [trace]}}} | {'message':'at line 7','path':"
                        + "['item','inStock'],'extensions':{'trace':'T',"
                        + "'code':'DOWNSTREAM_SERVICE_ERROR','service':'stock'}}",
                "{subgraphs: {stock: {redact_message: true, allow_extensions_keys: []}}} |"
                        + " {'message':'The service reported an error.','path':['item','inStock'],"
                        + "'extensions':{'code':'DOWNSTREAM_SERVICE_ERROR','service':'stock'}}",
                "{subgraphs: {items: {redact_message: true, allow_extensions_keys: []}}} |"
                        + " {'message':'at line 7','path':['item','inStock'],"
                        + "'extensions':{'code':'LOST','service':'stock'}}"
            })
    void errorsAreMaskedAsConfigured(String configuration, String error) {
        try (var items = ScriptedSubgraph.answering(ITEM);
                var stock =
                        ScriptedSubgraph.answering(
                                """
                                {"data": {"_entities": [{"inStock": null}]}, "errors": [{
                                 "message": "at line 7", "path": ["_entities", 0, "inStock"],
                                 "extensions": {"code": "LOST", "trace": "T"}}]}
                                """);
                var router =
                        TestRouter.start(
                                TestRouter.addresses(items, stock)
                                        + "include_subgraph_errors: "
                                        + configuration)) {
            var errors = new JsonObject(router.query(QUERY).body()).getJsonArray("errors");
            assertThat(errors).hasSize(1);
            assertThat(errors.getJsonObject(0)).isEqualTo(new JsonObject(error.replace('\'', '"')));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "stock:4001/graphql", "ftp://stock", "http://", "::"})
    void aSubgraphWithoutAddressIsRefused(String url) {
        var first = "http://127.0.0.1:1/graphql\")\n  STOCK @join__graph(name: \"stock\", url: \"";
        var supergraph = TestRouter.supergraph();
        var nowhere = supergraph.replace(first + "http://127.0.0.1:1/graphql", first + url);
        assertThat(nowhere).isNotEqualTo(supergraph);

        var started = RouterServer.start(nowhere, ConfigurationReader.defaults());
        assertThat(started)
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        it -> {
                            var issue = (Issue) it.issues().getFirst();
                            assertThat(issue.code()).isEqualTo("INVALID_SUBGRAPH_URL");
                            assertThat(issue.message()).contains("override_subgraph_url.stock");
                        });
        try (var stock = ScriptedSubgraph.answering(ITEM);
                var router = TestRouter.start(TestRouter.addresses(stock, stock))) {
            // The configuration has an address for it.
            assertThat(router.tryReload(nowhere)).isInstanceOf(Outcome.Accepted.class);
        }
    }

    @Test
    void aGoodAnswer() {
        try (var items = ScriptedSubgraph.answering(ITEM);
                var stock =
                        ScriptedSubgraph.answering("{\"data\":{\"_entities\":[{\"inStock\":3}]}}");
                var router = impatient(items, stock)) {
            assertThat(router.query(QUERY).body())
                    .isEqualTo("{\"data\":{\"item\":{\"name\":\"lamp\",\"inStock\":3}}}");
            assertThat(stock.exchanges().getFirst().body())
                    .contains("\"__typename\":\"Item\"", "\"id\":\"1\"");
        }
    }

    @Test
    void s04AMutationIsNotSentTwice() {
        Behaviour breaks =
                exchange -> {
                    if (exchange.body().contains("mutation")) {
                        exchange.reset();
                    } else {
                        exchange.answer(ITEM);
                    }
                };
        try (var items = ScriptedSubgraph.start(breaks);
                var router = impatient(items, items)) {
            router.query("{item(id: 1) {name}}");
            var response = router.query("mutation {rename(id: 1, name: \"a\") {name}}");

            assertThat(response.body()).contains("UNAVAILABLE");
            assertThat(items.exchanges()).hasSize(2);
        }
    }

    @Test
    void h27AClientThatLeavesCancelsItsCalls() throws Exception {
        var cancelled = new CountDownLatch(1);
        Behaviour waits =
                exchange -> {
                    exchange.awaitHangUp();
                    cancelled.countDown();
                };
        try (var items = ScriptedSubgraph.start(waits);
                var router = TestRouter.start(items, items)) {
            try (var client = new RawHttp(router.port())) {
                var body = new JsonObject().put("query", "{item(id: 1) {name}}").encode();
                client.write(RawHttp.post(TestRouter.JSON, body.getBytes(UTF_8)));
                await().until(() -> !items.exchanges().isEmpty());
            }
            assertThat(cancelled.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    /// With a deadline of two seconds for `stock`.
    private static TestRouter impatient(ScriptedSubgraph items, ScriptedSubgraph stock) {
        return TestRouter.start(
                TestRouter.addresses(items, stock)
                        + "traffic_shaping: {subgraphs: {stock: {timeout: 2s}}}\n");
    }
}
