package dev.trivium.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.ClientSink.Part;
import dev.trivium.execution.ClientSink.Result;
import dev.trivium.planner.PlanPrinter;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.planner.proof.World;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Random operations over random subgraphs, composed, planned and run: whatever the order of the
/// answers, and in however many parts it comes, the response is that of a single service.
///
/// `-Dtrivium.operations=10000` runs longer, `-Dtrivium.seed=1` repeats a run.
class RandomFederationsTest {

    private static final int OPERATIONS = Integer.getInteger("trivium.operations", 600);
    private static final long SEED = Long.getLong("trivium.seed", System.nanoTime());
    private static final int OPERATIONS_OF_A_WORLD = 15;
    private static final Pattern FRAGMENT = Pattern.compile("\\.\\.\\.( on \\w+)?(?= [@{])");

    /// What an operation is checked for.
    private interface Check {
        void run(World world, Engine engine, String operation, Random random);
    }

    @Test
    void answersLikeOneService() {
        forEachOperation((world, engine, operation, random) -> {
            QueryPlan plan = engine.plan(operation);
            for (Map<String, @Nullable Object> variables : world.variables(operation)) {
                List<Part> parts = engine.run(plan, variables, random);
                assertThat(parts).hasSize(1);
                assertThat(Engine.text(parts.getFirst()))
                        .isEqualTo(expected(world, operation, variables));
            }
        });
    }

    @Test
    void deferredPartsAddUpToTheAnswerOfOneService() {
        int[] deferred = {0};
        forEachOperation((world, engine, operation, random) -> {
            QueryPlan plan = engine.planWithDefer(deferring(operation, random));
            for (Map<String, @Nullable Object> variables : world.variables(operation)) {
                List<Part> parts = engine.run(plan, variables, random);
                assertThat(parts)
                        .filteredOn(part -> part.result() != Result.COMPLETE)
                        .extracting(Engine::text)
                        .isEmpty();
                assertThat(DeferredParts.together(parts))
                        .isEqualTo(Engine.JSON.readTree(expected(world, operation, variables)));
                deferred[0] += parts.size() - 1;
            }
        });
        assertThat(deferred[0]).isGreaterThan(OPERATIONS / 10);
    }

    private static String expected(
            World world, String operation, Map<String, @Nullable Object> variables) {
        return Engine.JSON.writeValueAsString(Map.of("data", world.answer(operation, variables)));
    }

    /// Defers the inline fragments on some types, so that a smaller operation defers the same.
    private static String deferring(String operation, Random random) {
        int draw = random.nextInt(4);
        return FRAGMENT.matcher(operation)
                .replaceAll(found ->
                        Math.floorMod(found.group().hashCode(), 4) == draw
                                ? found.group()
                                : found.group() + " @defer(label: \"l" + found.start() + "\")");
    }

    private static void forEachOperation(Check check) {
        System.out.println("seed " + SEED + " (-Dtrivium.seed), " + OPERATIONS + " operations");
        int done = 0;
        for (long next = SEED; done < OPERATIONS; next++) {
            Random random = new Random(next * 0x9E3779B97F4A7C15L);
            World world = World.random(random);
            if (world == null) {
                continue;
            }
            Engine engine = new Engine(world);
            for (int i = 0; i < OPERATIONS_OF_A_WORLD; i++, done++) {
                String operation = world.operation(random);
                long draw = random.nextLong();
                Throwable failure = fails(check, world, operation, draw);
                if (failure != null) {
                    System.out.println("-Dtrivium.seed=" + next + " fails: " + failure);
                    String smaller =
                            world.shrink(
                                    operation, it -> failsInSomeOrder(check, world, it) != null);
                    throw new AssertionError(
                            "-Dtrivium.seed=%d: %s%n%s"
                                    .formatted(
                                            next,
                                            smaller,
                                            new PlanPrinter(world.supergraph())
                                                    .text(engine.plan(smaller))),
                            failsInSomeOrder(check, world, smaller));
                }
            }
        }
    }

    private static @Nullable Throwable failsInSomeOrder(
            Check check, World world, String operation) {
        Throwable failure = null;
        for (int seed = 0; seed < 6 && failure == null; seed++) {
            failure = fails(check, world, operation, seed);
        }
        return failure;
    }

    private static @Nullable Throwable fails(
            Check check, World world, String operation, long seed) {
        try {
            check.run(world, new Engine(world), operation, new Random(seed));
            return null;
        } catch (RuntimeException | AssertionError failure) {
            return failure;
        }
    }
}
