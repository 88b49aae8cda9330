package dev.trivium.server.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.trivium.composition.SubgraphSource;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.CompositionConfiguration;
import dev.trivium.server.configuration.CompositionConfiguration.RunningSubgraph;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        CommandLine command = new CommandLine(new ComposeCommand());
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        String[] all = new String[options.length + 2];
        all[0] = "--config";
        all[1] = folder.resolve("config.yaml").toString();
        System.arraycopy(options, 0, all, 2, options.length);
        return command.execute(all);
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
                .containsExactlyInAnyOrder("supergraph", "apiSchema", "errors", "hints");
        assertThat(composed.getString("apiSchema")).contains("type User").doesNotContain("join__");
        out.getBuffer().setLength(0);
        users("type Query { me: Nobody }\n");
        assertThat(compose("--format", "json")).isEqualTo(1);
        JsonObject rejected = new JsonObject(out.toString());
        assertThat(rejected.getValue("supergraph")).isNull();
        JsonObject error = rejected.getJsonArray("errors").getJsonObject(0);
        assertThat(error.getString("code")).isEqualTo("INVALID_GRAPHQL");
        assertThat(error.getJsonArray("locations").getJsonObject(0))
                .isEqualTo(
                        new JsonObject().put("subgraph", "users").put("line", 2).put("column", 14));
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
        assertThat(compose("--contract", "internal")).isEqualTo(2);
    }

    @Test
    void composesABatchInOneProcess() throws IOException {
        String task =
                new JsonObject(
                                Map.of(
                                        "id",
                                        "a",
                                        "subgraphs",
                                        List.of(
                                                Map.of(
                                                        "name",
                                                        "s",
                                                        "url",
                                                        "http://s",
                                                        "sdl",
                                                        "type Query { a: Int }"))))
                        .encode();
        ComposeBatch.run(
                new BufferedReader(new StringReader(task + "\nnonsense\n\n")),
                new PrintWriter(out));
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(new JsonObject(lines.get(0)).getString("id")).isEqualTo("a");
        assertThat(new JsonObject(lines.get(0)).getString("supergraph")).contains("join__Graph");
        assertThat(lines.get(1)).contains("INVALID_INPUT");
    }

    @Test
    void asksRunningSubgraphsWithHeadersFromTheEnvironment() throws Exception {
        AtomicReference<String> authorization = new AtomicReference<>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/graphql",
                exchange -> {
                    authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
                    byte[] body =
                            "{\"data\":{\"_service\":{\"sdl\":\"type Query { a: Int }\"}}}"
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/graphql";
            CompositionConfiguration config =
                    read(
                            """
                            subgraphs:
                              a:
                                schema:
                                  subgraph_url: %s
                                  introspection_headers:
                                    Authorization: Bearer ${env.TOKEN}
                            """
                                    .formatted(url));
            assertThat(LoadSchemas.load(config, folder))
                    .isEqualTo(
                            new Outcome.Accepted<>(
                                    List.of(
                                            new SubgraphSource(
                                                    "a", url, "type Query { a: Int }"))));
            assertThat(authorization).hasValue("Bearer secret");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aSubgraphThatIsDownIsAnError() throws Exception {
        CompositionConfiguration config =
                read("subgraphs: {a: {schema: {subgraph_url: http://127.0.0.1:1/graphql}}}");
        assertThat(config.subgraphs().getFirst().schema()).isInstanceOf(RunningSubgraph.class);
        assertThat(LoadSchemas.load(config, folder))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected ->
                                assertThat(((Issue) rejected.issues().getFirst()).code())
                                        .isEqualTo("DOWNSTREAM_SERVICE_ERROR"));
    }

    @Test
    void namesTheSubgraphsThatChanged() {
        assertThat(
                        WatchSubgraphs.changed(
                                loaded("a", "1", "b", "1", "c", "1"),
                                loaded("a", "1", "b", "2", "d", "1")))
                .containsExactly("b", "c", "d");
    }

    private static Outcome<List<SubgraphSource>> loaded(String... namesAndTexts) {
        List<SubgraphSource> sources = new ArrayList<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            sources.add(new SubgraphSource(namesAndTexts[i], "", namesAndTexts[i + 1]));
        }
        return new Outcome.Accepted<>(sources);
    }

    private static CompositionConfiguration read(String yaml) {
        return switch (CompositionConfiguration.read(yaml, "test", Map.of("TOKEN", "secret"))) {
            case Outcome.Accepted<CompositionConfiguration>(var config) -> config;
            case Outcome.Rejected<CompositionConfiguration>(var issues) ->
                    throw new AssertionError(issues);
        };
    }
}
