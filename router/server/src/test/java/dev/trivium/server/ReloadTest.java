package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trivium.language.Outcome;
import dev.trivium.server.schema.Operations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Another supergraph takes the place of the one that is served.
@Timeout(60)
class ReloadTest {
    private static final String QUERY = "{item(id: 1) {name}}";
    private static final String ANSWER = "{\"data\":{\"item\":{\"name\":\"lamp\"}}}";

    /// The field has another name, so that no operation is good for both.
    private static final String OTHER =
            TestRouter.supergraph().replace("name: String", "label: String");

    private static final int RELOADS = 100;

    @TempDir private Path folder;

    @Test
    void requestsFindTheSupergraphThatIsThere() {
        try (var items = ScriptedSubgraph.answering(ANSWER);
                var router = TestRouter.start(items, items)) {
            assertThat(router.query(QUERY).body()).isEqualTo(ANSWER);

            var replaced = router.reload(OTHER);
            assertThat(router.query(QUERY).body()).contains("GRAPHQL_VALIDATION_FAILED");
            assertThat(replaced.broken()).containsExactly(new Operations.Text(QUERY, null, false));

            router.reload(TestRouter.supergraph());
            assertThat(router.query(QUERY).body()).isEqualTo(ANSWER);
        }
    }

    @Test
    void aSupergraphThatIsNotValidChangesNothing() {
        try (var items = ScriptedSubgraph.answering(ANSWER);
                var router = TestRouter.start(items, items)) {
            assertThat(router.tryReload("type Query {")).isInstanceOf(Outcome.Rejected.class);
            assertThat(router.query(QUERY).body()).isEqualTo(ANSWER);
        }
    }

    @Test
    void aRequestUnderWayEndsWithTheSupergraphThatItBeganWith() throws Exception {
        var release = new CountDownLatch(1);
        try (var items =
                        ScriptedSubgraph.start(exchange -> {
                            release.await();
                            exchange.answer(ANSWER);
                        });
                var router = TestRouter.start(items, items);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<RawHttp.Response> answer = threads.submit(() -> router.query(QUERY));
            await().until(() -> !items.exchanges().isEmpty());
            router.reload(OTHER);
            release.countDown();
            assertThat(answer.get().body()).isEqualTo(ANSWER);
        }
    }

    @Test
    void f26ManyReloadsUnderLoadLoseNoRequest() throws Exception {
        var done = new AtomicBoolean();
        try (var items = ScriptedSubgraph.answering(ANSWER);
                var router = TestRouter.start(items, items);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(threads.submit(() -> answers(router, done)));
            }
            for (int i = 0; i < RELOADS; i++) {
                // A comment makes it another text.
                router.reload(TestRouter.supergraph() + "# " + i);
            }
            done.set(true);
            for (var client : clients) {
                assertThat(client.get()).isNotEmpty().allMatch(ANSWER::equals);
            }
        }
    }

    private static List<String> answers(TestRouter router, AtomicBoolean done) {
        List<String> answers = new ArrayList<>();
        while (!done.get()) {
            answers.add(router.query(QUERY).body());
        }
        return answers;
    }

    @Test
    void theFileIsReadAnewWhenItChanges() throws IOException {
        Path file = Files.writeString(folder.resolve("supergraph.graphql"), "first");
        List<String> seen = new CopyOnWriteArrayList<>();
        try (var _ =
                FileWatch.start(
                        List.of(file),
                        () -> Files.readString(file),
                        "first",
                        Duration.ofMillis(10),
                        seen::add)) {
            replace(file, "second");
            await().until(() -> seen.equals(List.of("second")));
            Files.delete(file);
            replace(file, "second");
            replace(file, "third");
            await().until(() -> seen.equals(List.of("second", "third")));
        }
    }

    private void replace(Path file, String text) throws IOException {
        Path written = Files.writeString(folder.resolve("new"), text);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
