package dev.trivium.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Outcome;
import dev.trivium.planner.plan.PlanCost;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Supergraphs and operations that make a careless planner work for hours. Here every count stays
/// within the standard limits, or planning ends at once with a code.
class PlannerBoundsTest {
    private static final String HEADER =
            """
            schema
              @link(url: "https://specs.apollo.dev/link/v1.0")
              @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
            """;

    @Test
    void aWideInterfaceIsPlannedByClassesOfItsTypes() {
        int types = 200;
        StringBuilder sdl = new StringBuilder(HEADER).append(graphs(10));
        sdl.append("type Query ").append(in(0, "")).append(" { node: Node }\n");
        sdl.append("interface Node");
        for (int s = 0; s < 10; s++) {
            sdl.append(' ').append(in(s, ""));
        }
        sdl.append(" { id: ID! next: Node @join__field(graph: S0) }\n");
        for (int t = 0; t < types; t++) {
            int other = 1 + t % 9;
            sdl.append("type T").append(t).append(" implements Node");
            sdl.append(" @join__implements(graph: S0, interface: \"Node\")");
            sdl.append(" @join__implements(graph: S").append(other);
            sdl.append(", interface: \"Node\") ").append(in(0, "id")).append(' ');
            sdl.append(in(other, "id"));
            sdl.append(" { id: ID! next: Node @join__field(graph: S0)");
            sdl.append(" name: String @join__field(graph: S").append(other).append(") }\n");
        }
        StringBuilder fields = new StringBuilder("__typename id");
        for (int t = 0; t < types; t += 3) {
            fields.append(" ...on T").append(t).append("{name}");
        }
        String operation =
                "{node{%s next{%s next{%s next{id}}}}}".formatted(fields, fields, fields);
        PlanCost cost = cost(sdl.toString(), operation);
        assertThat(cost.steps()).isEqualTo(2);
        assertThat(cost.requests()).isLessThanOrEqualTo(10);
    }

    @Test
    void aLongChainOfRequirementsIsFollowedToItsEnd() {
        int length = 60;
        StringBuilder sdl = new StringBuilder(HEADER).append(graphs(3));
        sdl.append("type Query ").append(in(0, "")).append(" { one: E }\ntype E ");
        sdl.append(in(0, "id")).append(' ').append(in(1, "id")).append(' ').append(in(2, "id"));
        sdl.append(
                " { id: ID! f0: Int @join__field(graph: S0) @join__field(graph: S1, external: true)");
        for (int i = 1; i <= length; i++) {
            sdl.append(" f").append(i).append(": Int @join__field(graph: S").append(i % 3);
            sdl.append(", requires: \"f").append(i - 1).append("\") @join__field(graph: S");
            sdl.append((i + 1) % 3).append(", external: true)");
        }
        sdl.append(" }\n");
        assertThat(cost(sdl.toString(), "{one{f" + length + "}}").steps()).isEqualTo(length + 1);
    }

    @Test
    void manyKeysInManySubgraphsDoNotMultiply() {
        int subgraphs = 24;
        StringBuilder sdl = new StringBuilder(HEADER).append(graphs(subgraphs));
        sdl.append("type Query ").append(in(0, "")).append(" { one: E all: [E] }\ntype E");
        for (int s = 0; s < subgraphs; s++) {
            for (int k = 0; k < 6; k++) {
                int other = (s + k) % subgraphs;
                sdl.append(' ').append(in(s, "k" + s + (k == 0 ? "" : " k" + other)));
            }
        }
        sdl.append(" {");
        for (int k = 0; k < subgraphs; k++) {
            sdl.append(" k").append(k).append(": ID");
            for (int s = 0; s < subgraphs; s++) {
                if ((k - s + subgraphs) % subgraphs < 6) {
                    sdl.append(" @join__field(graph: S").append(s).append(')');
                }
            }
            sdl.append(" f").append(k).append(": Int @join__field(graph: S").append(k).append(')');
            sdl.append(" e").append(k).append(": E @join__field(graph: S").append(k).append(')');
        }
        sdl.append(" }\n");
        String operation = "{one{f9 f23 e4{f20 e9{f3}}} all{f23 e7{f8}}}";
        assertThat(cost(sdl.toString(), operation).requests()).isLessThan(60);
    }

    @Test
    void whatEverySubgraphServesIsNotTriedEverywhere() {
        int subgraphs = 40;
        StringBuilder sdl = new StringBuilder(HEADER).append(graphs(subgraphs));
        sdl.append("type Query");
        for (int s = 0; s < subgraphs; s++) {
            sdl.append(' ').append(in(s, ""));
        }
        sdl.append(" { e: E }\ntype E");
        for (int s = 0; s < subgraphs; s++) {
            sdl.append(' ').append(in(s, "id"));
        }
        sdl.append(" { id: ID! a: Int b: Int e: E f: E v: V }\ntype V");
        for (int s = 0; s < subgraphs; s++) {
            sdl.append(' ').append(in(s, ""));
        }
        sdl.append(" { x: Int e: E }\n");
        String below = "a b";
        for (int i = 0; i < 9; i++) {
            below = "a e{%s} f{b} v{x e{a}}".formatted(below);
        }
        assertThat(cost(sdl.toString(), "{e{" + below + "}}")).isEqualTo(new PlanCost(1, 1, 75));
    }

    @Test
    void fragmentsThatDoubleThirtyTimesAreRejected() {
        StringBuilder document = new StringBuilder("{one{...F0}}");
        for (int i = 0; i < 30; i++) {
            document.append(" fragment F%d on E{e{...F%d} f:e{...F%d}}".formatted(i, i + 1, i + 1));
        }
        document.append(" fragment F30 on E{id}");
        String sdl =
                HEADER
                        + graphs(1)
                        + "type Query "
                        + in(0, "")
                        + " { one: E } type E "
                        + in(0, "id")
                        + " { id: ID! e: E }";
        assertThat(NormalizerTest.codes(plan(sdl, document.toString())))
                .isEqualTo(List.of(Planner.TOO_COMPLEX));
    }

    private static String graphs(int count) {
        StringBuilder text = new StringBuilder("enum join__Graph {");
        for (int s = 0; s < count; s++) {
            text.append(" S%d @join__graph(name: \"s%d\", url: \"\")".formatted(s, s));
        }
        return text.append(" }\n").toString();
    }

    private static String in(int subgraph, String key) {
        return key.isEmpty()
                ? "@join__type(graph: S%d)".formatted(subgraph)
                : "@join__type(graph: S%d, key: \"%s\")".formatted(subgraph, key);
    }

    private static PlanCost cost(String sdl, String operation) {
        return PlanCost.of(PlanCase.value(plan(sdl, operation)));
    }

    private static Outcome<QueryPlan> plan(String sdl, String operation) {
        Supergraph supergraph = PlanCase.value(SupergraphReader.read(sdl));
        Planner planner = new Planner(supergraph);
        return planner.normalize(PlanCase.parse(operation), null)
                .then(it -> planner.plan(it, PlanInputs.NONE));
    }
}
