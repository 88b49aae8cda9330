package dev.trivium.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.server.TestRouter;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The commands that run and end.
class CommandsTest {
    private static final String AUTHENTICATED =
            "\n@link(url: \"https://specs.apollo.dev/authenticated/v0.1\", for: SECURITY)\n{\n";

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeFiles() throws Exception {
        write("shop.graphql", TestRouter.supergraph());
        write("query.graphql", "query Lamp { item(id: 1) { name inStock } }");
        write("wrong.graphql", "{ nothing }");
        write("broken.graphql", "type {");
        write(
                "several.graphql",
                "query A { item(id: 1) { name } }\nquery B { item(id: 2) { id } }");
        write("closed.graphql", TestRouter.supergraph().replace("\n{\n", AUTHENTICATED));
        write("wrong.yaml", "listen: {prot: 1}");
        write("a.graphql", "type Query { a: Int }");
        write("b.graphql", "type Query { b: Missing }");
        write("good.yaml", "subgraphs: {a: {routing_url: http://a, schema: {file: ./a.graphql}}}");
        write("bad.yaml", "subgraphs: {b: {routing_url: http://b, schema: {file: ./b.graphql}}}");
    }

    @ParameterizedTest
    @CsvSource({"text,Fetch", "json,fetches", "mermaid,flowchart"})
    void showsAPlan(String format, String expected) {
        assertThat(run("plan", "-s", "shop.graphql", "-o", "query.graphql", "-f", format)).isZero();
        assertThat(out.toString()).containsIgnoringCase(expected).contains("items", "stock");
    }

    @Test
    void saysWhatIsWrongWithAnOperation() {
        assertThat(run("plan", "-s", "shop.graphql", "-o", "wrong.graphql")).isEqualTo(1);
        assertThat(err.toString()).contains("nothing");
    }

    @Test
    void pointsAtWhatIsWrongWithAnOperation() {
        run("plan", "-s", "shop.graphql", "-o", "wrong.graphql");
        assertThat(err.toString())
                .contains("wrong.graphql:1:3: ", "[GRAPHQL_VALIDATION_FAILED]")
                .contains("    { nothing }%n      ^%n".formatted());
    }

    @Test
    void planTellsEachFetchAsJson() {
        run("plan", "-s", "shop.graphql", "-o", "query.graphql", "-f", "json");
        JsonObject plan = new JsonObject(out.toString());
        JsonObject last = plan.getJsonArray("fetches").getJsonObject(1);
        assertThat(last.getString("subgraph")).isEqualTo("stock");
        assertThat(last.getJsonArray("dependencies")).containsExactly(0);
        assertThat(last.fieldNames()).contains("kind", "operation", "entities");
        assertThat(plan.fieldNames()).contains("cost");
    }

    @Test
    void planShowsItsStages() {
        run("plan", "-s", "shop.graphql", "-o", "query.graphql", "--stage");
        assertThat(out.toString())
                .containsSubsequence(
                        "== normalize", "== candidates", "== choice", "== fetches", "== plan");
    }

    @Test
    void planShowsOneStage() {
        run("plan", "-s", "shop.graphql", "-o", "query.graphql", "--stage", "normalize");
        assertThat(out.toString()).contains("== normalize", "inStock").doesNotContain("== plan");
    }

    @Test
    void planSaysWhyAFieldIsFetchedWhereItIs() {
        run("plan", "-s", "shop.graphql", "-o", "query.graphql", "--why", "item.inStock");
        assertThat(out.toString()).contains("stock");
    }

    @Test
    void planTakesTheNameOfAnOperation() {
        assertThat(run("plan", "-s", "shop.graphql", "-o", "several.graphql", "-n", "B")).isZero();
        assertThat(out.toString()).contains("item").doesNotContain("name");
    }

    @Test
    void composes() throws Exception {
        assertThat(run("compose", "-c", "good.yaml", "-o", "out.graphql")).isZero();
        assertThat(Files.readString(folder.resolve("out.graphql"))).contains("join__Graph");
        assertThat(run("compose", "-c", "good.yaml")).isZero();
        assertThat(out.toString()).contains("join__Graph");
    }

    @Test
    void saysWhatIsWrongWithASubgraph() {
        assertThat(run("compose", "-c", "bad.yaml")).isEqualTo(1);
        assertThat(err.toString()).contains("Missing");
    }

    @Test
    void printsTheSchemaOfTheConfiguration() {
        assertThat(run("config", "schema")).isZero();
        assertThat(new JsonObject(out.toString()).getString("type")).isEqualTo("object");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    router                                      | 2 | which supergraph?
                    router -s nowhere.graphql                   | 2 | nowhere.graphql cannot be read
                    router -s broken.graphql                    | 1 | broken.graphql:1:6: Expected
                    router -s closed.graphql                    | 1 | does not enforce: authenticated
                    router -s shop.graphql -c nowhere.yaml      | 2 | nowhere.yaml cannot be read
                    router -s shop.graphql -c wrong.yaml        | 2 | 1:10: unknown key `prot`
                    router -s shop.graphql -p x                 | 2 | x
                    plan -s shop.graphql                        | 2 | --operation
                    plan -s shop.graphql -o nowhere.graphql     | 2 | nowhere.graphql cannot be read: it does not exist
                    plan -s broken.graphql -o query.graphql     | 1 | broken.graphql:1:6
                    plan -s shop.graphql -o broken.graphql      | 1 | broken.graphql:1:
                    plan -s shop.graphql -o several.graphql     | 1 | has several operations
                    plan -s shop.graphql -o several.graphql -n C | 1 | no operation named "C"
                    plan -s shop.graphql -o query.graphql --stage=x   | 2 | no stage `x`
                    plan -s shop.graphql -o query.graphql --why Item.x | 2 | no field `Item.x`
                    compose -c nowhere.yaml                     | 2 | nowhere.yaml cannot be read
                    nonsense                                    | 2 | nonsense
                    """)
    void saysWhatIsWrong(String commandLine, int status, String message) {
        assertThat(run(commandLine.split(" +", -1))).isEqualTo(status);
        assertThat(err.toString()).containsIgnoringCase(message).doesNotContain("Exception");
    }

    @Test
    void everyCommandHasHelp() {
        for (var command : new String[] {"router", "plan", "compose", "config"}) {
            assertThat(run(command, "--help")).isZero();
        }
        assertThat(out.toString()).contains("SUPERGRAPH_FILE_PATH");
    }

    /// Names of files are taken to be in the folder of the test.
    private int run(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].endsWith("graphql") || arguments[i].endsWith("yaml")) {
                arguments[i] = folder.resolve(arguments[i]).toString();
            }
        }
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text);
    }
}
