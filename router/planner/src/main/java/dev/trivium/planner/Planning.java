package dev.trivium.planner;

import dev.trivium.language.Issue;
import dev.trivium.language.OperationType;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.planner.Chooser.Chosen;
import dev.trivium.planner.Position.Demand;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.QueryPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The planning of one operation.
final class Planning {
    /// Fields of a mutation that one request executes.
    private record Section(PlannedPart part, int facet) {}

    private final QueryGraph graph;
    private final NormalizedOperation operation;
    private final GraphType rootType;
    private final Budget budget;
    private final Paths paths = new Paths();
    private final KeyScope scope = new KeyScope();
    private final Candidates candidates;
    private final String contextPrefix;
    private final List<PlannedPart> parts = new ArrayList<>();

    Planning(QueryGraph graph, Reaches reaches, NormalizedOperation operation, Budget budget) {
        this.graph = graph;
        this.operation = operation;
        this.rootType = graph.root(operation.type());
        this.budget = budget;
        this.contextPrefix = FetchAssembler.unusedPrefix("context", operation.variables());
        this.candidates = new Candidates(graph, reaches, paths, budget);
    }

    /// To be called once.
    Outcome<QueryPlan> plan() {
        List<Fetch> fetches = fetches();
        Issue issue = budget.issue();
        return issue == null ? new Accepted<>(plan(fetches)) : new Rejected<>(issue);
    }

    /// @param plan the one that was made
    Explanation explain(QueryPlan plan) {
        return new Explainer(graph, paths, candidates, budget).explain(operation, parts, plan);
    }

    private QueryPlan plan(List<Fetch> fetches) {
        OutputBuilder output = new OutputBuilder(graph);
        return new QueryPlan(
                operation.type(),
                rootType.name(),
                operation.variables(),
                fetches,
                output.fields(operation.fields(), rootType.possible(), scope),
                operation.introspection(),
                new DeferredParts(graph, output, deferredFetches())
                        .of(operation.fields(), rootType.possible(), scope));
    }

    private Map<Integer, List<Integer>> deferredFetches() {
        Map<Integer, SequencedSet<Integer>> ids = new HashMap<>();
        for (PlannedPart part : parts) {
            for (FetchGroup group : part.groups()) {
                ids.computeIfAbsent(group.part, _ -> new TreeSet<>()).add(part.id(group));
            }
        }
        Map<Integer, List<Integer>> fetches = new HashMap<>();
        ids.forEach((part, own) -> fetches.put(part, List.copyOf(own)));
        return fetches;
    }

    private List<Fetch> fetches() {
        scope.serve(rootType.possible());
        graph.reserveKeys(operation.fields(), rootType.possible(), scope);
        List<NormalizedField> fields =
                operation.fields().stream()
                        .filter(field -> !field.isTypename() && !field.isIntrospection())
                        .toList();
        if (operation.type() == OperationType.MUTATION) {
            addSections(byResponseKey(fields));
        } else if (!fields.isEmpty()) {
            addPart(part(fields));
        }
        FetchAssembler assembler =
                new FetchAssembler(graph, paths, operation.type(), operation.variables());
        List<Fetch> fetches = new ArrayList<>();
        parts.forEach(part -> assembler.add(part, fetches));
        return fetches;
    }

    private void addPart(@Nullable PlannedPart part) {
        if (part != null) {
            parts.add(part);
        }
    }

    /// The root fields of a mutation, one after the other. Each is executed by one subgraph alone,
    /// so that it is executed once. Fields that follow each other go in one request if nothing else
    /// is to be fetched for the first.
    private void addSections(List<List<NormalizedField>> fields) {
        int from = 0;
        while (from < fields.size() && !budget.exhausted()) {
            int to = from + 1;
            Section section = section(fields.get(from));
            while (section != null && section.part().groups().size() == 1 && to < fields.size()) {
                PlannedPart longer = part(fields.subList(from, to + 1), section.facet());
                if (longer == null) {
                    break;
                }
                section = new Section(longer, section.facet());
                to++;
            }
            addPart(section == null ? null : section.part());
            from = to;
        }
    }

    /// Fields with one response key are one field to be executed, at the place of the first.
    private static List<List<NormalizedField>> byResponseKey(List<NormalizedField> fields) {
        SequencedMap<String, List<NormalizedField>> same = new LinkedHashMap<>();
        for (NormalizedField field : fields) {
            same.computeIfAbsent(field.responseKey(), _ -> new ArrayList<>()).add(field);
        }
        return List.copyOf(same.values());
    }

    /// The cheapest way to execute a field of a mutation.
    private @Nullable Section section(List<NormalizedField> same) {
        Section best = null;
        for (int facet = 0; facet < graph.facets(); facet++) {
            PlannedPart part = part(List.of(same), facet);
            if (part != null
                    && (best == null || part.choice().cost() < best.part().choice().cost())) {
                best = new Section(part, facet);
            }
        }
        if (best == null) {
            String name = rootType.name() + "." + same.getFirst().name();
            budget.fail(Planner.NO_PLAN_FOUND, "No facet alone can execute " + name + ".");
        }
        return best;
    }

    /// Some fields of a mutation, executed by one subgraph; null where it cannot.
    private @Nullable PlannedPart part(List<List<NormalizedField>> fields, int facet) {
        List<NormalizedField> all = fields.stream().flatMap(List::stream).toList();
        List<Demand> demands = new ArrayList<>();
        if (!all.stream().allMatch(it -> executes(facet, it))
                || !candidates.addDemands(rootType, scope, facet, all, demands)
                || budget.exhausted()) {
            return null;
        }
        Chosen chosen = new Chooser(candidates, budget).choose(demands);
        if (chosen == null) {
            return null;
        }
        return new PlannedPart(chosen.choice(), chosen.picks(), contextPrefix);
    }

    private boolean executes(int facet, NormalizedField field) {
        GraphField.In in = rootType.field(field.name()).in().get(facet);
        return in != null && !in.external();
    }

    /// @return null where the budget is exhausted or a field cannot be reached
    private @Nullable PlannedPart part(List<NormalizedField> fields) {
        List<Demand> demands = new ArrayList<>();
        candidates.addDemands(rootType, scope, fields, demands);
        if (budget.exhausted()) {
            return null;
        }
        Chosen chosen = new Chooser(candidates, budget).choose(demands);
        if (chosen == null) {
            budget.fail(Planner.NO_PLAN_FOUND, "The operation cannot be answered.");
            return null;
        }
        return new PlannedPart(chosen.choice(), chosen.picks(), contextPrefix);
    }
}
