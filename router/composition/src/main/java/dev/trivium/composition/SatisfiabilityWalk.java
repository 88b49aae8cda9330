package dev.trivium.composition;

import dev.trivium.language.OperationType;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks the schema that clients see, breadth first, so that what cannot be answered is found with
/// the shortest operation. A position is walked once: a later visit that could fetch from all the
/// same places, and more, is skipped, which also ends the recursion of types.
final class SatisfiabilityWalk {
    static final int MAX_OPEN_PATHS = 1_000_000;

    /// An element of an operation that no subgraph can answer.
    ///
    /// @param arrivals everywhere that fetches could have gone before
    record Failure(
            WalkState state,
            WalkState.Element element,
            Arrivals arrivals,
            Map<String, Boolean> labels) {}

    /// A position that is or has been walked.
    private record Visit(WalkState state, Arrivals arrivals) {}

    /// The return types of a shared field do not agree.
    record Mismatch(WalkState state, SupergraphType.Field field, SharedRuntimeTypes types) {}

    private final Supergraph supergraph;
    private final LocalGraph graph;
    private final Reachability reachability;
    private final Contexts contexts;
    private final Budget budget;
    private final @Nullable SatisfiabilityWalk earlier;

    private final Deque<WalkState> open = new ArrayDeque<>();
    private final Map<String, List<Visit>> visited = new HashMap<>();
    private long openPaths;
    private boolean exceeded;

    final List<Failure> failures = new ArrayList<>();
    final List<Mismatch> mismatches = new ArrayList<>();

    /// Positions below a mutation field that several subgraphs answer.
    final List<WalkState> sharedMutations = new ArrayList<>();

    /// @param earlier a finished walk, whose positions need not be walked again
    SatisfiabilityWalk(
            Supergraph supergraph,
            LocalGraph graph,
            Reachability reachability,
            Budget budget,
            @Nullable SatisfiabilityWalk earlier) {
        this.supergraph = supergraph;
        this.graph = graph;
        this.reachability = reachability;
        this.contexts = new Contexts(supergraph, graph, reachability);
        this.budget = budget;
        this.earlier = earlier;
    }

    /// Whether the walk was given up because the subgraphs offer too many ways.
    boolean exceeded() {
        return exceeded || budget.exhausted();
    }

    void walk(List<WalkState> starts) {
        starts.forEach(this::open);
        for (WalkState state = open.poll(); state != null && !exceeded(); state = open.poll()) {
            openPaths -= state.at().size();
            Visit visit = new Visit(state, Arrivals.of(state.at(), reachability));
            if (!isVisited(visit)) {
                visited.computeIfAbsent(state.place(), _ -> new ArrayList<>()).add(visit);
                visit(state, visit.arrivals());
            }
        }
    }

    private void open(WalkState state) {
        open.add(state);
        openPaths += state.at().size();
        exceeded |= openPaths > MAX_OPEN_PATHS;
    }

    private boolean isVisited(Visit visit) {
        for (Visit before : visited.getOrDefault(visit.state().place(), List.of())) {
            if (!budget.spend() || covers(visit, before)) {
                return true;
            }
        }
        return earlier != null && earlier.isVisited(visit);
    }

    /// Below an abstract type it matters where the operation itself has led: a place that cannot
    /// return a type answers everything about that type.
    private boolean covers(Visit visit, Visit before) {
        return visit.arrivals().covers(before.arrivals())
                && (isObject(visit.state().place())
                        || new HashSet<>(visit.state().at()).containsAll(before.state().at()))
                && visit.state().hasAllConditionsOf(before.state());
    }

    private boolean isObject(String type) {
        return supergraph.types().get(type) instanceof SupergraphType.ObjectType;
    }

    private void visit(WalkState state, Arrivals arrivals) {
        if (supergraph.types().get(state.place()) instanceof SupergraphType.ObjectType object) {
            BitSet filled = contexts.below(state);
            for (SupergraphType.Field field : object.fields().values()) {
                if (!field.inaccessible() && !exceeded()) {
                    select(state, field, arrivals, filled);
                }
            }
            return;
        }
        for (String objectType : visibleRuntimeTypes(state.place())) {
            if (!exceeded()) {
                cast(state, objectType, arrivals);
            }
        }
    }

    private List<String> visibleRuntimeTypes(String type) {
        return graph.runtimeTypes(type).stream().filter(name -> !inaccessible(name)).toList();
    }

    private boolean inaccessible(String type) {
        SupergraphType definition = supergraph.types().get(type);
        return definition != null && definition.inaccessible();
    }

    /// Follows a field, once for each truth of its override label.
    private void select(
            WalkState state, SupergraphType.Field field, Arrivals arrivals, BitSet filled) {
        String label = label(field);
        if (label == null) {
            select(state, field, arrivals, filled, state.labels());
            return;
        }
        for (boolean value : new boolean[] {true, false}) {
            Map<String, Boolean> labels = state.assign(label, value);
            if (labels != null) {
                select(state, field, arrivals, filled, labels);
            }
        }
    }

