package dev.trivium.server.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposeBatchTest {
    private static final String GOOD =
            "{'id': 7, 'subgraphs': [{'name': 's', 'url': 'http://s', 'sdl': 'type Query { a: Int }'}]}";
    private static final String BAD =
            "{'id': 'b', 'subgraphs': [{'name': 's', 'sdl': 'type Query { a: None }'}]}";

    @Test
    void oneResultALine() throws IOException {
        List<JsonObject> results = run(GOOD, "", BAD, GOOD);
        assertThat(results).hasSize(3);
        assertThat(results.get(0).fieldNames())
                .containsExactly("id", "supergraph", "apiSchema", "errors", "hints");
        assertThat(results.get(0).getValue("id")).isEqualTo(7);
        assertThat(results.get(0).getString("supergraph")).contains("join__Graph");
        assertThat(results.get(1).getValue("id")).isEqualTo("b");
        assertThat(code(results.get(1))).isEqualTo("INVALID_GRAPHQL");
        assertThat(results.get(2)).isEqualTo(results.get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nonsense                                                  |
                    {'id': 1                                                  |
                    null                                                      |
                    []                                                        |
                    {'id': 1}                                                 | 1
                    {'id': 1, 'subgraphs': {}}                                | 1
                    {'id': 1, 'subgraphs': [null]}                            | 1
                    {'id': 1, 'subgraphs': [{'name': null, 'sdl': ''}]}       | 1
                    {'id': 1, 'subgraphs': [{'name': 's', 'sdl': 5}]}         | 1
                    {'id': 1, 'subgraphs': [{'name': 's', 'url': [], 'sdl': ''}]} | 1
                    """)
    void aLineThatIsNoTaskHasAnErrorAndTheNextIsRead(String line, Integer id) throws IOException {
        List<JsonObject> results = run(line, GOOD);
        assertThat(results.get(0).getValue("id")).isEqualTo(id);
        assertThat(code(results.get(0))).isEqualTo("INVALID_INPUT");
        assertThat(results.get(0).getValue("supergraph")).isNull();
        assertThat(results.get(1).getString("supergraph")).contains("join__Graph");
    }

    @Test
    void theErrorSaysWhichLineIsMeant() throws IOException {
        assertThat(
                        run(GOOD, "", "nonsense")
                                .get(1)
                                .getJsonArray("errors")
                                .getJsonObject(0)
                                .getString("message"))
                .startsWith("line 3 is not JSON: ")
                .doesNotContain("\n");
    }

    @Test
    void aLineNestedTooDeeplyIsAnError() throws IOException {
        List<JsonObject> results = run("[".repeat(100_000), GOOD);
        assertThat(code(results.get(0))).isEqualTo("INVALID_INPUT");
        assertThat(results.get(1).getString("supergraph")).contains("join__Graph");
    }

    private static List<JsonObject> run(String... lines) throws IOException {
        String in = String.join("\n", lines).replace('\'', '"');
        StringWriter out = new StringWriter();
        ComposeBatch.run(new BufferedReader(new StringReader(in)), new PrintWriter(out));
        return out.toString().lines().map(JsonObject::new).toList();
    }

    private static String code(JsonObject result) {
        JsonArray errors = result.getJsonArray("errors");
        return errors.getJsonObject(0).getString("code");
    }
}
