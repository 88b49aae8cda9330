package dev.trivium.server.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.composition.SubgraphSource;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.CompositionConfiguration;
import dev.trivium.server.configuration.CompositionConfiguration.RunningSubgraph;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ComposeCommandTest {
    private static final String LINK =
            "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.3\", import: [\"@key\", \"@tag\"])\n";

    @TempDir private Path folder = Path.of("");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeSubgraphs() throws IOException {
        Files.writeString(
                folder.resolve("config.yaml"),
                """
                federation_version: =2.3.0
                subgraphs:
                  users:
                    routing_url: http://users
                    schema:
                      file: ./users.graphql
                  posts:
                    routing_url: http://posts
                    schema:
                      sdl: "type Post { id: ID! }"
                """);
        users(
                "type Query { me: User }\ntype User @key(fields: \"id\") { id: ID! name: String secret: String @tag(name: \"internal\") }\n");
    }

    private void users(String types) throws IOException {
        Files.writeString(folder.resolve("users.graphql"), LINK + types);
    }

    private int compose(String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "--config";
        all[1] = folder.resolve("config.yaml").toString();
        System.arraycopy(options, 0, all, 2, options.length);
        return run(all);
    }

    private int run(String... options) {
        CommandLine command = new CommandLine(new ComposeCommand());
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        return command.execute(options);
    }

    @Test
    void writesTheSupergraph() throws IOException {
        assertThat(compose("--output", folder.resolve("supergraph.graphql").toString())).isZero();
        assertThat(Files.readString(folder.resolve("supergraph.graphql")))
                .contains("USERS @join__graph(name: \"users\", url: \"http://users\")");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void showsTheLineOfAMistakeWithACaret() throws IOException {
        users("type Query {\n  me: User\n}\ntype User @key(fields: \"nope\") { id: ID! }\n");
        assertThat(compose()).isEqualTo(1);
        assertThat(err.toString())
                .contains("error[KEY_INVALID_FIELDS]: ")
                .containsPattern(
                        "--> users:5:\\d+\n  \\|\n5 \\| type User @key\\(fields: \"nope\"\\) .*\n  \\| +\\^\n");
    }

    @Test
    void jsonHasEverything() throws IOException {
        assertThat(compose("--format", "json")).isZero();
        JsonObject composed = new JsonObject(out.toString());
        assertThat(composed.fieldNames())
                .containsExactly("supergraph", "apiSchema", "errors", "hints");
        assertThat(composed.getString("apiSchema")).contains("type User").doesNotContain("join__");
        out.getBuffer().setLength(0);
        users("type Query { me: Nobody }\n");
        assertThat(compose("--format", "json")).isEqualTo(1);
        JsonObject rejected = new JsonObject(out.toString());
        assertThat(rejected.getValue("supergraph")).isNull();
        assertThat(rejected.fieldNames())
                .containsExactly("supergraph", "apiSchema", "errors", "hints");
        JsonObject error = rejected.getJsonArray("errors").getJsonObject(0);
        assertThat(error.fieldNames()).containsExactly("code", "message", "locations");
        assertThat(error.getString("code")).isEqualTo("INVALID_GRAPHQL");
        assertThat(error.getJsonArray("locations").encode())
                .isEqualTo("[{\"subgraph\":\"users\",\"line\":2,\"column\":14}]");
    }

    @Test
    void reportsWhatBreaksClients() throws IOException {
        Path old = folder.resolve("old.graphql");
        Files.writeString(old, "type Query { me: User you: User } type User { id: ID! }");
        assertThat(compose("--diff", old.toString())).isEqualTo(1);
        assertThat(out.toString()).isEqualTo("BREAKING Query.you: the field is gone\n");
    }

    @Test
    void derivesAContract() {
        assertThat(compose("--contract", "exclude=internal")).isZero();
        assertThat(out.toString())
                .containsPattern("secret: String.*@inaccessible")
                .contains("https://specs.apollo.dev/inaccessible/v0.2");
        assertThat(out.toString()).containsPattern("type Post[^{]*@inaccessible");
    }

    @Test
    void aContractMayKeepWhatIsUnreachable() {
        assertThat(compose("--contract", "exclude=internal,unreachable=keep")).isZero();
        assertThat(out.toString()).doesNotContainPattern("type Post[^{]*@inaccessible");
    }

    @ParameterizedTest
    @CsvSource({"internal", "include=", "keep=internal", "exclude=a;unreachable=maybe"})
    void aContractHasThreeParts(String contract) {
        assertThat(compose("--contract", contract.replace(';', ','))).isEqualTo(2);
        assertThat(err.toString()).contains("--contract include=TAG");
    }

    @Test
    void takesHeadersFromTheEnvironment() {
        CompositionConfiguration config =
                read(
                        """
                        subgraphs:
                          a:
                            schema:
                              subgraph_url: http://127.0.0.1/graphql
                              introspection_headers:
                                Authorization: Bearer ${env.TOKEN}
                        """);
        assertThat(config.subgraphs().getFirst().schema())
                .isEqualTo(
                        new RunningSubgraph(
                                URI.create("http://127.0.0.1/graphql"),
                                Map.of("Authorization", "Bearer secret")));
    }

    @Test
    void everySubgraphThatCannotBeReadIsReported() throws Exception {
        CompositionConfiguration config =
                read(
                        """
                        subgraphs:
                          a: {schema: {subgraph_url: http://127.0.0.1:1/graphql}}
                          b: {routing_url: http://b, schema: {file: ./missing.graphql}}
                        """);
        if (!(new LoadSchemas(folder, Duration.ofSeconds(20)).load(config)
                instanceof Outcome.Rejected<ComposeInput>(var issues))) {
            throw new AssertionError("loaded");
        }
        assertThat(issues)
                .extracting(Issue::code)
                .containsExactly("DOWNSTREAM_SERVICE_ERROR", "UNREADABLE");
    }

    @ParameterizedTest
    @CsvSource({
        "=2.2.0, UNKNOWN_FEDERATION_LINK_VERSION",
        "1, UNKNOWN_FEDERATION_LINK_VERSION",
        "=2.99.0, INVALID_FEDERATION_VERSION",
        "two, INVALID_FEDERATION_VERSION",
        "2,",
        "=2.3.0,",
        "=2.14.4,"
    })
    void theFederationVersionIsEnforced(String version, String code) throws IOException {
        Path config = folder.resolve("config.yaml");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("federation_version: =2.3.0", "federation_version: " + version));
        assertThat(compose("--format", "json")).isEqualTo(code == null ? 0 : 1);
        JsonArray errors = new JsonObject(out.toString()).getJsonArray("errors");
        if (code == null) {
            assertThat(errors).isEmpty();
        } else {
            JsonObject error = errors.getJsonObject(0);
            assertThat(error.getString("code")).isEqualTo(code);
            assertThat(error.getJsonArray("locations").getJsonObject(0).getInteger("line"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aConfigurationThatMakesNoSenseIsShown() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "federation_version: =2.99.0\n");
        assertThat(compose()).isEqualTo(1);
        assertThat(err.toString())
                .contains("error[INVALID_FEDERATION_VERSION]: ", "the newest is =2.14.x")
                .containsPattern("--> .*config.yaml:1:21\n");
    }

    @Test
    void helpFitsATerminal() {
        assertThat(compose("--help")).isZero();
        assertThat(out.toString())
                .contains("--contract=PART[,PART...]", "${env.NAME}", "federation_version")
                .doesNotContain("null");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        assertThat(compose("--diff", folder.resolve("none.graphql").toString())).isEqualTo(2);
        assertThat(compose("--diff", "none.graphql", "--format", "json")).isEqualTo(2);
        assertThat(compose("--output", folder.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("none.graphql", "--diff prints text, not JSON")
                .doesNotContain("\tat ");
    }

    @Test
    void aConfigurationThatIsNoFileIsAWrongOption() {
        assertThat(run("--config", folder.toString())).isEqualTo(2);
        assertThat(run("--config", folder.resolve("none.yaml").toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("cannot be read: it is a directory")
                .contains("none.yaml cannot be read: it does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--config=config.yaml",
                "--output=out",
                "--diff=old",
                "--watch",
                "--contract=include=a"
            })
    void aBatchTakesNoOptionOfOneComposition(String option) {
        assertThat(run("--batch", option)).isEqualTo(2);
        assertThat(err.toString())
                .contains("--batch reads everything from standard input")
                .contains(option.substring(0, (option + "=").indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n  \n"})
    void anEmptySchemaIsNamed(String sdl) throws IOException {
        Files.writeString(folder.resolve("users.graphql"), sdl);
        assertThat(compose()).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("error[INVALID_GRAPHQL]: the schema of users is empty\n\n");
    }

    @Test
    void aSchemaThatCannotBeReadIsSaidInWords() throws IOException {
        Path users = folder.resolve("users.graphql");
        Files.delete(users);
        assertThat(compose()).isEqualTo(1);
        Files.write(users, new byte[] {(byte) 0xFF});
        assertThat(compose()).isEqualTo(1);
        assertThat(err.toString())
                .containsPattern("schema of users, .*users.graphql, cannot be read: it does not")
                .containsPattern(
                        "schema of users, .*users.graphql, cannot be read: it is not UTF-8")
                .doesNotContain("Exception", "Input length");
    }

    @ParameterizedTest
    @CsvSource({
        "type {, is not a schema: OLD:1:6: Expected",
        "enum join__Graph { A }, is not a supergraph: "
    })
    void anOldSchemaThatIsNoneHasItsFirstMistakeShown(String sdl, String message)
            throws IOException {
        Path old = Files.writeString(folder.resolve("old.graphql"), sdl);
        assertThat(compose("--diff", old.toString())).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("trivium: " + old + " " + message.replace("OLD", old.toString()))
                .doesNotContain("Exception", "Issue[");
    }

    @Test
    void namesTheSubgraphsThatChanged() {
        assertThat(
                        WatchSubgraphs.changed(
                                loaded("a", "1", "b", "1", "c", "1"),
                                loaded("a", "1", "b", "2", "d", "1")))
                .containsExactly("b", "c", "d");
    }

    private static List<SubgraphSource> loaded(String... namesAndTexts) {
        List<SubgraphSource> sources = new ArrayList<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            sources.add(new SubgraphSource(namesAndTexts[i], "", namesAndTexts[i + 1]));
        }
        return sources;
    }

    private static CompositionConfiguration read(String yaml) {
        return switch (CompositionConfiguration.read(yaml, "test", Map.of("TOKEN", "secret"))) {
            case Outcome.Accepted<CompositionConfiguration>(var config) -> config;
            case Outcome.Rejected<CompositionConfiguration>(var issues) ->
                    throw new AssertionError(issues);
        };
    }
}