    private static @Nullable String label(SupergraphType.Field field) {
        for (SupergraphType.JoinField join : field.joins()) {
            if (join.overrideLabel() != null) {
                return join.overrideLabel();
            }
        }
        return null;
    }

    private void select(
            WalkState state,
            SupergraphType.Field field,
            Arrivals arrivals,
            BitSet filled,
            Map<String, Boolean> labels) {
        Set<Vertex> tails = new LinkedHashSet<>();
        boolean answered = false;
        for (int i = 0; i < arrivals.vertices().length; i++) {
            Vertex vertex = arrivals.vertices()[i];
            LocalType.Field local = vertex.type.fields.get(field.name());
            if (budget.spend()
                    && local != null
                    && answers(vertex, local, labels, state.contexts())
                    && (local.requires().isEmpty()
                            || (arrivals.resumable().get(i) && !vertex.type.keys.isEmpty()))) {
                answered = true;
                Vertex tail = graph.tail(vertex, local);
                if (tail != null) {
                    tails.add(tail);
                }
            }
        }
        WalkState.Element element = new WalkState.Element(field.name(), false);
        if (!answered) {
            failures.add(new Failure(state, element, arrivals, labels));
        } else if (!tails.isEmpty()) {
            String type = field.type().namedType();
            follow(state.then(element, type, tails, labels, filled), field);
        }
    }

    private boolean answers(
            Vertex vertex, LocalType.Field field, Map<String, Boolean> labels, BitSet filled) {
        return vertex.answers(field)
                && (field.label() == null
                        || field.labelValue() == labels.getOrDefault(field.label(), false))
                && field.contexts().stream().allMatch(need -> filled.get(need.slot()))
                && field.requires().stream().allMatch(step -> reachability.holds(vertex, step));
    }

    private void follow(WalkState next, SupergraphType.Field field) {
        boolean shared = next.at().size() > 1 && resolvers(field) > 1;
        if (shared && !isObject(next.place())) {
            SharedRuntimeTypes types =
                    SharedRuntimeTypes.compare(next.at(), visibleRuntimeTypes(next.place()));
            if (types.verdict() != SharedRuntimeTypes.Verdict.EQUAL) {
                mismatches.add(new Mismatch(next, field, types));
            }
            if (types.verdict() == SharedRuntimeTypes.Verdict.DISJOINT) {
                return;
            }
        }
        if (isSharedMutation(next)) {
            sharedMutations.add(next);
        } else {
            open(next);
        }
    }

    /// A mutation runs once, so one subgraph alone has to answer everything below it.
    private boolean isSharedMutation(WalkState next) {
        WalkState parent = next.parent();
        return parent != null
                && parent.parent() == null
                && parent.place().equals(supergraph.rootTypes().get(OperationType.MUTATION))
                && next.at().stream().mapToInt(Vertex::subgraph).distinct().count() > 1;
    }

    private static long resolvers(SupergraphType.Field field) {
        return field.joins().stream().filter(join -> !join.external()).count();
    }

    /// Follows a type condition. Where some place can never return the type, an operation that
    /// fetches there selects nothing, and everything below the condition is answered.
    private void cast(WalkState state, String objectType, Arrivals arrivals) {
        boolean atInterface =
                supergraph.types().get(state.place()) instanceof SupergraphType.InterfaceType;
        for (Vertex vertex : state.at()) {
            boolean exact = vertex.type.kind != LocalType.Kind.ABSTRACT;
            if (!(atInterface && exact) && !vertex.type.runtimeTypes.contains(objectType)) {
                return;
            }
        }
        Set<Vertex> narrowed = new LinkedHashSet<>();
        state.at().forEach(start -> narrowed.addAll(narrowed(start, objectType)));
        WalkState.Element element = new WalkState.Element(objectType, true);
        if (narrowed.isEmpty()) {
            failures.add(new Failure(state, element, arrivals, state.labels()));
        } else {
            open(state.then(element, objectType, narrowed, state.labels(), state.contexts()));
        }
    }

    /// An interface object does not know the types it stands for: they are known only where a
    /// subgraph with the interface itself can be entered.
    private List<Vertex> narrowed(Vertex start, String objectType) {
        List<Vertex> reached = reachability.from(start);
        boolean known =
                reached.stream().anyMatch(v -> v.type.kind != LocalType.Kind.INTERFACE_OBJECT);
        List<Vertex> narrowed = new ArrayList<>();
        for (Vertex vertex : reached) {
            Vertex narrow = known && budget.spend() ? graph.narrow(vertex, objectType) : null;
            if (narrow != null) {
                narrowed.add(narrow);
            }
        }
        return narrowed;
    }
}
