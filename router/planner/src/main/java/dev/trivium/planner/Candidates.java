package dev.trivium.planner;

import dev.trivium.planner.GraphType.EntityKey;
import dev.trivium.planner.GraphType.FieldSet;
import dev.trivium.planner.NormalizedField.Defer;
import dev.trivium.planner.Position.ContextRead;
import dev.trivium.planner.Position.Demand;
import dev.trivium.planner.Position.DirectState;
import dev.trivium.planner.Position.FieldUse;
import dev.trivium.planner.Position.Guard;
import dev.trivium.planner.Position.HopState;
import dev.trivium.planner.Position.KeyOption;
import dev.trivium.planner.Position.State;
import dev.trivium.planner.Position.Way;
import dev.trivium.planner.Reach.Provision;
import dev.trivium.planner.plan.Condition;
import dev.trivium.supergraph.SupergraphType.ContextArgument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Descends a selection tree once and finds, for every leaf, all ways to it.
final class Candidates {
    /// Hops that need hops that need hops: deeper than any supergraph that makes sense.
    private static final int MAX_NESTING = 24;

    private final QueryGraph graph;
    private final Reaches reaches;
    private final Positions positions;
    private final Budget budget;
    private final ContextReads contexts;
    private final Deque<Postponed> postponed = new ArrayDeque<>();

    /// Fields in a fragment with `@defer`.
    private record Postponed(Position at, Defer defer, List<NormalizedField> fields) {}

    Candidates(QueryGraph graph, Reaches reaches, Paths paths, Budget budget) {
        this.graph = graph;
        this.reaches = reaches;
        this.positions = new Positions(graph, reaches, paths);
        this.budget = budget;
        this.contexts = new ContextReads(graph, this::addInternal);
    }

    /// The number of the subgraph that is asked in a state.
    int subgraph(State state) {
        return graph.subgraph(state.facet());
    }

    /// Adds what only the planner asks for.
    ///
    /// @return whether all of it can be fetched
    private boolean addInternal(Position at, List<NormalizedField> fields, List<Demand> needs) {
        return addFields(at, fields, Gate.OPEN, true, needs) == null;
    }

    /// Adds a demand for every leaf that the client's selections lead to; those of deferred
    /// fragments follow the others.
    void addDemands(
            GraphType root, KeyScope scope, List<NormalizedField> fields, List<Demand> demands) {
        String missing = findDemands(positions.root(root, scope, 0), fields, demands);
        if (missing != null) {
            budget.fail(
                    Planner.NO_PLAN_FOUND,
                    "No subgraph that can be reached serves " + missing + ".");
        }
    }

    /// The same where only one facet is asked for the root fields.
    ///
    /// @return whether that serves them all, with what can be reached from there
    boolean addDemands(
            GraphType root,
            KeyScope scope,
            int facet,
            List<NormalizedField> fields,
            List<Demand> demands) {
        Position position = positions.root(root, scope, 0);
        position.direct.removeIf(it -> it.facet() != facet);
        positions.addReaches(position);
        return findDemands(position, fields, demands) == null;
    }

    /// @return the first field that nobody serves, or null
    private @Nullable String findDemands(
            Position root, List<NormalizedField> fields, List<Demand> demands) {
        postponed.clear();
        String missing = addClient(root, fields, false, demands);
        while (missing == null && !postponed.isEmpty() && !budget.exhausted()) {
            Postponed next = postponed.remove();
            Position again = positions.again(next.at(), next.defer().number());
            missing = addClient(again, next.fields(), again.path != Paths.ROOT, demands);
        }
        return missing;
    }

    /// @param again whether the position is left to come back by an entity fetch
    private @Nullable String addClient(
            Position at, List<NormalizedField> fields, boolean again, List<Demand> demands) {
        List<NormalizedField> now = fields;
        if (fields.stream().anyMatch(it -> it.defer() != null)) {
            now = fields.stream().filter(it -> it.defer() == null).toList();
            postpone(at, fields);
        }
        String missing = addDemands(at, now, new Gate(carried(at, now), again), false, demands);
        return missing == null && !needsTypes(at, now) && partsDiffer(at, fields)
                ? addTypename(at, at.types, false, demands)
                : missing;
    }

