package dev.trivium.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.planner.Explanation.Stage;
import dev.trivium.planner.plan.PlanCost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final PlanCase BENCHMARK =
            new PlanCase(Path.of("src/test/resources/cases/benchmark"));

    @Test
    void thePlanIsTheOneThatIsMadeWithoutAsking() {
        Explanation explanation = explain(BENCHMARK);
        assertThat(explanation.plan()).isEqualTo(BENCHMARK.plan(BENCHMARK.supergraph()));
        assertThat(explanation.stages().get(Stage.PLAN)).isEqualTo(BENCHMARK.read(PlanCase.PLAN));
        assertThat(explanation.stages().keySet()).containsExactly(Stage.values());
        assertThat(explanation.stages().values()).noneMatch(String::isBlank);
    }

    @Test
    void theBenchmarkOperationCostsAsMuchAsItShould() {
        PlanCost cost = explain(BENCHMARK).cost();
        assertThat(cost.requests()).isEqualTo(7);
        assertThat(cost.steps()).isEqualTo(4);
    }

    @Test
    void aFieldOfOneSubgraphHasOneWay() {
        var reasons = explain(BENCHMARK).why("topProducts.shippingEstimate");
        assertThat(reasons).hasSize(1);
        FieldReason reason = reasons.getFirst();
        assertThat(reason.subgraph()).isEqualTo("inventory");
        assertThat(reason.fetches()).containsExactly(3);
        assertThat(reason.purpose()).isEqualTo("the client");
        assertThat(reason.text()).contains("nobody else serves it here");
    }

    @Test
    void aFieldOfAKeyIsForTheEntityFetch() {
        assertThat(explain(BENCHMARK).why("User.id"))
                .anySatisfy(reason ->
                        assertThat(reason.purpose())
                                .startsWith("the entity fetch of User from reviews by {id}"));
    }

    @Test
    void nothingIsSaidOfAFieldThatIsNotFetched() {
        assertThat(explain(BENCHMARK).why("Product.nothing")).isEmpty();
    }

    private static Explanation explain(PlanCase folder) {
        Planner planner = new Planner(folder.supergraph());
        var document = PlanCase.parse(folder.read("operation.graphql"));
        return PlanCase.value(
                planner.normalize(document, null)
                        .then(operation -> planner.explain(operation, PlanInputs.NONE)));
    }
}
