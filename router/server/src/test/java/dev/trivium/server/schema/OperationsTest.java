package dev.trivium.server.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trivium.execution.Program;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.planner.NormalizedOperation;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.Planner;
import dev.trivium.server.TestRouter;
import dev.trivium.server.configuration.ConfigurationReader;
import dev.trivium.server.schema.Operations.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private static Text text(String query) {
        return new Text(query, null, false);
    }

    /// Says what it is asked for; every text is taken for `{item(id: 1) {name}}`.
    private final class Recorder implements Operations.Compiler {
        private String failsWith = "";

        @Override
        public Outcome<NormalizedOperation> normalize(Text text) {
            compiled.add(text.query() + " " + text.operationName());
            return text.query().contains("{a")
                    ? new Outcome.Rejected<>(new Issue("X", text.query(), List.of()))
                    : schema.normalize(text("{item(id: 1) {name}}"));
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
        var first = operations.find(text("{a}"));
        var second = operations.find(text("{a}"));
        assertThat(first).isNotDone();
        run();

        assertThat(first.join()).isEqualTo(second.join());
        assertThat(operations.find(text("{a}"))).isDone();
        assertThat(compiled).containsExactly("{a} null");
    }

    @Test
    void theNameOfTheOperationMatters() {
        var _ = operations.find(new Text("query a {x} query b {y}", "a", false));
        var _ = operations.find(new Text("query a {x} query b {y}", "b", false));
        run();

        assertThat(compiled).hasSize(2);
    }

    @Test
    void textsWithOneHashAreTwoDocuments() {
        assertThat("{Aa}".hashCode()).isEqualTo("{BB}".hashCode());
        var _ = operations.find(text("{Aa}"));
        var _ = operations.find(text("{BB}"));
        run();

        assertThat(compiled).containsExactlyInAnyOrder("{Aa} null", "{BB} null");
    }

    @Test
    void d21ManyDocumentsDoNotFillTheMemory() {
        var filler = "#".repeat(100_000);
        for (int i = 0; i < 1_000; i++) {
            var _ = operations.find(text("{a" + i + "}" + filler));
            run();
        }
        compiled.clear();
        for (int i = 0; i < 1_000; i++) {
            var _ = operations.find(text("{a" + i + "}" + filler));
            run();
        }

        assertThat(compiled).hasSizeGreaterThan(800);
    }

    @Test
    void aShortTextOfManyFieldsCountsWithAllOfThem() {
        var items = repeated(100, "i%1$d: item(id: %1$d) {...f} ");
        var names = repeated(20, "n%d: name ");
        var text = "{ %s } fragment f on Item { %s }".formatted(items, names);
        var program = schema.normalize(text(text)).then(it -> schema.compile(it, PlanInputs.NONE));

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
        var first = operations.find(text("{item}"));
        var second = operations.find(text("{item}"));
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
        assertThat(next.find(text("{item}"))).isDone();
        assertThat(compiled).hasSize(1);
    }

    @Test
    void warmingUpTellsWhatTheNextGenerationRejects() {
        find("{item}");
        recorder.failsWith = Planner.TOO_COMPLEX;
        var next = new Operations(recorder, Runnable::run, MEMORY, _ -> PlanInputs.NONE);
        assertThat(next.warmUp(operations.hottest(10))).containsExactly(text("{item}"));
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

        assertThatThrownBy(() -> full.find(text("{a}")))
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
        var found = operations.find(text(query));
        run();
        return found.join();
    }

    private void run() {
        for (var work = waiting.poll(); work != null; work = waiting.poll()) {
            work.run();
        }
    }
}
