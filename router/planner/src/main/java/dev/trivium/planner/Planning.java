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
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The planning of one operation.
final class Planning {
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
            addSections(fields);
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

    /// The root fields of a mutation, one after the other. Fields that follow each other go in one
    /// request if nothing else is to be fetched for the first.
    private void addSections(List<NormalizedField> fields) {
        int from = 0;
        while (from < fields.size() && !budget.exhausted()) {
            int to = from + 1;
            PlannedPart part = part(fields.subList(from, to));
            while (part != null && part.groups().size() == 1 && to < fields.size()) {
                PlannedPart longer = part(fields.subList(from, to + 1));
                if (longer == null || rootFetches(longer) != 1) {
                    break;
                }
                part = longer;
                to++;
            }
            addPart(part);
            from = to;
        }
    }

    private static long rootFetches(PlannedPart part) {
        return part.groups().stream().filter(FetchGroup::isRoot).count();
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
