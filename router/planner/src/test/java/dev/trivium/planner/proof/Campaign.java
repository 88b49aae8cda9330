package dev.trivium.planner.proof;

import dev.trivium.composition.Composition;
import dev.trivium.composition.CompositionResult;
import dev.trivium.composition.SubgraphSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Plans random operations over random subgraphs, and compares what comes out with the answer of a
/// single service that has the whole schema.
final class Campaign {
    /// The status of a process that found a failure.
    static final int FOUND = 3;

    private static final int OPERATIONS_OF_A_WORLD = 40;

    /// A difference, or another thing that must not be.
    record Failure(
            long seed,
            List<SubgraphSource> subgraphs,
            Set<String> labels,
            String operation,
            String problem) {}

    /// What was tried.
    ///
    /// @param worlds that composed
    /// @param rejected worlds that did not
    /// @param features of what was compared
    record Result(
            int operations,
            int worlds,
            int rejected,
            FeatureCounts features,
            @Nullable Failure failure) {
        String summary() {
            return "%d operations over %d supergraphs, %d sets of subgraphs did not compose%n%s"
                    .formatted(operations, worlds, rejected, features.table());
        }
    }

    /// What was tried in one world.
    private record World(
            boolean composed, int operations, FeatureCounts features, @Nullable Failure failure) {}

    private Campaign() {}

    /// Stops at the first failure. Worlds are tried side by side, but their results are taken in
    /// the order of their seeds, so that the same comes out whatever the machine.
    ///
    /// @param seed of the first world; the next has the next
    static Result run(long seed, int operations) {
        int threads = Runtime.getRuntime().availableProcessors();
        FeatureCounts features = new FeatureCounts();
        int done = 0;
        int worlds = 0;
        int rejected = 0;
        Failure failure = null;
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            Queue<Future<World>> ahead = new ArrayDeque<>();
            for (long next = seed; done < operations && failure == null; ) {
                while (ahead.size() < 2 * threads) {
                    long own = next++;
                    ahead.add(workers.submit(() -> world(own)));
                }
                World world = finished(ahead.remove());
                done += world.operations();
                worlds += world.composed() ? 1 : 0;
                rejected += world.composed() ? 0 : 1;
                features.add(world.features());
                failure = world.failure();
            }
            workers.shutdownNow();
        }
        return new Result(done, worlds, rejected, features, failure);
    }

    private static World finished(Future<World> world) {
        try {
            return world.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static World world(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        List<SubgraphSource> subgraphs = RandomFederation.of(random);
        Proof proof = Proof.of(subgraphs, labels(random));
        FeatureCounts features = new FeatureCounts();
        if (proof == null) {
            return new World(false, 0, features, null);
        }
        features.addSupergraph(FeaturesOfSupergraph.of(proof.schema()));
        int done = 0;
        for (int i = 0; i < OPERATIONS_OF_A_WORLD; i++) {
            String operation = RandomOperation.of(proof.schema(), random);
            if (!proof.accepts(operation)) {
                continue;
            }
            done++;
            String problem = proof.problem(operation, features::addOperation);
            if (problem != null) {
                return new World(
                        true,
                        done,
                        features,
                        new Failure(seed, subgraphs, proof.labels(), operation, problem));
            }
        }
        return new World(true, done, features, null);
    }

    static Set<String> labels(Random random) {
        return List.of(Set.<String>of(), Set.of("l0"), Set.of("l1"), Set.of("l0", "l1"))
                .get(random.nextInt(4));
    }

    /// The same failure with as little as possible.
    static Failure shrink(Failure failure) {
        String operation = shrinkOperation(failure);
        List<SubgraphSource> subgraphs =
                ShrinkSubgraphs.shrink(
                        failure.subgraphs(),
                        it -> problem(Proof.of(it, failure.labels()), operation) != null);
        Failure smaller =
                new Failure(
                        failure.seed(), subgraphs, failure.labels(), operation, failure.problem());
        String last = shrinkOperation(smaller);
        String problem = problem(Proof.of(subgraphs, failure.labels()), last);
        return new Failure(
                failure.seed(),
                subgraphs,
                failure.labels(),
                last,
                problem == null ? failure.problem() : problem);
    }

    private static String shrinkOperation(Failure failure) {
        Proof proof = Proof.of(failure.subgraphs(), failure.labels());
        return ShrinkOperation.shrink(failure.operation(), it -> problem(proof, it) != null);
    }

    private static @Nullable String problem(@Nullable Proof proof, String operation) {
        return proof != null && proof.accepts(operation) ? proof.problem(operation) : null;
    }

    /// Writes a failure as a folder of `cases`, without its plan.
    static void write(Failure failure, Path folder) throws IOException {
        Files.createDirectories(folder);
        if (Composition.compose(failure.subgraphs())
                instanceof CompositionResult.Composed(var sdl, _, _)) {
            Files.writeString(folder.resolve("supergraph.graphql"), sdl);
        }
        Files.writeString(folder.resolve("operation.graphql"), failure.operation());
        if (!failure.labels().isEmpty()) {
            Files.writeString(
                    folder.resolve("labels.txt"),
                    String.join("\n", new TreeSet<>(failure.labels())) + "\n");
        }
    }

    /// Runs alone: `SEED OPERATIONS`. The status is {@link #FOUND} where something failed.
    public static void main(String[] arguments) {
        Result result = run(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println(result.summary());
        Failure failure = result.failure();
        if (failure != null) {
            System.out.println(failure.problem());
            System.exit(FOUND);
        }
    }
}
