package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trivium.execution.Program;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.ConfigurationReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private static final long MEMORY = 16L * 1024 * 1024;

    private final List<String> compiled = new ArrayList<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Operations operations = new Operations(this::compile, waiting::add, MEMORY);

    @Test
    void manyRequestsForOneDocumentCompileItOnce() {
        var first = operations.find("{a}", null);
        var second = operations.find("{a}", null);
        assertThat(first).isNotDone();
        run();

        assertThat(first.join()).isSameAs(second.join());
        assertThat(operations.find("{a}", null)).isDone();
        assertThat(compiled).containsExactly("{a} null");
    }

    @Test
    void theNameOfTheOperationMatters() {
        var _ = operations.find("query a {x} query b {y}", "a");
        var _ = operations.find("query a {x} query b {y}", "b");
        run();

        assertThat(compiled).hasSize(2);
    }

    @Test
    void textsWithOneHashAreTwoDocuments() {
        assertThat("{Aa}".hashCode()).isEqualTo("{BB}".hashCode());
        var _ = operations.find("{Aa}", null);
        var _ = operations.find("{BB}", null);
        run();

        assertThat(compiled).containsExactlyInAnyOrder("{Aa} null", "{BB} null");
    }

    @Test
    void d21ManyDocumentsDoNotFillTheMemory() {
        var filler = "#".repeat(100_000);
        for (int i = 0; i < 1_000; i++) {
            var _ = operations.find("{a" + i + "}" + filler, null);
            run();
        }
        compiled.clear();
        for (int i = 0; i < 1_000; i++) {
            var _ = operations.find("{a" + i + "}" + filler, null);
            run();
        }

        assertThat(compiled).hasSizeGreaterThan(800);
    }

    @Test
    void aShortTextOfManyFieldsCountsWithAllOfThem() {
        var schema = Schema.read(TestRouter.supergraph(), ConfigurationReader.defaults().limits());
        var items = repeated(100, "i%1$d: item(id: %1$d) {...f} ");
        var names = repeated(20, "n%d: name ");
        var text = "{ %s } fragment f on Item { %s }".formatted(items, names);
        var program = schema.then(it -> it.compile(text, null));

        assertThat(program).isInstanceOf(Outcome.Accepted.class);
        assertThat(ProgramMemory.weigh(text.length(), program)).isGreaterThan(100 * text.length());
    }

    @Test
    void tooMuchWorkIsRefused() {
        var full =
                new Operations(
                        this::compile,
                        _ -> {
                            throw new RejectedExecutionException();
                        },
                        MEMORY);

        assertThatThrownBy(() -> full.find("{a}", null))
                .isInstanceOf(RejectedExecutionException.class);
    }

    private static String repeated(int count, String format) {
        return IntStream.range(0, count)
                .mapToObj(number -> format.formatted(number))
                .collect(Collectors.joining());
    }

    private Outcome<Program> compile(String query, @Nullable String name) {
        compiled.add(query + " " + name);
        return new Outcome.Rejected<>(new Issue("X", query, List.of()));
    }

    private void run() {
        for (var work = waiting.poll(); work != null; work = waiting.poll()) {
            work.run();
        }
    }
}
