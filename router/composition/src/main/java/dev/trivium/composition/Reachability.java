package dev.trivium.composition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers where fetches can go from a vertex without selecting a field of the client, and whether
/// the conditions on such moves hold.
///
/// A move by a key needs the key's fields, which other moves may bring, whose keys need fields in
/// turn; `@requires` likewise. These facts refer to each other in cycles, so they are not computed
/// by recursion but as the least fixpoint: every fact starts with nothing, is grown from the facts
/// it reads, and is grown again when one of those has grown. A fact never shrinks, so this ends,
/// and nothing holds only because it is assumed to hold.
final class Reachability {
    private static final String TYPENAME = "__typename";

    private final LocalGraph graph;
    private final Budget budget;
    private final Map<Vertex, Reach> reaches = new HashMap<>();
    private final Map<HoldsKey, Holds> conditions = new HashMap<>();
    private final Deque<Fact> pending = new ArrayDeque<>();
    private final List<Fact> unsettled = new ArrayList<>();
    private @Nullable Fact growing;

    private record HoldsKey(Vertex vertex, ConditionStep step) {}

    private abstract static sealed class Fact {
        final Set<Fact> readers = new LinkedHashSet<>();
        boolean queued = true;
        boolean settled;
    }

    /// The vertices that can be reached from one, itself first.
    private static final class Reach extends Fact {
        final List<Vertex> members = new ArrayList<>();
        final List<Vertex> neighbours;

        Reach(Vertex from, List<Vertex> neighbours) {
            members.add(from);
            this.neighbours = new ArrayList<>(neighbours);
        }
    }

    /// Whether one chain of a condition holds at a vertex.
    private static final class Holds extends Fact {
        final Vertex vertex;
        final ConditionStep step;
        boolean value;

        Holds(Vertex vertex, ConditionStep step) {
            this.vertex = vertex;
            this.step = step;
        }
    }

    Reachability(LocalGraph graph, Budget budget) {
        this.graph = graph;
        this.budget = budget;
    }

    /// The vertices that can be reached from one by keys and root types, itself first.
    List<Vertex> from(Vertex vertex) {
        Reach reach = reach(vertex);
        settle();
        return reach.members;
    }

    /// Whether a chain of a condition can be resolved from a vertex.
    boolean holds(Vertex vertex, ConditionStep step) {
        Holds condition = condition(vertex, step);
        settle();
        return condition.value;
    }

    private void settle() {
        if (growing != null) {
            throw new IllegalStateException("a fact asks for a settled fact");
        }
        for (Fact fact = pending.poll(); fact != null && budget.spend(); fact = pending.poll()) {
            fact.queued = false;
            growing = fact;
            boolean grown =
                    switch (fact) {
                        case Reach reach -> grow(reach);
                        case Holds condition -> grow(condition);
                    };
            growing = null;
            if (grown) {
                fact.readers.forEach(this::enqueue);
            }
        }
        for (Fact fact : unsettled) {
            fact.settled = true;
            fact.readers.clear();
        }
        unsettled.clear();
    }

    private void enqueue(Fact fact) {
        if (!fact.queued) {
            fact.queued = true;
            pending.add(fact);
        }
    }

    private Reach reach(Vertex vertex) {
        Reach reach = reaches.get(vertex);
        if (reach == null) {
            reach = new Reach(vertex, graph.neighbours(vertex));
            reaches.put(vertex, reach);
            begin(reach);
        }
        note(reach);
        return reach;
    }

    private Holds condition(Vertex vertex, ConditionStep step) {
        HoldsKey key = new HoldsKey(vertex, step);
        Holds condition = conditions.get(key);
        if (condition == null) {
            condition = new Holds(vertex, step);
            conditions.put(key, condition);
            begin(condition);
        }
        note(condition);
        return condition;
    }

    private void begin(Fact fact) {
        pending.add(fact);
        unsettled.add(fact);
    }

    private void note(Fact read) {
        if (growing != null && !read.settled) {
            read.readers.add(growing);
        }
    }

    private boolean grow(Reach reach) {
        int before = reach.members.size();
        boolean progress = true;
        while (progress) {
            progress = reach.neighbours.removeIf(to -> entered(reach, to));
        }
        return reach.members.size() > before;
    }

    private boolean entered(Reach reach, Vertex to) {
        if (budget.spend() && (to.type.root || hasOneKeyOf(reach, to.type))) {
            reach.members.add(to);
            return true;
        }
        return false;
    }

    private boolean hasOneKeyOf(Reach reach, LocalType target) {
        for (LocalType.Key key : target.keys) {
            if (key.resolvable()
                    && key.steps().stream().allMatch(step -> holdsAmong(reach, step))) {
                return true;
            }
        }
        return false;
    }

    private boolean grow(Holds condition) {
        if (condition.value) {
            return false;
        }
        condition.value = holdsAmong(reach(condition.vertex), condition.step);
        return condition.value;
    }

    private boolean holdsAmong(Reach reach, ConditionStep step) {
        List<Vertex> members = reach.members;
        for (int i = 0; i < members.size() && budget.spend(); i++) {
            if (holdsAt(members.get(i), step, i > 0)) {
                return true;
            }
        }
        return false;
    }

    /// @param entered whether the vertex was entered by a key, which serves again after a fetch of
    ///   what a field requires
    private boolean holdsAt(Vertex at, ConditionStep step, boolean entered) {
        if (step.cast()) {
            return castHolds(at, step);
        }
        if (step.name().equals(TYPENAME)) {
            return at.type.kind != LocalType.Kind.INTERFACE_OBJECT;
        }
        LocalType.Field field = at.type.fields.get(step.name());
        if (at.type.kind == LocalType.Kind.ABSTRACT) {
            return field != null && abstractFieldHolds(at, field, step);
        }
        return field != null
                && at.answers(field)
                && field.label() == null
                && field.contexts().isEmpty()
                && requirementsHold(at, field, entered)
                && belowHolds(at, field, step);
    }

    private boolean requirementsHold(Vertex at, LocalType.Field field, boolean entered) {
        if (field.requires().isEmpty()) {
            return true;
        }
        return ((entered && !at.type.keys.isEmpty()) || at.type.locallyKeyed)
                && field.requires().stream().allMatch(step -> condition(at, step).value);
    }

    private boolean belowHolds(Vertex at, LocalType.Field field, ConditionStep step) {
        if (step.next() == null) {
            return true;
        }
        Vertex tail = graph.tail(at, field);
        return tail != null && condition(tail, step.next()).value;
    }

    private boolean abstractFieldHolds(Vertex at, LocalType.Field field, ConditionStep step) {
        if (graph.answersForAll(at, field.name()) && belowHolds(at, field, step)) {
            return true;
        }
        return forAllRuntimeTypes(at, at.type.runtimeTypes, step);
    }

    private boolean castHolds(Vertex at, ConditionStep cast) {
        ConditionStep next = cast.next();
        if (next == null) {
            return true;
        }
        if (at.type.name.equals(cast.name())) {
            return condition(at, next).value;
        }
        Set<String> matching = new LinkedHashSet<>(graph.runtimeTypes(cast.name()));
        matching.retainAll(at.type.runtimeTypes);
        return forAllRuntimeTypes(at, matching, next);
    }

    private boolean forAllRuntimeTypes(Vertex at, Set<String> objectTypes, ConditionStep next) {
        for (String objectType : objectTypes) {
            Vertex narrowed = graph.narrow(at, objectType);
            if (narrowed == null || !condition(narrowed, next).value) {
                return false;
            }
        }
        return !objectTypes.isEmpty();
    }
}