    /// Whether it depends on the types of objects which parts follow, or what they hold. The types
    /// are to be known with the objects then, though no subgraph tells them there.
    private boolean partsDiffer(Position at, List<NormalizedField> fields) {
        List<NormalizedField> deferred = fields.stream().filter(it -> it.defer() != null).toList();
        return needsTypes(at, deferred)
                || (at.isAbstract
                        && at.hidesTypes()
                        && deferred.stream().anyMatch(NormalizedField::isTypename));
    }

    private void postpone(Position at, List<NormalizedField> fields) {
        SequencedMap<Defer, List<NormalizedField>> deferred = new LinkedHashMap<>();
        for (NormalizedField field : fields) {
            Defer defer = field.defer();
            if (defer != null) {
                deferred.computeIfAbsent(defer, _ -> new ArrayList<>()).add(field.withoutDefer());
            }
        }
        deferred.forEach((defer, own) -> {
            // What is there anyway is not fetched again.
            List<NormalizedField> rest =
                    own.stream()
                            .filter(it -> !it.selections().isEmpty() || !fields.contains(it))
                            .toList();
            postponed.add(new Postponed(at, defer, rest));
        });
    }

    /// What a hop needs, for each of its keys.
    List<KeyOption> options(HopState state) {
        List<KeyOption> options = state.options;
        if (options == null) {
            options = new ArrayList<>();
            if (state.position().nesting < MAX_NESTING) {
                List<EntityKey> keys = state.hop.keys();
                for (EntityKey key : keys.subList(0, Math.min(keys.size(), budget.maxWays()))) {
                    addOption(state, key, options);
                }
            }
            state.options = options;
        }
        return options;
    }

    private void addOption(HopState state, EntityKey key, List<KeyOption> options) {
        Position at = state.position();
        Reach.Hop hop = state.hop;
        FieldSet requires = hop.requires();
        SequencedSet<NormalizedField> fields = new LinkedHashSet<>(key.fields().fields());
        if (requires != null) {
            fields.addAll(requires.fields());
        }
        boolean covered =
                at.direct.stream()
                        .filter(it -> it.possible.get(state.object))
                        .allMatch(it -> graph.covers(key, it.facet()));
        boolean typed =
                key.typename() == null || !at.hidesTypes() || !covered || differ(fields, at.types);
        if (typed) {
            fields.addFirst(NormalizedField.typename(List.of(graph.objectName(state.object))));
        }
        List<Demand> needs = new ArrayList<>();
        List<NormalizedField> own = own(at, fields, graph.objectName(state.object));
        List<ContextRead> reads = new ArrayList<>();
        if (addFields(at, own, hop.gate(), true, needs) == null
                && addGuards(at, needs)
                && addContexts(state, reads, needs)) {
            options.add(new KeyOption(key, typed, needs, reads));
        }
    }

    /// What is needed of objects of one type. Where nobody tells the types of objects, all of them
    /// are asked for it.
    private static List<NormalizedField> own(
            Position at, Collection<NormalizedField> fields, String object) {
        return fields.stream()
                .filter(it -> it.onTypes().contains(object))
                .map(it -> at.hidesTypes() ? it : it.of(object))
                .toList();
    }

    /// Whether types have fields that cannot share a key, so that what is sent depends on the type.
    private boolean differ(Collection<NormalizedField> fields, BitSet types) {
        return fields.stream()
                .anyMatch(field ->
                        types.stream()
                                        .mapToObj(it -> graph.object(it).fields().get(field.name()))
                                        .filter(Objects::nonNull)
                                        .map(GraphField::shape)
                                        .distinct()
                                        .count()
                                > 1);
    }

