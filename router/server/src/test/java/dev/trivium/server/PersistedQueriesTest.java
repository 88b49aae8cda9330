package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Documents that are sent by their ids, from outside.
@Timeout(60)
class PersistedQueriesTest {
    private static final String ANSWER = "{\"data\":{\"item\":{\"name\":\"lamp\"}}}";
    private static final String LAMP = "query Lamp {\n  item(id: 1) {\n    name\n  }\n}\n";
    private static final String OTHER = "query Other { item(id: 2) { name } }";
    private static final String HASH = sha256(LAMP);

    @TempDir private Path folder;
    private final ScriptedSubgraph items = ScriptedSubgraph.answering(ANSWER);

    @BeforeEach
    void writeManifest() throws IOException {
        Files.createDirectory(folder.resolve("operations"));
        Files.writeString(folder.resolve("operations/lamp.graphql"), LAMP);
        Files.writeString(
                folder.resolve("operations/rename.graphql"),
                "mutation Rename($name: String!) { rename(id: 1, name: $name) { name } }");
        Files.writeString(folder.resolve("relay.json"), "{\"lamp\": \"{item(id: 1) {name}}\"}");
    }

    @AfterEach
    void close() {
        items.close();
    }

    private TestRouter router(String more) {
        return TestRouter.start(TestRouter.addresses(items, items) + more);
    }

    private TestRouter router(String mode, String more) {
        return router(
                "persisted_queries: {mode: %s, poll_interval: 10ms, manifests: ['%s', '%s']%s}\n"
                        .formatted(
                                mode,
                                folder.resolve("operations"),
                                folder.resolve("relay.json"),
                                more));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    off         | trusted | OK
                    off         | unknown | OK
                    off         | id      | OK
                    log_unknown | trusted | OK
                    log_unknown | unknown | OK
                    log_unknown | id      | OK
                    enforce     | trusted | OK
                    enforce     | spaced  | OK
                    enforce     | unknown | QUERY_NOT_IN_SAFELIST
                    enforce     | broken  | QUERY_NOT_IN_SAFELIST
                    enforce     | id      | OK
                    enforce     | hash    | OK
                    enforce     | wrong   | PERSISTED_QUERY_NOT_IN_LIST
                    enforce     | register | QUERY_NOT_IN_SAFELIST
                    require_id  | trusted | PERSISTED_QUERY_ID_REQUIRED
                    require_id  | id      | OK
                    require_id  | relay   | OK
                    require_id  | hash    | OK
                    require_id  | both    | BAD_REQUEST
                    require_id  | wrong   | PERSISTED_QUERY_NOT_IN_LIST
                    require_id  | wrong hash | PERSISTED_QUERY_NOT_IN_LIST
                    require_id  | register | PERSISTED_QUERY_ID_REQUIRED
                    """)
    void eachModeTakesItsOwn(String mode, String request, String expected) {
        try (var router = router(mode, "")) {
            var body =
                    switch (request) {
                        case "trusted" -> new JsonObject().put("query", LAMP);
                        case "spaced" ->
                                new JsonObject().put("query", "query Lamp{item(id:1),{name}}#x");
                        case "unknown" -> new JsonObject().put("query", OTHER);
                        case "broken" -> new JsonObject().put("query", "query {");
                        case "id" -> new JsonObject().put("documentId", HASH);
                        case "relay" -> new JsonObject().put("documentId", "lamp");
                        case "both" -> new JsonObject().put("documentId", HASH).put("query", LAMP);
                        case "wrong" -> new JsonObject().put("documentId", "nothing");
                        case "hash" -> byHash(HASH);
                        case "wrong hash" -> byHash(sha256(OTHER));
                        case "register" -> byHash(sha256(OTHER)).put("query", OTHER);
                        default -> throw new IllegalArgumentException(request);
                    };
            var answer = router.send(post(body));
            if (expected.equals("OK")) {
                assertThat(answer.body()).isEqualTo(ANSWER);
            } else {
                assertThat(answer.body()).contains("\"code\":\"" + expected + "\"");
                assertThat(items.exchanges()).isEmpty();
            }
        }
    }

    @Test
    void aClientRegistersADocument() {
        try (var router = router("")) {
            var unknown = router.send(post(byHash(HASH)));
            assertThat(unknown.status()).isEqualTo(200);
            assertThat(unknown.body())
                    .contains("\"PersistedQueryNotFound\"", "\"PERSISTED_QUERY_NOT_FOUND\"");
            assertThat(router.send(get("/graphql", "extensions", extensions(HASH))).body())
                    .contains("PERSISTED_QUERY_NOT_FOUND");

            assertThat(router.send(post(byHash(HASH).put("query", LAMP))).body()).isEqualTo(ANSWER);
            assertThat(router.send(post(byHash(HASH))).body()).isEqualTo(ANSWER);
            assertThat(router.send(get("/graphql", "extensions", extensions(HASH))).body())
                    .isEqualTo(ANSWER);
        }
    }

    @Test
    void aDocumentIsNotRegisteredUnderAnotherHash() {
        try (var router = router("")) {
            var answer = router.send(post(byHash(sha256(OTHER)).put("query", LAMP)));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("PERSISTED_QUERY_HASH_MISMATCH");
            assertThat(router.send(post(byHash(sha256(OTHER)))).body())
                    .contains("PERSISTED_QUERY_NOT_FOUND");
        }
    }

    @Test
    void registeredDocumentsAreForgottenRatherThanTakeMoreMemory() {
        try (var router = router("apq: {max_bytes: 100}\n")) {
            router.send(post(byHash(HASH).put("query", LAMP)));
            await().untilAsserted(() ->
                    assertThat(router.send(post(byHash(HASH))).body())
                            .contains("PERSISTED_QUERY_NOT_FOUND"));
        }
    }

    @Test
    void registrationCanBeOff() {
        try (var router = router("apq: {enabled: false}\n")) {
            assertThat(router.send(post(byHash(HASH))).body())
                    .contains("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED");
            assertThat(router.send(post(byHash(HASH).put("query", LAMP))).body()).isEqualTo(ANSWER);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {"extensions": {"persistedQuery": {"version": 2, "sha256Hash": "x"}}} | the version of `persistedQuery` must be 1
                    {"extensions": {"persistedQuery": {"sha256Hash": "x"}}} | the version of `persistedQuery` must be 1
                    {"extensions": {"persistedQuery": {"version": 1}}} | `query` is missing
                    {"extensions": {"persistedQuery": 1}}              | `query` is missing
                    {"documentId": 1}                                  | `documentId` must be a string
                    """)
    void aNameOfADocumentMustBeOne(String body, String message) {
        try (var router = router("")) {
            var answer = router.send(post(new JsonObject(body)));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains(message);
        }
    }

