package dev.trivium.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import java.nio.file.Path;
import java.time.Duration;
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
        StringBuilder graphs = new StringBuilder();
        StringBuilder roots = new StringBuilder();
        StringBuilder keys = new StringBuilder();
        StringBuilder fields = new StringBuilder();
        for (int s = 0; s < subgraphs; s++) {
            int next = (s + 1) % subgraphs;
            int last = (s + subgraphs - 1) % subgraphs;
            graphs.append("  S%1$d @join__graph(name: \"s%1$d\", url: \"\")\n".formatted(s));
            roots.append(" @join__type(graph: S%d)".formatted(s));
            keys.append(
                    " @join__type(graph: S%1$d, key: \"k%1$d\") @join__type(graph: S%1$d, key: \"k%2$d\")"
                            .formatted(s, next));
            fields.append(
                    "  k%1$d: ID! @join__field(graph: S%1$d) @join__field(graph: S%2$d)\n"
                            .formatted(s, last));
            fields.append("  f%1$d: String @join__field(graph: S%1$d)\n".formatted(s));
        }
        String sdl =
                """
                schema
                  @link(url: "https://specs.apollo.dev/link/v1.0")
                  @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION)
                {
                  query: Query
                }
                directive @link(url: String, for: link__Purpose) repeatable on SCHEMA
                directive @join__graph(name: String!, url: String!) on ENUM_VALUE
                directive @join__type(graph: join__Graph!, key: join__FieldSet) repeatable on OBJECT
                directive @join__field(graph: join__Graph) repeatable on FIELD_DEFINITION
                scalar join__FieldSet
                enum link__Purpose { SECURITY EXECUTION }
                enum join__Graph {
                %s}
                type Query%s {
                  one: E @join__field(graph: S0)
                }
                type E%s {
                %s}
                """
                        .formatted(graphs, roots, keys, fields);
        Supergraph supergraph = PlanCase.value(SupergraphReader.read(sdl));
        var plan = PlanCase.plan(supergraph, "{ one { f10 f19 } }");
        assertThat(plan.fetches()).hasSize(12);
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
