package dev.trivium.planner;

import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.Supergraph;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Plans the operations of one supergraph. May be used by several threads at once; what it learns
/// about the supergraph serves later plans.
///
/// The steps ({@link Planning}): {@link Candidates} finds all ways to every leaf, {@link Chooser}
/// takes one for each, {@link FetchGroups} sorts the leaves into fetches, {@link FetchAssembler}
/// joins fetches into requests, {@link OutputBuilder} says what the client gets. The same operation
/// gets the same plan on every machine.
public final class Planner {

    /// There are too many ways to answer the operation.
    public static final String TOO_COMPLEX = Normalizer.TOO_COMPLEX;

    /// Planning took too long.
    public static final String PLANNING_TIMEOUT = "PLANNING_TIMEOUT";

    /// A field cannot be reached. A supergraph that passed composition has no such field.
    public static final String NO_PLAN_FOUND = "NO_PLAN_FOUND";

    /// Sets of labels for which is remembered what was learned.
    private static final int MAX_REACHES = 64;

    private final QueryGraph graph;
    private final PlannerLimits limits;
    private final Map<Set<String>, Reaches> reaches = new ConcurrentHashMap<>();

    /// @throws IllegalArgumentException if the supergraph contradicts itself
    public Planner(Supergraph supergraph) {
        this(supergraph, PlannerLimits.DEFAULT);
    }

    public Planner(Supergraph supergraph, PlannerLimits limits) {
        this.graph = new QueryGraph(supergraph);
        this.limits = limits;
    }

    /// See {@link Normalizer#normalize}.
    public Outcome<NormalizedOperation> normalize(
            Document document, @Nullable String operationName) {
        return Normalizer.normalize(document, operationName, graph.supergraph(), limits);
    }

    /// The same, for a client that accepts its response in parts: what stands in a fragment with
    /// `@defer` becomes a part of its own.
    public Outcome<NormalizedOperation> normalizeWithDefer(
            Document document, @Nullable String operationName) {
        return Normalizer.normalize(
                document, operationName, graph.supergraph(), limits, Defers.honoured());
    }

    /// @param operation normalized for this planner's supergraph
    public Outcome<QueryPlan> plan(NormalizedOperation operation, PlanInputs inputs) {
        return planning(operation, inputs).plan();
    }

    /// A plan, and how it came about.
    ///
    /// @param operation normalized for this planner's supergraph
    public Outcome<Explanation> explain(NormalizedOperation operation, PlanInputs inputs) {
        Planning planning = planning(operation, inputs);
        return planning.plan().then(plan -> new Accepted<>(planning.explain(plan)));
    }

    private Planning planning(NormalizedOperation operation, PlanInputs inputs) {
        return new Planning(graph, reaches(inputs), operation, new Budget(limits));
    }

    /// The labels of progressive overrides that can change the plan of an operation. Only these
    /// belong into its {@link PlanInputs}.
    public Set<String> labels(NormalizedOperation operation) {
        return ReachableLabels.of(graph, operation);
    }

    private Reaches reaches(PlanInputs inputs) {
        Set<String> active = new TreeSet<>(inputs.activeLabels());
        active.retainAll(graph.labels());
        Reaches known = reaches.get(active);
        if (known == null && reaches.size() >= MAX_REACHES) {
            return new Reaches(graph, active);
        }
        return known != null
                ? known
                : reaches.computeIfAbsent(active, labels -> new Reaches(graph, labels));
    }
}
