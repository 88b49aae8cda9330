package dev.trivium.server;

import static dev.trivium.server.TestRouter.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rows H01 to H35 of the list of hostile inputs that are about HTTP and JSON. No subgraph is
/// ever asked.
class HostileHttpTest {
    private static final String GOOD = "{\"query\":\"{ __typename }\"}";

    private static ScriptedSubgraph subgraph;
    private static TestRouter router;

    @BeforeAll
    static void start() {
        subgraph = ScriptedSubgraph.answering("{}");
        router =
                TestRouter.start(
                        TestRouter.addresses(subgraph, subgraph)
                                + "limits: {http_max_request_bytes: 100000}\n"
                                + "cors: {origins: [\"https://app.example\"]}\n");
    }

    @AfterAll
    static void stop() {
        router.close();
        subgraph.close();
    }

    @AfterEach
    void theNextRequestIsFine() {
        assertThat(router.post(GOOD).body()).isEqualTo("{\"data\":{\"__typename\":\"Query\"}}");
        assertThat(subgraph.exchanges()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "TRACE", "DELETE", "PATCH", "HEAD", "OPTIONS"})
    void h01OtherMethods(String method) {
        var response =
                router.send(method + " /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers()).contains("allow: get, post");
    }

    @Test
    void h01AMutationByGet() {
        var query = "query=mutation%7Brename(id:1,name:%22a%22)%7Bid%7D%7D";
        var response = router.send(get(query, "Apollo-Require-Preflight: 1\r\n"));

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers()).contains("allow: post");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: text/plain\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\n",
                "Content-Type: multipart/form-data; boundary=x\r\n",
                "Content-Type: application/jsonx\r\n",
                "Content-Type: application/json\r\nContent-Type: text/plain\r\n",
                "Content-Type: application/json; charset=utf-7\r\n"
            })
    void h02h05OtherContentTypes(String header) {
        assertThat(router.post(header, GOOD).status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "Application/JSON;charset=\"UTF-8\""
            })
    void theseContentTypesAreFine(String type) {
        assertThat(router.post("Content-Type: " + type + "\r\n", GOOD).status()).isEqualTo(200);
    }

    @Test
    void h03AGetRequestThatAnyWebPageCouldSend() {
        var response = router.send(get("query=%7B__typename%7D", ""));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("CSRF_PREFLIGHT_REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GraphQL-Require-Preflight: 1\r\n",
                "X-Apollo-Operation-Name: a\r\n",
                "Content-Type: application/json\r\n"
            })
    void aGetRequestWithAPreflightIsFine(String header) {
        var response = router.send(get("query=%7B__typename%7D", header));

        assertThat(response.body()).isEqualTo("{\"data\":{\"__typename\":\"Query\"}}");
    }

    @Test
    void theParametersOfAGetRequest() {
        var preflight = "GraphQL-Require-Preflight: 1\r\n";
        var document = "query=query%20a%20%7Bx:__typename%7D%20query%20b%20%7By:__typename%7D";

        assertThat(
                        router.send(get(document + "&operationName=b&variables=%7B%7D", preflight))
                                .body())
                .isEqualTo("{\"data\":{\"y\":\"Query\"}}");
        assertBadRequest(router.send(get(document + "&variables=%5B%5D", preflight)));
        assertBadRequest(router.send(get(document + "&variables=%7B", preflight)));
        assertBadRequest(router.send(get(document + "&query=%7Ba%7D", preflight)));
        assertBadRequest(router.send(get("operationName=b", preflight)));
    }

    @Test
    void h04AGetRequestWithAContentTypeOfAnotherKind() {
        var response = router.send(get("query=%7B__typename%7D", "Content-Type: message/http\r\n"));

        assertThat(response.status()).isEqualTo(415);
    }

    @Test
    void h06InvalidUtf8() {
        var body = GOOD.replace("__typename", "__typename #\u00e9").getBytes(UTF_8);
        assertThat(RawHttp.send(router.port(), RawHttp.post(JSON, body)).status()).isEqualTo(200);
        for (int i = 0; i < body.length; i++) {
            if (body[i] == (byte) 0xc3) {
                body[i] = (byte) 0xc0;
            }
        }

        assertBadRequest(RawHttp.send(router.port(), RawHttp.post(JSON, body)));
        assertBadRequest(
                RawHttp.send(
                        router.port(),
                        RawHttp.post(
                                JSON, GOOD.getBytes(java.nio.charset.StandardCharsets.UTF_16BE))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    image/png                                                     | 406
                    application/json;q=0                                          | 406
                    application/graphql-response+json                             | 200
                    text/html, */*;q=0.1                                          | 200
                    """)
    void h07Accept(String accept, int status) {
        assertThat(router.post(JSON + "Accept: " + accept + "\r\n", GOOD).status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    application/graphql-response+json                             | application/graphql-response+json
                    application/graphql-response+json, application/json;q=0.9     | application/graphql-response+json
                    application/json, application/graphql-response+json           | application/json
                    application/json;q=0.5, application/graphql-response+json;q=1 | application/graphql-response+json
                    */*                                                           | application/json
                    """)
    void theClientChoosesTheType(String accept, String type) {
        assertThat(router.post(JSON + "Accept: " + accept + "\r\n", GOOD).headers())
                .contains("content-type: " + type + "; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "7",
                "\"{a}\"",
                "{",
                "{}",
                "{\"query\":7}",
                "{\"query\":null}",
                "{\"query\":[\"{a}\"]}",
                "{\"query\":\"{__typename}\",\"variables\":[]}",
                "{\"query\":\"{__typename}\",\"variables\":\"{}\"}",
                "{\"query\":\"{__typename}\",\"extensions\":1}",
                "{\"query\":\"{__typename}\",\"operationName\":{}}",
                "{\"query\":\"{__typename}\"} x",
                "{\"query\":\"{__typename}\"}{}",
                "{\"query\":\"{__typename}\",}",
                "{'query':'{__typename}'}",
                "{\"query\":\"{__typename}\",\"variables\":{\"a\":NaN}}",
                "{\"query\":\"{__typename}\",\"variables\":{\"a\":01}}",
                "{\"query\":\"{a\u0001}\"}",
                "{\"query\":\"\\ud800 \\x\"}",
                "{\"query\":\"{__typename}\",\"query\":\"{__typename}\"}"
            })
    void h08h10BodiesThatAreNoRequest(String body) {
        assertBadRequest(router.post(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"query\":\"{__typename}\",\"future\":[{\"x\":1}],\"id\":7}",
                "{\"query\":\"{__typename}\",\"variables\":null,\"operationName\":null}",
                "{\"query\":\"{__typename}\",\"variables\":{\"unused\":{\"a\":[1e3]}}}"
            })
    void h09UnknownPropertiesAreIgnored(String body) {
        assertThat(router.post(body).status()).isEqualTo(200);
    }

    @Test
    void h29ABatch() {
        var response = router.post("[" + GOOD + "]");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("BATCHING_DISABLED");
    }

    @Test
    void h11DeepJson() {
        assertBadRequest(router.post(withVariable("[".repeat(10_000) + "]".repeat(10_000))));
        assertThat(router.post(withVariable("[".repeat(190) + "]".repeat(190))).status())
                .isEqualTo(200);
    }

    @Test
    void h12LongNumbers() {
        assertBadRequest(router.post(withVariable("9".repeat(1_001))));
        assertBadRequest(router.post(withVariable("0." + "9".repeat(50_000))));
        assertThat(router.post(withVariable("9".repeat(999))).status()).isEqualTo(200);
    }

    @Test
    void h13AnAnnouncedBodyThatIsTooLargeIsNotRead() {
        try (var client = new RawHttp(router.port())) {
            client.write(
                    "POST /graphql HTTP/1.1\r\nHost: x\r\n"
                            + JSON
                            + "Content-Length: 9999999999\r\n\r\n");
            var response = client.read();

            assertThat(response.status()).isEqualTo(413);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void anExpectationIsAnsweredBeforeTheBody() {
        try (var client = new RawHttp(router.port())) {
            client.write(
                    "POST /graphql HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n%sContent-Length: %d\r\n\r\n"
                            .formatted(JSON, GOOD.length()));
            assertThat(client.read().status()).isEqualTo(100);
            client.write(GOOD);
            assertThat(client.read().status()).isEqualTo(200);
        }
        var tooLarge =
                router.send(
                        "POST /graphql HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                                + JSON
                                + "Content-Length: 200000\r\n\r\n");
        assertThat(tooLarge.status()).isEqualTo(413);
    }

    @Test
    void h14BodiesThatTurnOutTooLarge() throws IOException {
        try (var client = new RawHttp(router.port())) {
            client.write(
                    "POST /graphql HTTP/1.1\r\nHost: x\r\n"
                            + JSON
                            + "Transfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 11; i++) {
                client.write("2710\r\n" + " ".repeat(10_000) + "\r\n");
            }
            assertThat(client.read().status()).isEqualTo(413);
        }
        var bomb = gzip(" ".repeat(10_000_000));
        assertThat(bomb.length).isLessThan(100_000);
        assertThat(sendGzip(bomb).status()).isEqualTo(413);
    }

    @Test
    void aCompressedBody() throws IOException {
        assertThat(sendGzip(gzip(GOOD)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, gzip", "br", "deflate", "x"})
    void h15OtherEncodings(String encoding) {
        var headers = JSON + "Content-Encoding: " + encoding + "\r\n";

        assertThat(router.post(headers, GOOD).status()).isEqualTo(415);
    }

    @Test
    void h16CorruptGzip() throws IOException {
        var good = gzip(GOOD);
        assertBadRequest(sendGzip(Arrays.copyOf(good, good.length - 9)));
        assertBadRequest(sendGzip(GOOD.getBytes(UTF_8)));
        assertBadRequest(sendGzip(new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 26\r\nTransfer-Encoding: chunked\r\n",
                "Content-Length: 26\r\nContent-Length: 27\r\n",
                "Content-Length: +26\r\n",
                "Content-Length: 26, 27\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "X: a\r\n b\r\nX : c\r\n"
            })
    void h20AmbiguousFraming(String headers) {
        try (var client = new RawHttp(router.port())) {
            client.write("POST /graphql HTTP/1.1\r\nHost: x\r\n" + JSON + headers + "\r\n" + GOOD);

            assertThat(client.read().status()).isEqualTo(400);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void h21ControlCharactersInAHeader() {
        assertThat(router.post(JSON + "X: a\u0000b\r\n", GOOD).status()).isEqualTo(400);
        assertThat(router.post(JSON + "X: a\rb\r\n", GOOD).status()).isEqualTo(400);
        assertThat(router.post(JSON + "X\u0000: b\r\n", GOOD).status()).isEqualTo(400);
    }

    @Test
    void h22ManyAndLongHeaders() {
        assertThat(router.post(JSON + "X: y\r\n".repeat(101), GOOD).status()).isEqualTo(431);
        assertThat(router.post(JSON + "X: " + "y".repeat(65 * 1024) + "\r\n", GOOD).status())
                .isEqualTo(431);
    }

    @Test
    void h23ALongAddress() {
        assertThat(router.send(get("query=" + "a".repeat(64 * 1024), "")).status()).isEqualTo(414);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "https://app.example.evil", "http://app.example"})
    void h31OtherOrigins(String origin) {
        assertThat(router.post(JSON + "Origin: " + origin + "\r\n", GOOD).headers())
                .noneMatch(header -> header.startsWith("access-control-"))
                .contains("vary: origin");
    }

    @Test
    void anAllowedOrigin() {
        assertThat(router.post(JSON + "Origin: https://app.example\r\n", GOOD).headers())
                .contains(
                        "access-control-allow-origin: https://app.example",
                        "access-control-expose-headers: retry-after, www-authenticate");
        var asked = "Origin: https://app.example\r\nAccess-Control-Request-Method: POST\r\n";
        var preflight = router.send("OPTIONS /graphql HTTP/1.1\r\nHost: x\r\n" + asked + "\r\n");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.headers())
                .contains(
                        "access-control-allow-methods: get, post",
                        "access-control-allow-headers: content-type, authorization,"
                                + " graphql-require-preflight, apollo-require-preflight,"
                                + " x-apollo-operation-name, apollographql-client-name,"
                                + " apollographql-client-version, graphql-client-name,"
                                + " graphql-client-version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/graphql/",
                "/graphql/../actuator",
                "/graphql/..%2fhealth",
                "//graphql",
                "/GRAPHQL",
                "/explorer/../../../etc/passwd",
                "/explorer/index.html",
                "/actuator"
            })
    void h35OtherPaths(String path) {
        assertThat(router.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").status())
                .isEqualTo(404);
    }

    private static String get(String parameters, String headers) {
        return "GET /graphql?" + parameters + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
    }

    private static String withVariable(String json) {
        return "{\"query\":\"{__typename}\",\"variables\":{\"a\":" + json + "}}";
    }

    private static void assertBadRequest(RawHttp.Response response) {
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("BAD_REQUEST").doesNotContain("data", "Exception");
    }

    private static RawHttp.Response sendGzip(byte[] body) {
        return RawHttp.send(router.port(), RawHttp.post(JSON + "Content-Encoding: gzip\r\n", body));
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(bytes)) {
            stream.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
