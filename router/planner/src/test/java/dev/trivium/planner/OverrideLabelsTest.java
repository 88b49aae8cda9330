package dev.trivium.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.QueryPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// `Product.name` moves from `old` to `new` for 25 percent, `price` by a label of the user's, and
/// `weight`, which `tax` requires, to `weights`; `Unrelated.size` moves for 50 percent.
class OverrideLabelsTest {
    private static final PlanCase FOLDER =
            new PlanCase(Path.of("src/test/resources/cases/override-labels"));

    private final Planner planner = new Planner(FOLDER.supergraph());

    @Test
    void onlyLabelsThatTheOperationCanMeetCount() {
        assertThat(labels("{ product { name price } }"))
                .containsExactly("new-prices", "percent(25)", "weights");
        assertThat(labels("{ unrelated { size } }")).containsExactly("percent(50)");
        assertThat(labels("{ offers { text } }")).doesNotContain("percent(50)");
    }

    @Test
    void aLabelOnWhatIsRequiredCounts() {
        assertThat(labels("{ product { tax } }")).contains("weights");
        assertThat(subgraphs("{ product { tax } }", Set.of())).containsExactly("old", "new");
        assertThat(subgraphs("{ product { tax } }", Set.of("weights")))
                .containsExactly("old", "weights", "new");
    }

    @Test
    void whatHoldsIsAskedOfTheNewSubgraph() {
        assertThat(documents("{ product { name price } }", Set.of()))
                .containsExactly("{product{name price}}");
        assertThat(documents("{ product { name price } }", Set.of("new-prices")))
                .hasSize(2)
                .last()
                .asString()
                .endsWith("{...on Product{price}}}");
    }

    @Test
    void percentagesAreDecidedByOneDraw() {
        Set<String> labels = Set.of("percent(5)", "percent(50)", "percent(0)", "mine");
        assertThat(PlanInputs.decide(labels, 4.9, Map.of()).activeLabels())
                .containsExactlyInAnyOrder("percent(5)", "percent(50)");
        assertThat(
                        PlanInputs.decide(labels, 5, Map.of("mine", 6, "percent(0)", 100))
                                .activeLabels())
                .containsExactlyInAnyOrder("percent(50)", "mine");
        assertThat(PlanInputs.decide(labels, 99, Map.of())).isEqualTo(PlanInputs.NONE);
        assertThat(PlanInputs.decide(Set.of("percent(much)"), 0, Map.of()))
                .isEqualTo(PlanInputs.NONE);
    }

    private Set<String> labels(String operation) {
        return planner.labels(normalized(operation));
    }

    private NormalizedOperation normalized(String operation) {
        return PlanCase.value(planner.normalize(PlanCase.parse(operation), null));
    }

    private List<Fetch> fetches(String operation, Set<String> active) {
        QueryPlan plan =
                PlanCase.value(planner.plan(normalized(operation), new PlanInputs(active)));
        return plan.fetches();
    }

    private List<String> documents(String operation, Set<String> active) {
        return fetches(operation, active).stream().map(Fetch::document).toList();
    }

    private List<String> subgraphs(String operation, Set<String> active) {
        var all = FOLDER.supergraph().subgraphs();
        return fetches(operation, active).stream()
                .map(fetch -> all.get(fetch.subgraph()).name())
                .toList();
    }
}
