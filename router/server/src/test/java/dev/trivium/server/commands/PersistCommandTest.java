package dev.trivium.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.server.TestRouter;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersistCommandTest {
    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeSupergraph() throws IOException {
        Files.writeString(folder.resolve("shop.graphql"), TestRouter.supergraph());
    }

    @Test
    void findsTheOperationsOfAllSources() throws IOException {
        write("src/a.graphql", "query A { item(id: 1) { ...Parts } }");
        write("src/schema.graphql", "type Query { a: Int }");
        write("src/node_modules/x/b.graphql", "query Wrong {");
        write(
                "src/app.tsx",
                """
                import { gql } from '@apollo/client';
                export const PARTS = gql`fragment Parts on Item { name }`;
                const b = gql`
                  query B($id: ID!) { item(id: $id) { ...Parts } }
                  ${PARTS}
                `;
                const c = graphql(/* GraphQL */ `query C { item(id: 3) { id } }`);
                const d = useQuery(graphql`query D { item(id: 4) { id } }`);
                const e = `#graphql
                  query E { item(id: 5) { id } }`;
                const f = `query NotMarked {`;
                """);
        write(
                "src/Queries.kt",
                """
                val f = \"""
                    #graphql
                    query F(${'$'}id: ID!) { item(id: ${'$'}id) { id } }
                \"""
                val g = /* GraphQL */ \"""query G { item(id: 7) { id } }\"""
                val h = \"""not marked\"""
                """);
        assertThat(persist("-o", "manifest.json", "src")).isZero();

        var operations =
                new JsonObject(Files.readString(folder.resolve("manifest.json")))
                        .getJsonArray("operations");
        assertThat(operations.stream().map(it -> ((JsonObject) it).getString("name")))
                .containsExactly("A", "B", "C", "D", "E", "F", "G");
        assertThat(operations.getJsonObject(1).getString("body"))
                .isEqualTo(
                        """
                        query B($id: ID!) {
                          item(id: $id) {
                            ...Parts
                          }
                        }

                        fragment Parts on Item {
                          name
                        }
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    a.graphql | query A { nothing }                | a.graphql:1:11: | [GRAPHQL_VALIDATION_FAILED]
                    a.graphql | query A { item(                    | a.graphql:1:   | [GRAPHQL_PARSE_FAILED]
                    a.graphql | { item(id: 1) { id } }             | a.graphql:1:1: | [ANONYMOUS_OPERATION]
                    a.graphql | query Known { item(id: 2) { id } } | a.graphql:1:1: | [DUPLICATE_OPERATION]
                    a.graphql | query A { item(id: 1) { ...X } }   | a.graphql:1:25: | [UNKNOWN_FRAGMENT]
                    a.ts      | let a; let b = gql`query A { no }` | a.ts:1:30:     | [GRAPHQL_VALIDATION_FAILED]
                    a.swift   | (see below)| a.swift:2:     | [GRAPHQL_VALIDATION_FAILED]
                    a.graphql | query A($x: ID!) @rest(path: "/x") { item(id: $x) { id } } query B @rest(path: "/x") { item(id: 1) { id } } | REST_PATH_CONFLICT | trivium:
                    """)
    void saysWhereItIsWrong(String file, String text, String place, String code)
            throws IOException {
        write("src/known.graphql", "query Known {\n  item(id: 1) {\n    id\n  }\n}\n");
        var source =
                file.endsWith("swift") ? "let a = \"\"\"#graphql\nquery A { no }\n\"\"\"" : text;
        write("src/" + file, source);
        assertThat(persist("src")).isEqualTo(1);
        assertThat(err.toString()).contains(place, code);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void checksWhetherTheManifestIsUpToDate() throws IOException {
        write("src/a.graphql", "query A { item(id: 1) { id } }");
        assertThat(persist("--check", "-o", "manifest.json", "src")).isEqualTo(1);
        assertThat(persist("-f", "relay", "-o", "manifest.json", "src")).isZero();
        assertThat(persist("--check", "-f", "relay", "-o", "manifest.json", "src")).isZero();
        write("src/a.graphql", "query A { item(id: 2) { id } }");
        assertThat(persist("--check", "-f", "relay", "-o", "manifest.json", "src")).isEqualTo(1);
        assertThat(err.toString()).contains("is not up to date");
    }

    /// `./trivium persist -s schema/supergraph.graphql -o schema/operations/manifest.json
    /// schema/operations` writes it.
    @Test
    void thePlatformsManifestIsUpToDate() {
        var schema = Path.of("../../schema").toAbsolutePath().normalize();
        var status =
                run(
                        List.of(
                                "persist",
                                "--check",
                                "-s",
                                schema.resolve("supergraph.graphql").toString(),
                                "-o",
                                schema.resolve("operations/manifest.json").toString(),
                                schema.resolve("operations").toString()));
        assertThat(err.toString()).isEmpty();
        assertThat(status).isZero();
    }

    private int persist(String... arguments) {
        var all = new ArrayList<>(List.of("persist", "-s", "shop.graphql"));
        all.addAll(List.of(arguments));
        all.replaceAll(it ->
                it.equals("src") || it.endsWith("json") || it.endsWith("graphql")
                        ? folder.resolve(it).toString()
                        : it);
        return run(all);
    }

    private int run(List<String> arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
