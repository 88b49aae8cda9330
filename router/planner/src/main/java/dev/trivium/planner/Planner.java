package dev.trivium.planner;

import dev.trivium.language.Document;
import dev.trivium.language.Issue;
import dev.trivium.language.OperationType;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.planner.Chooser.Chosen;
import dev.trivium.planner.Position.Demand;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.Supergraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Plans the operations of one supergraph. May be used by several threads at once; what it learns
/// about the supergraph serves later plans.
///
/// The steps: {@link Candidates} finds all ways to every leaf, {@link Chooser} takes one for each,
/// {@link FetchGroups} sorts the leaves into fetches, {@link FetchAssembler} joins fetches into
/// requests, {@link OutputBuilder} says what the client gets. The same operation gets the same plan
/// on every machine.
public final class Planner {

    /// There are too many ways to answer the operation.
    public static final String TOO_COMPLEX = Normalizer.TOO_COMPLEX;

    /// Planning took too long.
    public static final String PLANNING_TIMEOUT = "PLANNING_TIMEOUT";

    /// A field cannot be reached. A supergraph that passed composition has no such field.
    public static final String NO_PLAN_FOUND = "NO_PLAN_FOUND";

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
        return Normalizer.normalize(document, operationName, graph.supergraph());
    }

    /// @param operation normalized for this planner's supergraph
    public Outcome<QueryPlan> plan(NormalizedOperation operation, PlanInputs inputs) {
        Budget budget = new Budget(limits);
        Planning planning = new Planning(operation, inputs, budget);
        List<Fetch> fetches = planning.fetches();
        Issue issue = budget.issue();
        return issue == null ? new Accepted<>(planning.plan(fetches)) : new Rejected<>(issue);
    }

    private Reaches reaches(PlanInputs inputs) {
        return reaches.computeIfAbsent(inputs.activeLabels(), labels -> new Reaches(graph, labels));
    }

    /// One call of {@link #plan}.
    private final class Planning {
        private final NormalizedOperation operation;
        private final GraphType rootType;
        private final Budget budget;
        private final Paths paths = new Paths();
        private final KeyScope scope = new KeyScope();
        private final Candidates candidates;

        private Planning(NormalizedOperation operation, PlanInputs inputs, Budget budget) {
            this.operation = operation;
            this.rootType = graph.root(operation.type());
            this.budget = budget;
            this.candidates = new Candidates(graph, reaches(inputs), paths, budget);
        }

        private QueryPlan plan(List<Fetch> fetches) {
            return new QueryPlan(
                    operation.type(),
                    rootType.name(),
                    operation.variables(),
                    List.copyOf(fetches),
                    new OutputBuilder(graph).fields(operation.fields(), rootType.possible(), scope),
                    operation.introspection());
        }

        private List<Fetch> fetches() {
            scope.serve(rootType.possible());
            graph.reserveKeys(operation.fields(), rootType.possible(), scope);
            List<NormalizedField> fields =
                    operation.fields().stream()
                            .filter(field -> !field.isTypename() && !field.isIntrospection())
                            .toList();
            FetchAssembler assembler =
                    new FetchAssembler(graph, paths, operation.type(), operation.variables());
            List<Fetch> fetches = new ArrayList<>();
            if (operation.type() == OperationType.MUTATION) {
                sections(fields).forEach(groups -> assembler.add(groups, fetches));
            } else if (!fields.isEmpty()) {
                assembler.add(groups(fields), fetches);
            }
            return fetches;
        }

        /// The fetches of the root fields of a mutation, one field after the other. Fields that
        /// follow each other go in one request if nothing else is to be fetched for the first.
        private List<List<FetchGroup>> sections(List<NormalizedField> fields) {
            List<List<FetchGroup>> sections = new ArrayList<>();
            int from = 0;
            while (from < fields.size() && !budget.exhausted()) {
                int to = from + 1;
                List<FetchGroup> groups = groups(fields.subList(from, to));
                while (groups.size() == 1 && to < fields.size()) {
                    List<FetchGroup> longer = groups(fields.subList(from, to + 1));
                    boolean joins = longer.stream().filter(FetchGroup::isRoot).count() == 1;
                    if (!joins) {
                        break;
                    }
                    groups = longer;
                    to++;
                }
                sections.add(groups);
                from = to;
            }
            return sections;
        }

        private List<FetchGroup> groups(List<NormalizedField> fields) {
            List<Demand> demands = new ArrayList<>();
            candidates.addDemands(candidates.root(rootType, scope), fields, demands);
            if (budget.exhausted()) {
                return List.of();
            }
            Chosen chosen = new Chooser(candidates, budget).choose(demands);
            if (chosen == null) {
                budget.fail(NO_PLAN_FOUND, "The operation cannot be answered.");
                return List.of();
            }
            return FetchGroups.of(chosen.choice(), chosen.picks());
        }
    }
}
