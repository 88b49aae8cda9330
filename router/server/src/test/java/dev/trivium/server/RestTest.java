package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.configuration.ConfigurationReader;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Persisted documents as REST endpoints, from outside.
@Timeout(60)
class RestTest {
    private static final String LAMP = "{\"data\":{\"item\":{\"name\":\"lamp\"}}}";

    @TempDir private Path folder;

    @BeforeEach
    void writeDocuments() throws IOException {
        Files.writeString(
                folder.resolve("items.graphql"),
                """
                query ReadItem($id: ID!, $size: Size) @rest(path: "/items/{id}") {
                  item(id: $id, size: $size) { name }
                }

                query ListItems($first: Int, $filter: ItemFilter) @rest(path: "/items") {
                  items(first: $first, filter: $filter) { name }
                }

                query SearchItems($filter: ItemFilter) @rest(method: "POST", path: "/items/search") {
                  items(filter: $filter) { name }
                }

                mutation Rename($id: ID!, $name: String!)
                @rest(method: "PUT", path: "/items/{id}", status: 202) {
                  rename(id: $id, name: $name) { name }
                }

                query Two($id: ID!) @rest(path: "/two/{id}") {
                  item(id: $id) { name }
                  other: item(id: 2) { name }
                }
                """);
    }

    private TestRouter router(ScriptedSubgraph items) {
        return TestRouter.start(
                TestRouter.addresses(items, items)
                        + "persisted_queries: {mode: require_id, manifests: ['%s']}"
                                .formatted(folder));
    }

    private static String request(String line, String body) {
        var type = body.isEmpty() ? "" : TestRouter.JSON;
        return "%s HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(line, type, body.getBytes(StandardCharsets.UTF_8).length, body);
    }

