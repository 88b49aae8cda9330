package dev.trivium.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.DeferredPart;
import dev.trivium.planner.plan.OutputField;
import dev.trivium.planner.plan.QueryPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeferTest {
    private final Planner planner =
            new Planner(new PlanCase(Path.of("src/test/resources/cases/defer")).supergraph());

    @Test
    void withoutAClientForPartsDeferMeansNothing() {
        var document = PlanCase.parse("{ me { name ... @defer { bio } } }");
        var whole = PlanCase.value(planner.normalize(document, null));
        var plain = PlanCase.parse("{ me { name bio } }");
        assertThat(whole).isEqualTo(PlanCase.value(planner.normalize(plain, null)));
    }

    @Test
    void theInitialPartWaitsForNothingThatIsDeferred() {
        QueryPlan plan = plan("{ me { name ... @defer { bio posts { title } } } }");
        DeferredPart part = plan.deferred().getFirst();
        assertThat(waitsFor(plan, part.fetches())).containsExactly(0);
        assertThat(plan.fetches().getFirst().document()).doesNotContain("bio");
    }

    @Test
    void whatIsAskedForAnywayIsNotFetchedTwice() {
        QueryPlan plan = plan("{ me { name ... @defer { name } } }");
        assertThat(plan.fetches()).hasSize(1);
        assertThat(plan.deferred().getFirst().output())
                .extracting(OutputField::responseKey)
                .containsExactly("name");
    }

    @Test
    void aConditionDecidesWhereAFieldBelongs() {
        QueryPlan plan = plan("query($d: Boolean!) { me { name ... @defer(if: $d) { bio } } }");
        OutputField bio = plan.output().getFirst().selections().getLast();
        assertThat(bio.responseKey()).isEqualTo("bio");
        assertThat(bio.condition().literals()).containsExactly(new Condition.Literal("d", false));
        assertThat(plan.deferred().getFirst().condition().literals())
                .containsExactly(new Condition.Literal("d", true));
    }

    @Test
    void aConstantConditionIsDecidedAtOnce() {
        assertThat(plan("{ me { name ... @defer(if: false) { bio } } }").deferred()).isEmpty();
        assertThat(plan("{ me { name ... @defer(if: true) { bio } } }").deferred()).hasSize(1);
    }

    @Test
    void valuesWithoutAKeyComeWithTheirParent() {
        QueryPlan plan = plan("{ me { address { street ... @defer { city } } } }");
        assertThat(plan.fetches()).hasSize(1);
        assertThat(plan.deferred().getFirst().fetches()).isEmpty();
    }

    @Test
    void fragmentsOfOneTextAreDeferredEachWhereTheyStand() {
        QueryPlan plan =
                plan(
                        "{ a: me { ...F @defer(label: \"x\") } b: me { ...F @defer(label: \"y\") } }"
                                + " fragment F on User { bio }");
        assertThat(plan.deferred()).extracting(DeferredPart::label).containsExactly("x", "y");
        assertThat(plan.deferred().getFirst().fetches())
                .doesNotContainAnyElementsOf(plan.deferred().getLast().fetches());
    }

    private static List<Integer> waitsFor(QueryPlan plan, List<Integer> deferred) {
        return IntStream.range(0, plan.fetches().size())
                .filter(id -> !deferred.contains(id))
                .boxed()
                .toList();
    }

    private QueryPlan plan(String operation) {
        return PlanCase.value(
                planner.normalizeWithDefer(PlanCase.parse(operation), null)
                        .then(it -> planner.plan(it, PlanInputs.NONE)));
    }
}
