package dev.trivium.execution;

import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.Supergraph;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// A query plan, ready to run: all that can be known before a request is computed here, once.
/// Immutable for its users, and shared by all threads.
public final class Program {

    /// How many assignments of the variables in `@skip` and `@include` are remembered. Clients use
    /// a few; whoever tries all of them pays for it alone.
    private static final int MOST_ASSIGNMENTS = 64;

    /// The fields of all responses that are remembered: of a large one, there are fewer.
    private static final int MOST_REMEMBERED_FIELDS = 16 * 1024;

    private static final int SMALLEST_RESPONSE = 512;

    /// Beyond these sizes, buffers grow when they must: one request with a huge answer, which any
    /// client may send, is not to make all later ones expensive. In bytes, and in cells.
    private static final int LARGEST_RESPONSE = 1024 * 1024;

    private static final int LARGEST_TREE = 128 * 1024;

    private final QueryPlan plan;
    private final TypeNames types;
    private final Layout layout;
    private final VariablePlan variables;
    private final List<FetchProgram> fetches;

    /// The variables in conditions, by their numbers.
    private final int[] conditionVariables;

    private final int mostAssignments;
    private final long weight;
    private final AtomicInteger fieldNumbers = new AtomicInteger();

    /// The response of an operation without conditions.
    private final ResponseParts unconditional;

    private final ConcurrentMap<BitSet, ResponseParts> responses = new ConcurrentHashMap<>();

    /// What recent requests needed, so that buffers seldom grow. Races do no harm.
    private int responseSize = SMALLEST_RESPONSE;

    private int treeSize = SMALLEST_RESPONSE;

    /// By fetch.
    private final int[] requestSizes;

    Program(
            QueryPlan plan,
            TypeNames types,
            Layout layout,
            VariablePlan variables,
            List<FetchProgram> fetches,
            int[] conditionVariables) {
        this.plan = plan;
        this.types = types;
        this.layout = layout;
        this.variables = variables;
        this.fetches = List.copyOf(fetches);
        this.requestSizes = new int[fetches.size()];
        this.conditionVariables = conditionVariables;
        this.mostAssignments =
                Math.clamp(
                        MOST_REMEMBERED_FIELDS / Math.max(1, ProgramSize.fields(plan)),
                        1,
                        MOST_ASSIGNMENTS);
        // All assignments of six variables are 64.
        int possible = 1 << Math.min(conditionVariables.length, 6);
        this.weight = ProgramSize.of(plan, types.count(), Math.min(possible, mostAssignments));
        this.unconditional = decided(new BitSet());
    }

    public static Program compile(QueryPlan plan, Supergraph supergraph) {
        return compile(plan, supergraph, ErrorPolicy.DEFAULT);
    }

    /// @param supergraph the one that the plan was made for
    public static Program compile(QueryPlan plan, Supergraph supergraph, ErrorPolicy errors) {
        return new ProgramCompiler(plan, supergraph, errors).compile();
    }

    /// The plan that this program runs.
    public QueryPlan plan() {
        return plan;
    }

    /// About how many bytes this program takes, whatever requests it will serve.
    public long weight() {
        return weight;
    }

    TypeNames types() {
        return types;
    }

    VariablePlan variables() {
        return variables;
    }

    List<FetchProgram> fetches() {
        return fetches;
    }

    int[] conditionVariables() {
        return conditionVariables;
    }

    /// The number of slots of the root object.
    int rootSize() {
        return layout.size();
    }

    int treeSize() {
        return treeSize;
    }

    int responseSize() {
        return responseSize;
    }

    /// Takes note of what a request needed.
    void learn(int usedTree, int usedResponse) {
        if (usedTree > treeSize) {
            treeSize = Math.min(usedTree, LARGEST_TREE);
        }
        if (usedResponse > responseSize) {
            responseSize = Math.min(usedResponse, LARGEST_RESPONSE);
        }
    }

    /// How long the body of a request with entities may become.
    int requestSize(FetchProgram fetch) {
        return requestSizes[fetch.id()];
    }

    /// Takes note of how long a body was.
    void learn(FetchProgram fetch, int length) {
        if (length > requestSizes[fetch.id()]) {
            requestSizes[fetch.id()] = Math.min(length, LARGEST_RESPONSE);
        }
    }

    /// Whether a condition holds.
    ///
    /// @param truths the numbers of the variables that are true
    boolean holds(Condition condition, BitSet truths) {
        List<Condition.Literal> literals = condition.literals();
        for (int i = 0; i < literals.size(); i++) {
            Condition.Literal literal = literals.get(i);
            if (truths.get(variables.find(literal.variable())) != literal.value()) {
                return false;
            }
        }
        return true;
    }

    /// The response where certain variables are true. Conditions are decided once for each
    /// assignment, not for each object.
    ResponseParts response(BitSet truths) {
        if (conditionVariables.length == 0) {
            return unconditional;
        }
        ResponseParts known = responses.get(truths);
        if (known != null) {
            return known;
        }
        ResponseParts response = decided(truths);
        if (responses.size() < mostAssignments) {
            responses.putIfAbsent(truths, response);
        }
        return response;
    }

    private ResponseParts decided(BitSet truths) {
        Predicate<Condition> holds = condition -> holds(condition, truths);
        return new ResponseParts(
                plan,
                fetches.size(),
                layout,
                new ResponseSelection.Context(types, fieldNumbers, holds));
    }
}
