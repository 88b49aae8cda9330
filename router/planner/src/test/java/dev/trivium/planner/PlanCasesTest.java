package dev.trivium.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.planner.proof.Proof;
import dev.trivium.supergraph.Supergraph;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The plans of `src/test/resources/cases`, and the answers that they give. `-Dgolden.update=true`
/// rewrites them.
class PlanCasesTest {
    private static final boolean WRITE = Boolean.getBoolean("golden.update");

    @TestFactory
    Stream<DynamicTest> everyCaseHasItsPlan() {
        return PlanCase.all().stream()
                .map(it -> DynamicTest.dynamicTest(it.name(), () -> check(it)));
    }

    private static void check(PlanCase planCase) {
        assertThat(planCase.orphans()).as("files that no test reads").isEmpty();
        Supergraph supergraph = planCase.supergraph();
        QueryPlan plan = planCase.plan(supergraph);
        String text = new PlanPrinter(supergraph).text(plan);
        if (WRITE) {
            planCase.write(PlanCase.PLAN, text);
        }
        assertThat(text).isEqualTo(planCase.read(PlanCase.PLAN));
        String operation = planCase.read("operation.graphql");
        assertThat(new Proof(supergraph, Set.of()).problem(operation)).isNull();
    }

    @Test
    void theBenchmarkOperationNeedsSevenRequests() {
        PlanCase benchmark =
                PlanCase.all().stream()
                        .filter(it -> it.name().equals("benchmark"))
                        .findFirst()
                        .orElseThrow();
        assertThat(benchmark.plan(benchmark.supergraph()).fetches()).hasSize(7);
    }
}
