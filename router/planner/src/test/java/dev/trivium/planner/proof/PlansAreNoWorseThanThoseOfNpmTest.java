package dev.trivium.planner.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trivium.composition.Composition;
import dev.trivium.composition.CompositionResult;
import dev.trivium.language.ClientSchema;
import dev.trivium.language.Outcome;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.Planner;
import dev.trivium.planner.plan.PlanCost;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Compares plans with those of the published query planner: of the operations of
/// `src/test/resources/cases`, and of random ones, as many as `-Dtrivium.compared=N` says.
///
/// `router/planner/PLANS.md` has the figures, and explains where a plan of ours is larger.
class PlansAreNoWorseThanThoseOfNpmTest {
    private static final int RANDOM = Integer.getInteger("trivium.compared", 400);
    private static final int OPERATIONS_OF_A_SUPERGRAPH = 20;
    private static final Path CASES = Path.of("src/test/resources/cases");

    private final List<String> slower = new ArrayList<>();
    private int compared;
    private int mutations;
    private int failed;
    private int faster;
    private int fewer;
    private int more;
    private int requests;
    private int theirRequests;
    private int steps;
    private int theirSteps;

    @Test
    void stepsAndRequestsAreFewer() throws Exception {
        try (NpmPlanner npm = NpmPlanner.start()) {
            if (npm == null) {
                System.out.println("PLANS ARE NOT COMPARED: npm is not to be had");
            }
            assumeTrue(npm != null);
            compareCases(npm);
            compareRandom(npm);
            npm.failures().forEach((message, times) -> System.out.println(times + " x " + message));
            slower.forEach(System.out::println);
        }
        System.out.printf(
                "Plans compared: %d and %d mutations (%d more fail in npm); steps %d to %d, fewer in %d, more in %d;"
                        + " requests %d to %d, fewer in %d, more in %d%n",
                compared,
                mutations,
                failed,
                steps,
                theirSteps,
                faster,
                slower.size(),
                requests,
                theirRequests,
                fewer,
                more);
        assertThat(slower).hasSizeLessThanOrEqualTo(compared / 100);
        assertThat(requests).isLessThan(theirRequests);
        assertThat(compared).isGreaterThanOrEqualTo(300);
    }

    private void compareCases(NpmPlanner npm) throws IOException {
        List<Path> folders;
        try (Stream<Path> files = Files.list(CASES)) {
            folders = files.sorted().toList();
        }
        for (Path folder : folders) {
            Path other = folder.resolve("supergraph.txt");
            Path file =
                    Files.exists(other)
                            ? folder.resolve(Files.readString(other).strip())
                            : folder.resolve("supergraph.graphql");
            String sdl = Files.readString(file);
            npm.supergraph(sdl);
            Supergraph supergraph = Outcomes.value(SupergraphReader.read(sdl));
            String operation = Files.readString(folder.resolve("operation.graphql"));
            if (!operation.contains("@defer")) {
                compare(npm, new Planner(supergraph), operation);
            }
        }
    }

    private void compareRandom(NpmPlanner npm) throws IOException {
        int wanted = compared + RANDOM;
        for (long seed = 1; compared < wanted; seed++) {
            Random random = new Random(seed * 0x9E3779B97F4A7C15L);
            if (!(Composition.compose(RandomFederation.of(random))
                    instanceof CompositionResult.Composed(var sdl, _, _))) {
                continue;
            }
            npm.supergraph(sdl);
            Supergraph supergraph = Outcomes.value(SupergraphReader.read(sdl));
            Planner planner = new Planner(supergraph);
            ClientSchema client = Outcomes.value(ClientSchema.of(ApiSchema.of(supergraph)));
            for (int i = 0; i < OPERATIONS_OF_A_SUPERGRAPH; i++) {
                String operation = RandomOperation.of(new SchemaView(supergraph), random);
                if (!operation.contains("@defer")
                        && client.validate(Outcomes.operation(operation)).isEmpty()) {
                    compare(npm, planner, operation);
                }
            }
        }
    }

    private void compare(NpmPlanner npm, Planner planner, String operation) throws IOException {
        NpmPlanner.Size theirs = npm.plan(operation);
        PlanCost ours = theirs == null ? null : cost(planner, operation);
        if (theirs == null || ours == null) {
            failed++;
            return;
        }
        if (operation.startsWith("mutation")) {
            mutations++;
            return;
        }
        compared++;
        steps += ours.steps();
        theirSteps += theirs.steps();
        requests += ours.requests();
        theirRequests += theirs.requests();
        faster += ours.steps() < theirs.steps() ? 1 : 0;
        fewer += ours.requests() < theirs.requests() ? 1 : 0;
        more += ours.requests() > theirs.requests() ? 1 : 0;
        if (ours.steps() > theirs.steps()) {
            slower.add(ours + " instead of " + theirs + ": " + operation);
        }
    }

    private static @Nullable PlanCost cost(Planner planner, String operation) {
        Outcome<QueryPlan> planned =
                planner.normalize(Outcomes.operation(operation), null)
                        .then(it -> planner.plan(it, PlanInputs.NONE));
        return planned instanceof Outcome.Accepted<QueryPlan>(var plan) ? PlanCost.of(plan) : null;
    }
}
