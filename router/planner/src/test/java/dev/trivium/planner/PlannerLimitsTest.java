package dev.trivium.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlannerLimitsTest {
    private static final PlanCase BENCHMARK =
            new PlanCase(Path.of("src/test/resources/cases/benchmark"));

    @Test
    void tooManyPositionsAreTooComplex() {
        PlannerLimits limits = PlannerLimits.DEFAULT.withMaxPositions(5);
        assertThat(NormalizerTest.codes(plan(limits))).containsExactly(Planner.TOO_COMPLEX);
    }

    @Test
    void aPlanThatTakesTooLongIsAborted() {
        PlannerLimits limits = PlannerLimits.DEFAULT.withTimeout(Duration.ZERO);
        assertThat(NormalizerTest.codes(plan(limits))).containsExactly(Planner.PLANNING_TIMEOUT);
    }

    private static Outcome<?> plan(PlannerLimits limits) {
        Supergraph supergraph = BENCHMARK.supergraph();
        Planner planner = new Planner(supergraph, limits);
        return planner.normalize(PlanCase.parse(BENCHMARK.read("operation.graphql")), null)
                .then(it -> planner.plan(it, PlanInputs.NONE));
    }

    /// Every subgraph has an entity of its own key and of that of the next one: a field of the last
    /// is a chain of hops away, and a cycle leads back.
    @Test
    void aCycleOfKeysEnds() {
        int subgraphs = 20;
        World world = new World(subgraphs);
        World.ObjectType type = World.ObjectType.of("E0");
        World.ObjectType query = World.ObjectType.of("Query");
        for (int s = 0; s < subgraphs; s++) {
            int next = (s + 1) % subgraphs;
            type.keys()
                    .put(s, List.of(new World.Key("k" + s, true), new World.Key("k" + next, true)));
            World.Field key = World.Field.of("k" + s, "String", false, List.of());
            key.owners().addAll(new TreeSet<>(List.of(s, (s + subgraphs - 1) % subgraphs)));
            World.Field leaf = World.Field.of("f" + s, "String", false, List.of());
            leaf.owners().add(s);
            type.add(key);
            type.add(leaf);
            query.keys().put(s, List.of());
        }
        World.Field root = World.Field.of("one", "E0", false, List.of("E0"));
        root.owners().add(0);
        query.add(root);
        world.objects.put("E0", type);
        world.objects.put("Query", query);
        Supergraph supergraph = PlanCase.value(SupergraphReader.read(world.supergraph()));
        var plan = PlanCase.plan(supergraph, "{ one { f10 f19 } }");
        assertThat(plan.fetches()).hasSize(12);
        assertThat(new PlanChecker(supergraph).problems(plan)).isEmpty();
    }

    @Test
    void theSamePlanEveryTime() {
        Supergraph supergraph = BENCHMARK.supergraph();
        String text = new PlanPrinter(supergraph).text(BENCHMARK.plan(supergraph));
        for (int i = 0; i < 3; i++) {
            assertThat(new PlanPrinter(supergraph).text(BENCHMARK.plan(supergraph)))
                    .isEqualTo(text);
        }
        assertThat(plan(PlannerLimits.DEFAULT)).isInstanceOf(Accepted.class);
    }
}
