package dev.trivium.server;

import static dev.trivium.server.TestRouter.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The rows D and V of the list of hostile inputs: documents and variables that are refused, with
/// the same answer over the whole stack, before any subgraph is asked.
class HostileDocumentTest {
    private static final String NEW_CLIENT = JSON + "Accept: application/graphql-response+json\r\n";

    private static ScriptedSubgraph subgraph;
    private static TestRouter router;

    @BeforeAll
    static void start() {
        subgraph = ScriptedSubgraph.answering("{\"data\":{\"item\":null}}");
        router = TestRouter.start(subgraph, subgraph);
    }

    @AfterAll
    static void stop() {
        router.close();
        subgraph.close();
    }

    static Stream<Arguments> documents() {
        return Stream.of(
                Arguments.of("D01 empty", "", ""),
                Arguments.of("D01 a comment only", "# nothing", ""),
                Arguments.of("D02 too many tokens", "{" + "a ".repeat(15_001) + "}", "TOKEN_LIMIT"),
                Arguments.of("D03 commas", "{" + ",".repeat(1_000_000) + "__typename}", ""),
                Arguments.of("D03 comments", "#\n".repeat(500_000) + "{__typename}", ""),
                Arguments.of(
                        "D04 deep selections",
                        "{a".repeat(7_000) + "}".repeat(7_000),
                        "RECURSION_LIMIT"),
                Arguments.of(
                        "D04 deep lists",
                        "{item(id: " + "[".repeat(7_000) + "]".repeat(7_000) + "){id}}",
                        "RECURSION_LIMIT"),
                Arguments.of(
                        "D05 a cycle of fragments",
                        "{...a} fragment a on Query {__typename ...b @skip(if:false)}"
                                + " fragment b on Query {...a}",
                        ""),
                Arguments.of("D06 a chain of fragments", chain(3_000), ""),
                Arguments.of("D07 an exponential document", doubling(30), ""),
                Arguments.of(
                        "D13 several operations", "query a {__typename} query b {__typename}", ""),
                Arguments.of("D18 an internal field", "{_entities(representations: []) {x}}", ""),
                Arguments.of("D18 an internal field", "{_service {sdl}}", ""),
                Arguments.of("D26 half an escape", "{item(id:\"\\ud800\"){id}}", ""),
                Arguments.of("D26 an unknown escape", "{item(id:\"\\q\"){id}}", ""),
                Arguments.of("an unknown field", "{nothing}", "GRAPHQL_VALIDATION_FAILED"),
                Arguments.of(
                        "V04 an unknown enum value in the text",
                        "{item(id:1, size: HUGE){id}}",
                        "GRAPHQL_VALIDATION_FAILED"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    @Timeout(10)
    void isRefused(String row, String document, String code) {
        var body = new JsonObject().put("query", document).encode();
        var modern = router.post(NEW_CLIENT, body);
        var legacy = router.post(body);

        assertThat(modern.status()).isEqualTo(400);
        assertThat(legacy.status()).isEqualTo(200);
        assertRefusal(modern, code);
        assertRefusal(legacy, code);
    }

    static Stream<Arguments> variables() {
        return Stream.of(
                Arguments.of("V01 missing", "query($x: ID!) {item(id: $x){id}}", "{}"),
                Arguments.of("V01 null", "query($x: ID!) {item(id: $x){id}}", "{\"x\":null}"),
                Arguments.of(
                        "V03 text for a number",
                        "query($x: Int) {items(first: $x){id}}",
                        "{\"x\":\"1\"}"),
                Arguments.of(
                        "D27 a number beyond Int",
                        "query($x: Int) {items(first: $x){id}}",
                        "{\"x\":2147483648}"),
                Arguments.of(
                        "V04 an unknown enum value",
                        "query($x: Size) {item(id: 1, size: $x){id}}",
                        "{\"x\":\"HUGE\"}"),
                Arguments.of(
                        "V04 an unknown input field",
                        "query($x: ItemFilter) {items(filter: $x){id}}",
                        "{\"x\":{\"nam\":\"a\"}}"),
                Arguments.of(
                        "V06 an object for a text",
                        "query($x: ItemFilter) {items(filter: $x){id}}",
                        "{\"x\":{\"name\":{\"$gt\":\"\"}}}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variables")
    void aVariableIsRefused(String row, String document, String variables) {
        var body =
                new JsonObject()
                        .put("query", document)
                        .put("variables", new JsonObject(variables))
                        .encode();
        var modern = router.post(NEW_CLIENT, body);

        assertThat(modern.status()).isEqualTo(400);
        assertThat(router.post(body).status()).isEqualTo(200);
        assertRefusal(modern, "");
    }

    @Test
    void v02AVariableThatNobodyAskedForIsIgnored() {
        var response =
                router.post("{\"query\":\"{__typename}\",\"variables\":{\"x\":{\"y\":[1]}}}");

        assertThat(response.body()).isEqualTo("{\"data\":{\"__typename\":\"Query\"}}");
    }

    @Test
    void d07IsRefusedQuickly() {
        var body = new JsonObject().put("query", doubling(28)).encode();
        long start = System.nanoTime();
        router.post(NEW_CLIENT, body);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void d13ALongOperationName() {
        var body =
                new JsonObject().put("query", "{__typename}").put("operationName", "a".repeat(513));

        assertThat(router.post(body.encode()).status()).isEqualTo(400);
    }

    @Test
    void d13TheNamedOperationRuns() {
        var body =
                new JsonObject()
                        .put("query", "query a {__typename} query b {x: __typename}")
                        .put("operationName", "b");

        assertThat(router.post(body.encode()).body()).isEqualTo("{\"data\":{\"x\":\"Query\"}}");
    }

    @Test
    void d16IntrospectionCanBeTurnedOff() {
        try (var closed =
                TestRouter.start(
                        TestRouter.addresses(subgraph, subgraph)
                                + "supergraph: {introspection: false}\n")) {
            var aliased = "{...f} fragment f on Query { x: __schema { types { name } } }";
            assertThat(closed.query(aliased).body()).contains("INTROSPECTION_DISABLED");
            assertThat(closed.query("{__type(name: \"Item\") {name}}").body())
                    .contains("INTROSPECTION_DISABLED");
            assertThat(closed.query("{__typename}").status()).isEqualTo(200);
        }
        assertThat(router.query("{__type(name: \"Item\") {name}}").body())
                .isEqualTo("{\"data\":{\"__type\":{\"name\":\"Item\"}}}");
    }

    private static void assertRefusal(RawHttp.Response response, String code) {
        var body = new JsonObject(response.body());
        assertThat(body.containsKey("data")).isFalse();
        assertThat(body.getJsonArray("errors")).isNotEmpty().hasSizeLessThanOrEqualTo(100);
        assertThat(response.body()).contains(code).doesNotContain("Exception", "dev.trivium");
        assertThat(subgraph.exchanges()).isEmpty();
    }

    /// A fragment that is longer than the stack is deep.
    private static String chain(int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> "fragment f%d on Query {...f%d}".formatted(i, i + 1))
                .collect(
                        Collectors.joining(
                                " ", "{...f0} ", " fragment f" + length + " on Item {id}"));
    }

    /// Each fragment holds the next one twice.
    private static String doubling(int times) {
        return IntStream.range(0, times)
                .mapToObj(i ->
                        "fragment f%d on Query {a%d: __typename ...f%d ...{...f%d}}"
                                .formatted(i, i, i + 1, i + 1))
                .collect(
                        Collectors.joining(
                                " ", "{...f0} ", " fragment f" + times + " on Query {__typename}"));
    }
}
