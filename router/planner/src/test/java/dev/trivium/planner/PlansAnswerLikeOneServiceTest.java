package dev.trivium.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A random schema is split over subgraphs; random operations, planned and executed over them, get
/// the answer that a service with the whole schema gives. Seeds are fixed: a failure comes back.
///
/// `-Dtrivium.worlds=N` tries more.
class PlansAnswerLikeOneServiceTest {
    private static final int WORLDS = Integer.getInteger("trivium.worlds", 60);
    private static final int OPERATIONS = 8;

    @Test
    void everyPlanIsValidAndItsAnswerIsTheOneOfTheWhole() {
        for (int seed = 0; seed < WORLDS; seed++) {
            Random random = new Random(seed);
            World world = RandomWorld.of(random);
            String sdl = world.supergraph();
            Supergraph supergraph = PlanCase.value(SupergraphReader.read(sdl));
            for (int i = 0; i < OPERATIONS; i++) {
                check(world, supergraph, RandomOperation.of(world, random), seed);
            }
        }
    }

    private static void check(World world, Supergraph supergraph, String operation, int seed) {
        QueryPlan plan = PlanCase.plan(supergraph, operation);
        String what =
                "seed %d\n%s\n%s"
                        .formatted(seed, operation, new PlanPrinter(supergraph).text(plan));
        var expected =
                WorldExecution.all(world, PlanCase.parse(operation), RandomOperation.variables());
        var actual = PlanExecution.execute(world, plan, RandomOperation.variables());
        assertThat(actual.toString()).as(what).isEqualTo(expected.toString());
        assertThat(new PlanChecker(supergraph).problems(plan)).as(what).isEmpty();
    }
}
