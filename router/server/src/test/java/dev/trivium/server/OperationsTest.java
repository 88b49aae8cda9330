package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trivium.execution.Program;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.planner.NormalizedOperation;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.Planner;
import dev.trivium.server.configuration.ConfigurationReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private static final long MEMORY = 16L * 1024 * 1024;

    private final List<String> compiled = new ArrayList<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<PlanInputs> planned = new ArrayList<>();
    private final Schema schema = schema();
    private final Recorder recorder = new Recorder();
    private Set<String> labels = Set.of();
    private double draw;
    private final Operations operations =
            new Operations(
                    recorder,
                    waiting::add,
                    MEMORY,
                    it -> PlanInputs.decide(it, draw, Map.of("flag", 30)));

    /// Says what it is asked for; every text is taken for `{item(id: 1) {name}}`.
    private final class Recorder implements Operations.Compiler {
        private String failsWith = "";

        @Override
        public Outcome<NormalizedOperation> normalize(String query, @Nullable String name) {
            compiled.add(query + " " + name);
            return query.contains("{a")
                    ? new Outcome.Rejected<>(new Issue("X", query, List.of()))
                    : schema.normalize("{item(id: 1) {name}}", null);
        }

        @Override
        public Set<String> labels(NormalizedOperation operation) {
            return labels;
        }

        @Override
        public Outcome<Program> compile(NormalizedOperation operation, PlanInputs inputs) {
            planned.add(inputs);
            return failsWith.isEmpty()
                    ? schema.compile(operation, inputs)
                    : new Outcome.Rejected<>(new Issue(failsWith, "", List.of()));
        }
    }

    @Test
    void manyRequestsForOneDocumentCompileItOnce() {
        var first = operations.find("{a}", null);
        var second = operations.find("{a}", null);
        assertThat(first).isNotDone();
        run();

        assertThat(first.join()).isEqualTo(second.join());
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
        var items = repeated(100, "i%1$d: item(id: %1$d) {...f} ");
        var names = repeated(20, "n%d: name ");
        var text = "{ %s } fragment f on Item { %s }".formatted(items, names);
        var program = schema.normalize(text, null).then(it -> schema.compile(it, PlanInputs.NONE));

        assertThat(program).isInstanceOf(Outcome.Accepted.class);
        assertThat(ProgramMemory.weigh(text.length(), program)).isGreaterThan(100 * text.length());
    }

    @Test
    void documentsThatMeanTheSameHaveOneProgram() {
        var first = find("{item}");
        assertThat(find("{ item }")).isSameAs(first);
        assertThat(compiled).hasSize(2);
        assertThat(planned).hasSize(1);
    }

    @Test
    void theProgramDependsOnTheLabelsThatHold() {
        labels = Set.of("percent(5)");
        draw = 4.9;
        var among = find("{item}");
        assertThat(find("{item}")).isSameAs(among);
        draw = 5;
        assertThat(find("{item}")).isNotSameAs(among);
        assertThat(compiled).hasSize(1);
        assertThat(planned).containsExactly(new PlanInputs(Set.of("percent(5)")), PlanInputs.NONE);
    }

    @Test
    void aLabelOfOurOwnHoldsForAsManyRequestsAsTheConfigurationSays() {
        labels = Set.of("flag", "other");
        draw = 29.9;
        var among = find("{item}");
        draw = 30;
        assertThat(find("{item}")).isNotSameAs(among);
        assertThat(planned).containsExactly(new PlanInputs(Set.of("flag")), PlanInputs.NONE);
    }

    @Test
    void aProgramForLabelsIsMadeOnceForManyRequests() {
        labels = Set.of("percent(5)");
        var first = operations.find("{item}", null);
        var second = operations.find("{item}", null);
        run();
        assertThat(first.join()).isSameAs(second.join());
        assertThat(planned).hasSize(1);
    }

    @Test
    void thatThereWasNoTimeIsNotRemembered() {
        recorder.failsWith = Planner.PLANNING_TIMEOUT;
        assertThat(find("{item}")).isInstanceOf(Outcome.Rejected.class);
        recorder.failsWith = "";
        assertThat(find("{item}")).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void thatAnOperationCannotBePlannedIsRemembered() {
        recorder.failsWith = Planner.TOO_COMPLEX;
        find("{item}");
        find("{item}");
        assertThat(planned).hasSize(1);
    }

    @Test
    void theNextGenerationKnowsWhatIsAskedMost() {
        for (int i = 0; i < 3; i++) {
            find("{item}");
            find("{a" + i + "}");
        }
        var next = new Operations(recorder, Runnable::run, MEMORY, _ -> PlanInputs.NONE);
        compiled.clear();
        assertThat(next.warmUp(operations.hottest(10))).isEmpty();
        assertThat(compiled).containsExactly("{item} null");
        assertThat(next.find("{item}", null)).isDone();
        assertThat(compiled).hasSize(1);
    }

    @Test
    void warmingUpTellsWhatTheNextGenerationRejects() {
        find("{item}");
        recorder.failsWith = Planner.TOO_COMPLEX;
        var next = new Operations(recorder, Runnable::run, MEMORY, _ -> PlanInputs.NONE);
        assertThat(next.warmUp(operations.hottest(10)))
                .containsExactly(new Operations.Text("{item}", null));
    }

    @Test
    void tooMuchWorkIsRefused() {
        var full =
                new Operations(
                        recorder,
                        _ -> {
                            throw new RejectedExecutionException();
                        },
                        MEMORY,
                        _ -> PlanInputs.NONE);

        assertThatThrownBy(() -> full.find("{a}", null))
                .isInstanceOf(RejectedExecutionException.class);
    }

    private static String repeated(int count, String format) {
        return IntStream.range(0, count)
                .mapToObj(number -> format.formatted(number))
                .collect(Collectors.joining());
    }

    private static Schema schema() {
        return switch (Schema.read(TestRouter.supergraph(), ConfigurationReader.defaults())) {
            case Outcome.Accepted<Schema>(var read) -> read;
            case Outcome.Rejected<Schema>(var issues) -> throw new AssertionError(issues);
        };
    }

    private Outcome<Program> find(String query) {
        var found = operations.find(query, null);
        run();
        return found.join();
    }

    private void run() {
        for (var work = waiting.poll(); work != null; work = waiting.poll()) {
            work.run();
        }
    }
}