    /// @return false where a context is not set
    private boolean addContexts(HopState state, List<ContextRead> reads, List<Demand> needs) {
        FieldSet requires = state.hop.requires();
        if (requires != null) {
            for (ContextArgument argument : requires.contexts()) {
                ContextRead read = contexts.read(state.position(), argument, needs);
                if (read == null) {
                    return false;
                }
                reads.add(read);
            }
        }
        return true;
    }

    /// Adds what tells whether there is an object to be fetched.
    ///
    /// @return false where that cannot be told
    private boolean addGuards(Position at, List<Demand> needs) {
        for (Guard guard = at.guard; guard != null; guard = guard.position().guard) {
            String missing = addTypename(guard.position(), guard.types(), true, needs);
            if (missing != null) {
                return false;
            }
        }
        return true;
    }

    private @Nullable String addTypename(
            Position at, BitSet types, boolean internal, List<Demand> demands) {
        NormalizedField field = NormalizedField.typename(graph.names(types));
        return addFields(at, List.of(field), Gate.OPEN, internal, demands);
    }

    /// @param internal whether the planner asks, for a representation
    /// @return the first field that nobody serves, or null
    private @Nullable String addDemands(
            Position at,
            List<NormalizedField> fields,
            Gate gate,
            boolean internal,
            List<Demand> demands) {
        String missing = addFields(at, fields, gate, internal, demands);
        return missing == null && needsTypes(at, fields)
                ? addTypename(at, at.types, internal, demands)
                : missing;
    }

    /// Whether types that no subgraph tells with the objects matter: to the client, who wants other
    /// fields of each, or to a subgraph that is sent such an object.
    private boolean needsTypes(Position at, List<NormalizedField> fields) {
        return at.isAbstract
                && at.hidesTypes()
                && (at.internal
                        || fields.stream()
                                .anyMatch(it ->
                                        !Selections.containsAll(
                                                graph.numbers(it.onTypes()),
                                                graph.accessible(at.types))));
    }

    private @Nullable String addFields(
            Position at,
            List<NormalizedField> fields,
            Gate gate,
            boolean internal,
            List<Demand> demands) {
        for (NormalizedField field : fields) {
            if (field.isTypename() && !internal && !at.isAbstract) {
                // The response says it without being told.
                continue;
            }
            BitSet types = graph.numbers(field.onTypes());
            types.and(at.types);
            for (var group : graph.byShape(field, types).entrySet()) {
                String planKey =
                        internal
                                ? at.scope.internal(field, group.getKey())
                                : at.scope.client(field, group.getKey());
                FieldUse use =
                        new FieldUse(planKey, field.name(), field.arguments(), field.condition());
                String missing =
                        addDemands(at, field, use, group.getValue(), gate, internal, demands);
                if (missing != null || budget.exhausted()) {
                    return missing;
                }
            }
        }
        return null;
    }

    private @Nullable String addDemands(
            Position at,
            NormalizedField field,
            FieldUse use,
            BitSet types,
            Gate gate,
            boolean internal,
            List<Demand> demands) {
        Condition held = at.held.and(use.condition());
        for (var group : classes(at, field, types, gate).entrySet()) {
            BitSet classTypes = group.getValue();
            GraphType example = graph.object(classTypes.nextSetBit(0));
            List<Way> ways = ways(at, field, classTypes, group.getKey());
            if (ways.isEmpty()) {
                return example.name() + "." + field.name();
            }
            if (field.isTypename() || !example.field(field.name()).composite()) {
                demands.add(new Demand(at, use, classTypes, ways, held));
                continue;
            }
            int before = demands.size();
            budget.position();
            Position child = positions.below(at, use, classTypes, ways, held, internal);
            String missing;
            if (internal) {
                missing = addDemands(child, field.selections(), Gate.OPEN, true, demands);
            } else {
                child.scope.serve(child.types);
                boolean again = gate.again() && isDirect(ways);
                missing = addClient(child, field.selections(), again, demands);
            }
            if (missing != null) {
                return missing;
            }
            if (demands.size() == before) {
                demands.add(existence(child));
            }
        }
        return null;
    }

