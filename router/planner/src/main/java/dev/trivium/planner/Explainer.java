package dev.trivium.planner;

import dev.trivium.planner.Choice.Jump;
import dev.trivium.planner.Choice.Pick;
import dev.trivium.planner.Explanation.Stage;
import dev.trivium.planner.FieldReason.PossibleWay;
import dev.trivium.planner.Position.Demand;
import dev.trivium.planner.Position.DirectState;
import dev.trivium.planner.Position.HopState;
import dev.trivium.planner.Position.State;
import dev.trivium.planner.Position.Way;
import dev.trivium.planner.plan.Fetch.PathStep;
import dev.trivium.planner.plan.PlanCost;
import dev.trivium.planner.plan.QueryPlan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Puts into words what was found and chosen on the way to a plan.
final class Explainer {
    private final QueryGraph graph;
    private final Paths paths;
    private final Candidates candidates;
    private final Budget budget;

    Explainer(QueryGraph graph, Paths paths, Candidates candidates, Budget budget) {
        this.graph = graph;
        this.paths = paths;
        this.candidates = candidates;
        this.budget = budget;
    }

    Explanation explain(NormalizedOperation operation, List<PlannedPart> parts, QueryPlan plan) {
        List<FieldReason> reasons = new ArrayList<>();
        StringBuilder found = new StringBuilder();
        StringBuilder chosen = new StringBuilder();
        StringBuilder fetches = new StringBuilder();
        for (PlannedPart part : parts) {
            part.picks().forEach(pick -> reasons.add(reason(pick, "the client", part)));
            part.choice()
                    .arrivals()
                    .forEach((state, arrival) -> {
                        if (arrival instanceof Jump jump) {
                            String purpose = "the " + how(state);
                            jump.picks().forEach(pick -> reasons.add(reason(pick, purpose, part)));
                        }
                    });
            part.picks().forEach(pick -> appendWays(pick.demand(), found));
            appendChoice(part, chosen);
            part.groups().forEach(group -> appendGroup(group, part, fetches));
        }
        Map<Stage, String> stages = new EnumMap<>(Stage.class);
        stages.put(Stage.NORMALIZE, operation.text());
        stages.put(Stage.CANDIDATES, found.toString());
        stages.put(Stage.CHOICE, chosen.toString());
        stages.put(Stage.FETCHES, fetches.toString());
        stages.put(Stage.PLAN, new PlanPrinter(graph.supergraph()).text(plan));
        return new Explanation(plan, PlanCost.of(plan), stages, reasons);
    }

    private FieldReason reason(Pick pick, String purpose, PlannedPart part) {
        Demand demand = pick.demand();
        SequencedSet<Integer> fetches = new TreeSet<>();
        part.fetches(pick).forEach(group -> fetches.add(part.id(group)));
        List<PossibleWay> ways =
                demand.ways().stream().map(way -> possible(way, way.equals(pick.way()))).toList();
        return new FieldReason(
                path(demand),
                demand.use().name(),
                graph.names(demand.types()),
                subgraph(pick.way()),
                List.copyOf(fetches),
                purpose,
                ways);
    }

    private PossibleWay possible(Way way, boolean chosen) {
        long cost = new Choice(candidates, budget, Choice.Preference.CHEAPER, null).alone(way);
        return new PossibleWay(subgraph(way), how(way), cost, chosen);
    }

    private String subgraph(Way way) {
        return graph.subgraphName(way.facet());
    }

    private String how(Way way) {
        return way.states().stream().map(this::how).distinct().collect(Collectors.joining("; "));
    }

    private String how(State state) {
        return switch (state) {
            case DirectState direct ->
                    direct.via == null ? "field of the root" : "together with its parent";
            case HopState hop -> {
                String keys =
                        hop.hop.keys().stream()
                                .map(key -> "{" + key.fields().text() + "}")
                                .collect(Collectors.joining(" or "));
                String requires =
                        hop.hop.requires() == null
                                ? ""
                                : " that carries {" + hop.hop.requires().text() + "}";
                yield "entity fetch of %s from %s by %s%s"
                        .formatted(
                                graph.objectName(hop.object),
                                graph.subgraphName(hop.facet()),
                                keys,
                                requires);
            }
        };
    }

    private String path(Demand demand) {
        String above = path(demand.position().path);
        return above.isEmpty() ? demand.use().planKey() : above + "." + demand.use().planKey();
    }

    private String path(int path) {
        return paths.steps(path).stream().map(PathStep::planKey).collect(Collectors.joining("."));
    }

    private void appendWays(Demand demand, StringBuilder out) {
        out.append(path(demand));
        out.append(" (").append(String.join("|", graph.names(demand.types()))).append(")\n");
        for (Way way : demand.ways()) {
            out.append("  ").append(subgraph(way)).append(": ").append(how(way)).append('\n');
        }
    }

    private void appendChoice(PlannedPart part, StringBuilder out) {
        out.append("cost ").append(part.choice().cost()).append('\n');
        for (Pick pick : part.picks()) {
            out.append("  ").append(path(pick.demand())).append(" <- ");
            out.append(subgraph(pick.way())).append(", ").append(how(pick.way())).append('\n');
        }
        part.choice()
                .arrivals()
                .forEach((state, arrival) -> {
                    if (arrival instanceof Jump jump) {
                        out.append("  ").append(how(state)).append(" at ");
                        out.append(path(state.position().path)).append(", step ");
                        out.append(arrival.depth()).append(", sends {");
                        out.append(jump.option().key().fields().text()).append("}\n");
                    }
                });
    }

    private void appendGroup(FetchGroup group, PlannedPart part, StringBuilder out) {
        out.append("fetch ").append(part.id(group)).append(" (");
        out.append(graph.subgraphName(group.facet)).append("), step ").append(group.depth);
        if (!group.isRoot()) {
            out.append(", at ").append(path(group.path)).append(" of ");
            out.append(String.join("|", graph.names(group.objects())));
        }
        for (FetchGroup dependency : group.dependencies) {
            out.append(", after ").append(part.id(dependency));
            String at = path(dependency.path);
            out.append(at.isEmpty() ? "" : " at " + at);
        }
        out.append('\n');
    }
}