    /// Of each request, what the subgraph gets as variables.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    GET /items/a%20b            |               | {"id":"a b"}
                    GET /items/1?size=SMALL     |               | {"id":"1","size":"SMALL"}
                    GET /items?first=3          |               | {"first":3}
                    GET /items?first=3&filter.name=x%22&filter.limit=4 | | {"first":3,"filter":{"name":"x\\"","limit":4}}
                    POST /items/search          | {"name": "x"} | {"filter":{"name": "x"}}
                    POST /items/search          | {}            | {"filter":{}}
                    PUT /items/7                | {"name": "x"} | {"id":"7","name": "x"}
                    """)
    void partsOfARequestBecomeVariables(String line, String body, String variables) {
        try (var items = ScriptedSubgraph.answering("{\"data\":{}}");
                var router = router(items)) {
            router.send(request(line, body == null ? "" : body));
            assertThat(items.exchanges()).hasSize(1);
            var sent = new JsonObject(items.exchanges().getFirst().body());
            assertThat(sent.getJsonObject("variables")).isEqualTo(new JsonObject(variables));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    GET /items/1    | {"data":{"item":{"name":"lamp"}}} | 200 | {"name":"lamp"}
                    GET /items      | {"data":{"items":[{"name":"lamp"},{"name":null}]}} | 200 | [{"name":"lamp"},{"name":null}]
                    GET /items      | {"data":{"items":[]}}             | 200 | []
                    PUT /items/1    | {"data":{"rename":{"name":"x"}}}  | 202 | {"name":"x"}
                    PUT /items/1    | {"data":{"rename":null}}          | 202 | null
                    GET /two/1      | {"data":{"item":null,"other":{"name":"y"}}} | 200 | {"item":null,"other":{"name":"y"}}
                    GET /items/1    | {"data":{"item":{"name":null}},"errors":[{"message":"no","path":["item","name"]}]} | 200 | {"name":null}
                    """)
    void theResponseIsTheValueOfTheRootField(
            String line, String subgraph, int status, String body) {
        try (var items = ScriptedSubgraph.answering(subgraph);
                var router = router(items)) {
            var content = line.startsWith("PUT") ? "{\"name\": \"x\"}" : "";
            var answer = router.send(request(line, content));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo(body);
            assertThat(answer.headers()).contains("content-type: application/json");
            assertThat(answer.headers().contains("trivium-partial: 1"))
                    .isEqualTo(subgraph.contains("errors"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    GET /items/1     |                | {"data":{"item":null}} | 404 | NOT_FOUND
                    GET /items/1     |                | {"data":{"item":null},"errors":[{"message":"who?","path":["item"],"extensions":{"code":"UNAUTHENTICATED"}}]} | 401 | UNAUTHENTICATED
                    GET /items/1     |                | {"data":{"item":null},"errors":[{"message":"no","path":["item"],"extensions":{"code":"FORBIDDEN"}}]} | 403 | FORBIDDEN
                    PUT /items/1     | {"name": "x"}  | {"data":null,"errors":[{"message":"taken","path":["rename"],"extensions":{"code":"CONFLICT"}}]} | 409 | CONFLICT
                    PUT /items/1     | {"name": "x"}  | {"data":null,"errors":[{"message":"short","path":["rename"],"extensions":{"code":"BAD_USER_INPUT","field":"name"}}]} | 422 | BAD_USER_INPUT
                    GET /items/1     |                | {"data":null,"errors":[{"message":"odd"}]} | 502 | DOWNSTREAM_SERVICE_ERROR
                    GET /items/1     |                | <html>         | 502 | MALFORMED
                    GET /items?first=x |              | -              | 400 | BAD_USER_INPUT
                    GET /items?first=1&first=2 |      | -              | 400 | BAD_USER_INPUT
                    GET /items?nothing=1 |            | -              | 400 | BAD_REQUEST
                    GET /items/1?size=HUGE |          | -              | 400 | BAD_USER_INPUT
                    POST /items/search | {"limit": "x"} | -            | 400 | BAD_USER_INPUT
                    POST /items/search | {"x": 1}     | -              | 400 | BAD_USER_INPUT
                    POST /items/search | []           | -              | 400 | BAD_REQUEST
                    POST /items/search | {"a":1,"a":2} | -             | 400 | BAD_REQUEST
                    PUT /items/1     | {}             | -              | 400 | BAD_USER_INPUT
                    PUT /items/1     | {"id": 2, "name": "x"} | -      | 400 | BAD_REQUEST
                    PUT /items/1     |                | -              | 415 | UNSUPPORTED_MEDIA_TYPE
                    DELETE /items/1  |                | -              | 405 | METHOD_NOT_ALLOWED
                    GET /item        |                | -              | 404 | NOT_FOUND
                    """)
    void whatIsNotDoneIsAProblem(
            String line, String body, String subgraph, int status, String code) {
        try (var items = ScriptedSubgraph.answering(subgraph);
                var router = router(items)) {
            var answer = router.send(request(line, body == null ? "" : body));
            assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
            assertThat(answer.status()).isEqualTo(status);
            assertThat(items.exchanges().isEmpty()).isEqualTo(subgraph.equals("-"));
            if (!line.equals("GET /item")) {
                var problem = new JsonObject(answer.body());
                assertThat(answer.headers()).contains("content-type: application/problem+json");
                assertThat(problem.getInteger("status")).isEqualTo(status);
                assertThat(problem.getString("title")).isNotBlank();
                assertThat(problem.getString("detail")).isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    GET /items?filter.limit=x  |                    | parameter | filter.limit
                    GET /items/1?size=HUGE     |                    | parameter | size
                    POST /items/search         | {"limit": "x"}     | pointer   | #/limit
                    PUT /items/1               | {"name": 1}        | pointer   | #/name
                    """)
    void anErrorTellsItsPlace(String line, String body, String kind, String place) {
        try (var items = ScriptedSubgraph.answering(LAMP);
                var router = router(items)) {
            var answer = router.send(request(line, body == null ? "" : body));
            var error = new JsonObject(answer.body()).getJsonArray("errors").getJsonObject(0);
            assertThat(error.getString(kind)).isEqualTo(place);
        }
    }

    @Test
    void otherMethodsAreNamed() {
        try (var items = ScriptedSubgraph.answering(LAMP);
                var router = router(items)) {
            assertThat(router.send(request("DELETE /items/1", "")).headers())
                    .contains("allow: get, put");
        }
    }

    @Test
    void aLongAnswerPassesAsItIs() {
        var name = "ü\\\"".repeat(50_000);
        try (var items =
                        ScriptedSubgraph.answering(
                                "{\"data\":{\"item\":{\"name\":\"" + name + "\"}}}");
                var router = router(items)) {
            assertThat(router.send(request("GET /items/1", "")).body())
                    .isEqualTo("{\"name\":\"" + name + "\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    query B($x: ID!) @rest(path: "/items/{x}") { item(id: $x) { id } } | REST_PATH_CONFLICT
                    query B @rest(path: "/graphql") { item(id: 1) { id } }      | REST_PATH_CONFLICT
                    query B @rest(path: "/health") { item(id: 1) { id } }       | REST_PATH_CONFLICT
                    query B @rest(path: "/openapi.json") { item(id: 1) { id } } | REST_PATH_CONFLICT
                    query B @rest(path: "/b/{x}") { item(id: 1) { id } }        | INVALID_REST_ENDPOINT
                    query B($x: ID!) @rest(path: "/b/{x}/{x}") { item(id: $x) { id } } | INVALID_REST_PATH
                    query B @rest(path: "/b/") { item(id: 1) { id } }           | INVALID_REST_PATH
                    query B @rest(path: "/b?c") { item(id: 1) { id } }          | INVALID_REST_PATH
                    mutation B @rest(path: "/b") { rename(id: 1, name: "b") { id } } | INVALID_REST_ENDPOINT
                    query B($x: [ItemFilter]) @rest(path: "/b") { items { id } } | INVALID_REST_ENDPOINT
                    query B($x: ItemFilter) @rest(path: "/b/{x}") { items { id } } | INVALID_REST_ENDPOINT
                    """)
    void whatCannotBeAnEndpointKeepsTheRouterFromStarting(String document, String code)
            throws IOException {
        Files.writeString(folder.resolve("b.graphql"), document);
        var read =
                ConfigurationReader.read(
                        "persisted_queries: {manifests: ['%s']}".formatted(folder),
                        "router.yaml",
                        Map.of());
        var settings =
                ((Outcome.Accepted<Configuration>) read)
                        .value()
                        .withListen(new Configuration.Listen("127.0.0.1", 0));
        var started = RouterServer.start(TestRouter.supergraph(), settings);
        assertThat(started).isInstanceOf(Outcome.Rejected.class);
        assertThat(((Outcome.Rejected<RouterServer>) started).issues().getFirst().code())
                .isEqualTo(code);
    }

    @Test
    void theEndpointsAreDescribed() {
        try (var items = ScriptedSubgraph.answering(LAMP);
                var router = router(items)) {
            var api = new JsonObject(router.send(request("GET /openapi.json", "")).body());
            assertThat(api.getString("openapi")).isEqualTo("3.1.0");
            var paths = api.getJsonObject("paths");
            assertThat(paths.fieldNames())
                    .containsExactlyInAnyOrder(
                            "/items", "/items/{id}", "/items/search", "/two/{id}");
            var read = paths.getJsonObject("/items/{id}").getJsonObject("get");
            assertThat(read.getString("operationId")).isEqualTo("ReadItem");
            assertThat(read.getJsonArray("parameters").encode())
                    .isEqualTo(
                            """
                            [{"name":"id","in":"path","required":true,"schema":{"type":"string"}},\
                            {"name":"size","in":"query","required":false,\
                            "schema":{"$ref":"#/components/schemas/Size"}}]\
                            """);
            assertThat(
                            paths.getJsonObject("/items/{id}")
                                    .getJsonObject("put")
                                    .getJsonObject("responses")
                                    .fieldNames())
                    .containsExactly("202", "default");
            assertThat(api.getJsonObject("components").getJsonObject("schemas").fieldNames())
                    .containsExactly("ItemFilter", "Size", "Problem");
        }
    }

    @Test
    void theDescriptionCanBeOff() {
        try (var items = ScriptedSubgraph.answering(LAMP);
                var router =
                        TestRouter.start(
                                TestRouter.addresses(items, items) + "rest: {openapi: ''}")) {
            assertThat(router.send(request("GET /openapi.json", "")).status()).isEqualTo(404);
        }
    }
}