    /// The field sets of `@requires` that the selected fields need in some subgraph.
    private Set<String> carried(Position at, List<NormalizedField> fields) {
        Set<String> carried = new LinkedHashSet<>();
        for (NormalizedField field : fields) {
            BitSet types = graph.numbers(field.onTypes());
            types.and(at.types);
            for (int i = types.nextSetBit(0); i >= 0; i = types.nextSetBit(i + 1)) {
                GraphField of = graph.object(i).fields().get(field.name());
                for (int s = 0; of != null && s < graph.facets(); s++) {
                    FieldSet requires = of.in().get(s) == null ? null : graph.requires(of, i, s);
                    if (requires != null) {
                        carried.add(requires.text());
                    }
                }
            }
        }
        return carried;
    }

    /// The demand that an object of which nothing is selected be there.
    private static Demand existence(Position position) {
        List<Way> ways =
                position.direct.stream()
                        .map(state -> new Way(List.of(state), state.source, List.of()))
                        .toList();
        FieldUse typename =
                new FieldUse(
                        NormalizedField.TYPENAME,
                        NormalizedField.TYPENAME,
                        List.of(),
                        Condition.ALWAYS);
        return new Demand(position, typename, position.types, ways, position.held);
    }

    /// The runtime types by the ways to their field. Where the subgraphs that the objects come from
    /// serve the field for all types, the types are not told apart.
    private Map<List<Provision>, BitSet> classes(
            Position at, NormalizedField field, BitSet types, Gate gate) {
        SequencedMap<List<Provision>, BitSet> classes = new LinkedHashMap<>();
        types.stream()
                .forEach(type -> {
                    Reach reach = at.reaches.get(type);
                    List<Provision> provisions =
                            reach == null ? List.of() : provisions(reach, field.name(), gate);
                    classes.computeIfAbsent(provisions, _ -> new BitSet()).set(type);
                });
        if (classes.size() > 1) {
            Set<Provision> common = new LinkedHashSet<>(classes.firstEntry().getKey());
            classes.keySet().forEach(common::retainAll);
            boolean allDirect =
                    classes.keySet().stream()
                            .flatMap(List::stream)
                            .allMatch(it -> !it.isDirect() || common.contains(it));
            if (allDirect && common.stream().anyMatch(Provision::isDirect)) {
                return Map.of(List.copyOf(common), types);
            }
        }
        return classes;
    }

    /// Values without a key cannot be fetched again: they come with their parent.
    private List<Provision> provisions(Reach reach, String field, Gate gate) {
        List<Provision> found = reaches.provisions(reach, field, gate);
        return found.isEmpty() && gate.again()
                ? reaches.provisions(reach, field, gate.withoutAgain())
                : found;
    }

    private static boolean isDirect(List<Way> ways) {
        return ways.stream().anyMatch(it -> it.states().getFirst() instanceof DirectState);
    }

    private List<Way> ways(
            Position at, NormalizedField field, BitSet types, List<Provision> provisions) {
        GraphType example = graph.object(types.nextSetBit(0));
        List<Provision> limited =
                provisions.subList(0, Math.min(provisions.size(), budget.maxWays()));
        List<Way> ways = new ArrayList<>(limited.size());
        for (Provision provision : limited) {
            List<State> states = new ArrayList<>();
            if (provision.isDirect()) {
                at.direct.stream()
                        .filter(it -> it.facet() == provision.facet())
                        .filter(it -> it.source.view() == provision.view())
                        .forEach(states::add);
            } else {
                types.stream()
                        .forEach(type -> {
                            Reach reach = at.reaches.get(type);
                            if (reach != null) {
                                states.add(at.hop(type, reach.hop(provision)));
                            }
                        });
            }
            FieldSet sent = graph.sent(example, field.name(), provision.facet());
            List<ContextArgument> filled = sent == null ? List.of() : sent.contexts();
            ways.add(new Way(states, provision.below(), filled));
        }
        return ways;
    }
}
