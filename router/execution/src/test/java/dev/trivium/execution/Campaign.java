package dev.trivium.execution;

import dev.trivium.planner.PlanPrinter;
import dev.trivium.planner.proof.World;
import java.util.Random;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Random operations over random subgraphs.
///
/// `-Dtrivium.operations=10000` runs longer, `-Dtrivium.seed=1` repeats a run.
final class Campaign {

    static final int OPERATIONS = Integer.getInteger("trivium.operations", 300);

    private static final long SEED = Long.getLong("trivium.seed", System.nanoTime());
    private static final int OPERATIONS_OF_A_WORLD = 15;

    private Campaign() {}

    /// What an operation is checked for.
    interface Check {
        void run(World world, Engine engine, String operation, Random random);
    }

    /// Stops at the first failure, with an operation that is as small as possible.
    static void forEachOperation(Check check) {
        forEach(World::operation, check);
    }

    /// The same with subscriptions, in those worlds that have some.
    static void forEachSubscription(Check check) {
        forEach(World::subscription, check);
    }

    private static void forEach(
            BiFunction<World, Random, @Nullable String> operations, Check check) {
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
                String operation = operations.apply(world, random);
                if (operation == null) {
                    break;
                }
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
