package dev.trivium.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchingTest {
    private static final String LIMITS =
            "batching: {enabled: true, maximum_size: 4}\nauthentication: {router: {jwt: {jwks: [{url: 'http://127.0.0.1:1/'}]}}}\ntraffic_shaping: {router: {concurrency_limit: 4}}\n";

    private final CountDownLatch both = new CountDownLatch(2);
    private ScriptedSubgraph subgraph;
    private TestRouter router;

    @BeforeEach
    void start() {
        subgraph =
                ScriptedSubgraph.start(exchange -> {
                    var body = exchange.body();
                    if (body.contains("hang")) {
                        exchange.awaitHangUp();
                    } else if (body.contains("both")) {
                        // The first waits until the second is there, too.
                        both.countDown();
                        assertThat(both.await(5, TimeUnit.SECONDS)).isTrue();
                    }
                    exchange.answer(
                            body.contains("bad")
                                    ? "{\"data\":null,\"errors\":[{\"message\":\"no\"}]}"
                                    : body.contains("mutation")
                                            ? "{\"data\":{\"rename\":{\"name\":\"new\"}}}"
                                            : "{\"data\":{\"item\":{\"name\":\"%s\"}}}"
                                                    .formatted(exchange.number()));
                });
        router = TestRouter.start(TestRouter.addresses(subgraph, subgraph) + LIMITS);
    }

    @AfterEach
    void stop() {
        router.close();
        subgraph.close();
    }

    @Test
    void eachIsAnsweredForItselfAndInOrder() {
        var response =
                router.post(
                        """
                        [
                          {"query": "{unknown}"},
                          {"query": "query($id: ID!) {item(id: $id) {name}}", "variables": {"id": "a"}},
                          {"query": "{item(id: \\"bad\\") {name}}"},
                          {"query": "mutation {rename(id: 1, name: \\"new\\") {name}}"}
                        ]\
                        """);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).contains("content-type: application/json; charset=utf-8");
        assertThat(response.body())
                .startsWith("[{\"errors\":[{\"message\":")
                .containsPattern(
                        "VALIDATION_FAILED.*,\\{\"data\":\\{\"item\":\\{\"name\":\"\\d\"}}},\\{.*\"no\".*},\\{\"data\":\\{\"rename\":\\{\"name\":\"new\"}}}]$");
    }

    @Test
    void theyAreExecutedSideBySide() {
        var entry = "{\"query\":\"{item(id:\\\"both%d\\\"){name}}\"}";
        var response = router.post("[" + entry.formatted(1) + "," + entry.formatted(2) + "]");

        assertThat(response.body()).contains("\"0\"", "\"1\"").doesNotContain("errors");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    []                                                          | BAD_REQUEST          | is empty
                    [{"query":"{__typename}"}                                   | BAD_REQUEST          | not JSON
                    [{"query":"{__typename}"}] x                                | BAD_REQUEST          | not JSON
                    [{"query":"{__typename}"}][]                                | BAD_REQUEST          | follows
                    [{"query":"{__typename}"},{}]                               | BAD_REQUEST          | entry 1 of the batch:
                    [{"query":"{__typename}"},7]                                | BAD_REQUEST          | entry 1 of the batch:
                    [[{"query":"{__typename}"}]]                                | BAD_REQUEST          | entry 0 of the batch:
                    [{"query":7},{"query":"{__typename}"}]                      | BAD_REQUEST          | must be a string
                    [{},{},{},{},{}]                                            | BATCH_LIMIT_EXCEEDED | at most 4
                    """)
    void batchesThatAreRefusedAsAWhole(String body, String code, String message) {
        var response = router.post(body);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains(code, message).startsWith("{");
        assertThat(subgraph.exchanges()).isEmpty();
    }

    @Test
    void eachTakesAPlaceUntilTheClientHasGone() {
        var hang = "{\"query\":\"{item(id:\\\"hang%d\\\"){name}}\"}";
        try (var client = new RawHttp(router.port())) {
            var body = "[" + hang.formatted(1) + "," + hang.formatted(2) + "]";
            client.write(RawHttp.post(TestRouter.JSON, body.getBytes(UTF_8)));
            await().until(() -> subgraph.exchanges().size() == 2);

            var one = "{\"query\":\"{__typename}\"}";
            var three = router.post("[" + one + "," + one + "," + one + "]");
            assertThat(three.status()).isEqualTo(503);
            assertThat(three.body()).contains("CONCURRENCY_LIMITED");
            assertThat(router.post("[" + one + "," + one + "]").status()).isEqualTo(200);
        }
        var all = "[" + "{\"query\":\"{__typename}\"},".repeat(3) + "{\"query\":\"{__typename}\"}]";
        await().untilAsserted(() -> assertThat(router.post(all).status()).isEqualTo(200));
    }

    @Test
    void aBadTokenIsToldToEach() {
        var headers = TestRouter.JSON + "Authorization: Bearer x\r\n";
        var body = "[{\"query\":\"{__typename}\"},{\"query\":\"{__typename}\"}]";

        assertThat(router.post(headers, body).body())
                .containsPattern("^\\[\\{\"errors.*UNAUTHENTICATED.*,\\{\"errors.*UNAUTHENTICATED");
    }

    @Test
    void oneThatWouldComeInPartsDoesNotHoldUpTheOthers() {
        var response =
                router.post(
                        "[{\"query\":\"{item(id:1){... @defer {name}}}\"},{\"query\":\"{__typename}\"}]");

        assertThat(response.body()).endsWith(",{\"data\":{\"__typename\":\"Query\"}}]");
    }
}
