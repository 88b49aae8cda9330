package dev.trivium.benchmarks;

import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.Planner;
import dev.trivium.planner.PlannerLimits;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.SupergraphReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Planning, warm: from a parsed document to the query plan, normalization included.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 4)
@Measurement(iterations = 3, time = 3)
@Fork(1)
@State(Scope.Benchmark)
public class PlanningBenchmark {
    /// The operation of the public gateway benchmarks.
    @State(Scope.Benchmark)
    public static class Gateways {
        private @Nullable Input input;

        @Setup
        public void read() throws IOException {
            input =
                    Input.of(
                            Resources.text("/planning/supergraph.graphql"),
                            Resources.text("/planning/operation.graphql"));
        }
    }

    /// Operations over 30 subgraphs with 60 types.
    @State(Scope.Benchmark)
    public static class Large {
        /// About how many fields are selected.
        @Param({"100", "200", "500", "1000", "2000", "5000"})
        public int selections;

        private @Nullable Input input;

        @Setup
        public void write() {
            LargeSupergraph large = new LargeSupergraph(30, 60);
            input = Input.of(large.sdl(), large.operation(selections));
        }
    }

    private record Input(Planner planner, Document document) {
        /// Cold code needs longer than a request may.
        private static final PlannerLimits PATIENT =
                PlannerLimits.DEFAULT.withTimeout(Duration.ofMinutes(1));

        private static Input of(String sdl, String operation) {
            return new Input(
                    new Planner(accepted(SupergraphReader.read(sdl)), PATIENT),
                    accepted(Parser.parseOperation(operation, ParserLimits.DEFAULT)));
        }

        private QueryPlan plan() {
            return accepted(
                    planner.normalize(document, null)
                            .then(it -> planner.plan(it, PlanInputs.NONE)));
        }
    }

    @Benchmark
    public QueryPlan gateways(Gateways gateways) {
        return Objects.requireNonNull(gateways.input).plan();
    }

    @Benchmark
    public QueryPlan large(Large large) {
        return Objects.requireNonNull(large.input).plan();
    }

    private static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(var value) -> value;
            case Outcome.Rejected<T>(var issues) ->
                    throw new IllegalStateException(issues.toString());
        };
    }
}
