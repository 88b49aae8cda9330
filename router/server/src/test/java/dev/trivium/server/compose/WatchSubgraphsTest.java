package dev.trivium.server.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `compose --watch` on files that change.
class WatchSubgraphsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir private Path folder = Path.of("");
    private final StringWriter err = new StringWriter();
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private int seen;

    @BeforeEach
    void writeSubgraphs() throws IOException {
        write(
                "config.yaml",
                """
                subgraphs:
                  users:
                    routing_url: http://users
                    schema:
                      file: ./users.graphql
                  posts:
                    routing_url: http://posts
                    schema:
                      file: ./posts.graphql
                """);
        write("users.graphql", "type Query { me: User you: User } type User { name: String }");
        write("posts.graphql", "type Post { id: ID! }");
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private void write(String file, String text) throws IOException {
        // In one step, so that no half of a text is seen.
        Path written = Files.writeString(folder.resolve(file + ".new"), text);
        Files.move(written, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void composesAgainWhateverHappensUntilItIsStopped() throws Exception {
        Path supergraph = folder.resolve("supergraph.graphql");
        Future<Integer> watching = watch("--output", supergraph.toString());
        awaitText(supergraph, "you");

        write("users.graphql", "type Query { me: User } type User { name: String age: Int }");
        awaitPrinted("changed: users\n", "BREAKING Query.you: the field is gone\n");
        awaitText(supergraph, "age");

        write("users.graphql", "type Query { me: Nobody }");
        awaitPrinted("changed: users\n", "error[INVALID_GRAPHQL]: ", "--> users:1:14\n");
        assertThat(Files.readString(supergraph)).contains("age");

        write("users.graphql", "type Query { me: ");
        awaitPrinted("changed: users\n", "error[INVALID_GRAPHQL]: ");

        Files.delete(folder.resolve("posts.graphql"));
        awaitPrinted("error[UNREADABLE]: the schema of posts, ");

        write(
                "users.graphql",
                "type Query { me: User } type User { name: String age: Int since: Int }");
        write("posts.graphql", "type Post { id: ID! }");
        awaitPrinted("changed: users\n", "SAFE User.since: the field is new\n");
        awaitText(supergraph, "since");

        write("config.yaml", "subgraphs: {users: {}}");
        awaitPrinted("error[");

        write(
                "config.yaml",
                "subgraphs: {users: {routing_url: http://users, schema: {file: ./users.graphql}}}");
        awaitPrinted("changed: posts\n", "BREAKING Post: the type is gone\n");
        assertThat(watching.isDone()).isFalse();

        threads.shutdownNow();
        assertThat(watching.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isZero();
    }

    private Future<Integer> watch(String... options) {
        CommandLine command = new CommandLine(new ComposeCommand(Duration.ofMillis(20)));
        command.setOut(new PrintWriter(new StringWriter()));
        command.setErr(new PrintWriter(err));
        String[] all = new String[options.length + 3];
        all[0] = "--watch";
        all[1] = "--config";
        all[2] = folder.resolve("config.yaml").toString();
        System.arraycopy(options, 0, all, 3, options.length);
        return threads.submit(() -> command.execute(all));
    }

    private static void awaitText(Path file, String text) {
        await().atMost(PATIENCE)
                .until(() -> Files.exists(file) && Files.readString(file).contains(text));
    }

    /// Waits for texts, in this order, after what was awaited before.
    private void awaitPrinted(String... texts) {
        for (String text : texts) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(err.toString().substring(seen)).contains(text));
            seen = err.getBuffer().indexOf(text, seen) + text.length();
        }
    }
}