    @Test
    void aDocumentHasAPathOfItsOwn() {
        try (var router = router("require_id", "")) {
            var answer = router.send(path("GET", "lamp", ""));
            assertThat(answer.body()).isEqualTo(ANSWER);
            assertThat(answer.headers())
                    .contains("cache-control: public, max-age=60", "vary: accept, authorization");

            var named = router.send(path("GET", "lamp", "Authorization: Bearer x\r\n"));
            assertThat(named.headers()).contains("cache-control: no-store");
            var unknown = router.send(path("GET", "nothing", ""));
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.headers()).contains("cache-control: no-store");
            assertThat(unknown.body()).contains("PERSISTED_QUERY_NOT_IN_LIST");
        }
    }

    @Test
    void changesDoNotGoByGet() {
        var id =
                sha256(
                        """
                        mutation Rename($name: String!) {
                          rename(id: 1, name: $name) {
                            name
                          }
                        }
                        """);
        try (var router = router("require_id", "")) {
            var variables = URLEncoder.encode("{\"name\": \"x\"}", StandardCharsets.UTF_8);
            assertThat(router.send(path("GET", id + "?variables=" + variables, "")).status())
                    .isEqualTo(405);
            var post =
                    RawHttp.send(
                            router.port(),
                            "POST /graphql/persisted/%s HTTP/1.1\r\nHost: x\r\n%sContent-Length: 28\r\n\r\n{\"variables\":{\"name\":\"abc\"}}"
                                    .formatted(id, TestRouter.JSON));
            assertThat(post.status()).isEqualTo(200);
            assertThat(items.exchanges().getFirst().body()).contains("rename", "abc");
        }
    }

    @Test
    void anAnswerWithErrorsIsNotKept() throws IOException {
        try (var failing = ScriptedSubgraph.answering("{\"errors\":[{\"message\":\"no\"}]}");
                var router =
                        TestRouter.start(
                                TestRouter.addresses(failing, failing)
                                        + "persisted_queries: {manifests: ['%s']}"
                                                .formatted(folder.resolve("relay.json")))) {
            var answer = router.send(path("GET", "lamp", ""));
            assertThat(answer.body()).contains("errors");
            assertThat(answer.headers()).contains("cache-control: no-store");
        }
    }

    @Test
    void manifestsAreReadAnewAndACorruptOneChangesNothing() throws IOException {
        try (var router = router("require_id", "")) {
            assertThat(router.send(path("GET", "fresh", "")).status()).isEqualTo(404);

            Files.writeString(
                    folder.resolve("relay.json"), "{\"fresh\": \"{item(id: 1) {name}}\"}");
            await().until(() -> router.send(path("GET", "fresh", "")).status() == 200);
            assertThat(router.send(path("GET", "lamp", "")).status()).isEqualTo(404);

            Files.writeString(folder.resolve("relay.json"), "{\"fresh\": ");
            Files.writeString(folder.resolve("operations/broken.graphql"), "query {");
            await().during(java.time.Duration.ofMillis(200))
                    .until(() -> router.send(path("GET", "fresh", "")).status() == 200);
        }
    }

    @Test
    void aRouterLearnsWhatItsClientsSend() throws IOException {
        var file = folder.resolve("learned.json");
        try (var router = router("log_unknown", ", learn: '%s'".formatted(file))) {
            router.query(LAMP);
            router.query("query Wrong { nothing }");
            var web = TestRouter.JSON + "graphql-client-name: web\r\n";
            var ios = TestRouter.JSON + "apollographql-client-name: ios\r\n";
            router.post(web, new JsonObject().put("query", OTHER).encode());
            router.post(web, new JsonObject().put("query", OTHER + "#").encode());
            router.post(ios, new JsonObject().put("query", OTHER).encode());
        }
        var learned = new JsonObject(Files.readString(file));
        assertThat(learned.getString("format")).isEqualTo("apollo-persisted-query-manifest");
        var operations = learned.getJsonArray("operations");
        assertThat(operations).hasSize(2);
        assertThat(operations.getJsonObject(0).getString("clientName")).isEqualTo("ios");
        assertThat(operations.getJsonObject(1).getString("clientName")).isEqualTo("web");
        assertThat(operations.getJsonObject(1).getString("name")).isEqualTo("Other");

        // What was learned is a manifest.
        try (var router =
                router(
                        "persisted_queries: {mode: require_id, manifests: ['%s']}\n"
                                .formatted(file))) {
            var id = operations.getJsonObject(1).getString("id");
            assertThat(router.send(path("GET", id, "graphql-client-name: web\r\n")).status())
                    .isEqualTo(200);
            assertThat(router.send(path("GET", id, "")).status()).isEqualTo(404);
        }
    }

    private static String post(JsonObject body) {
        var text = body.encode();
        return "POST /graphql HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(TestRouter.JSON, text.getBytes(StandardCharsets.UTF_8).length, text);
    }

    private static String get(String path, String parameter, JsonObject value) {
        var encoded = URLEncoder.encode(value.encode(), StandardCharsets.UTF_8);
        return "GET %s?%s=%s HTTP/1.1\r\nHost: x\r\napollo-require-preflight: x\r\n\r\n"
                .formatted(path, parameter, encoded);
    }

    private static String path(String method, String id, String headers) {
        return "%s /graphql/persisted/%s HTTP/1.1\r\nHost: x\r\n%s\r\n"
                .formatted(method, id, headers);
    }

    private static JsonObject byHash(String hash) {
        return new JsonObject().put("extensions", extensions(hash));
    }

    private static JsonObject extensions(String hash) {
        var query = new JsonObject().put("version", 1).put("sha256Hash", hash);
        return new JsonObject().put("persistedQuery", query);
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
