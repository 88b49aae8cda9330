package dev.trivium.benchmarks;

import dev.trivium.composition.Composition;
import dev.trivium.composition.CompositionResult;
import dev.trivium.composition.SubgraphSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/// Composition, warm: from the texts of the subgraphs to those of the supergraph and the API
/// schema, with all checks.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(1)
@State(Scope.Benchmark)
public class CompositionBenchmark {
    private List<SubgraphSource> platform = List.of();

    @Setup
    public void readPlatform() throws IOException {
        List<SubgraphSource> sources = new ArrayList<>();
        for (String name : List.of("auth", "events", "notifications")) {
            String sdl = Resources.text("/schema/" + name + ".graphql");
            sources.add(new SubgraphSource(name, "http://127.0.0.1/" + name, sdl));
        }
        platform = List.copyOf(sources);
    }

    /// The generated subgraphs.
    @State(Scope.Benchmark)
    public static class Large {
        /// How many subgraphs, with 50 types each.
        @Param("100")
        public int subgraphs;

        private List<SubgraphSource> sources = List.of();

        @Setup
        public void write() {
            sources = new LargeSubgraphs(subgraphs, 50).sources();
        }
    }

    /// The three schemas of the platform.
    @Benchmark
    public CompositionResult platform() {
        return composed(platform);
    }

    @Benchmark
    public CompositionResult large(Large large) {
        return composed(large.sources);
    }

    /// What does not compose is not worth its time.
    private static CompositionResult composed(List<SubgraphSource> sources) {
        return switch (Composition.compose(sources)) {
            case CompositionResult.Composed composed -> composed;
            case CompositionResult.Rejected(var issues, _) ->
                    throw new IllegalStateException(issues.toString());
        };
    }
}
