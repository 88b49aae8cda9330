package dev.trivium.planner;

import dev.trivium.planner.GraphType.EntityKey;
import dev.trivium.planner.GraphType.FieldSet;
import dev.trivium.planner.Position.Demand;
import dev.trivium.planner.Position.DirectState;
import dev.trivium.planner.Position.FieldUse;
import dev.trivium.planner.Position.Frame;
import dev.trivium.planner.Position.Guard;
import dev.trivium.planner.Position.HopState;
import dev.trivium.planner.Position.KeyOption;
import dev.trivium.planner.Position.Via;
import dev.trivium.planner.Position.Way;
import dev.trivium.planner.Reach.Provision;
import dev.trivium.planner.Reach.Source;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.Condition.Literal;
import dev.trivium.planner.plan.Fetch.PathStep;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Descends a selection tree once and finds, for every leaf, all ways to it.
final class Candidates {
    /// Hops that need hops that need hops: deeper than any supergraph that makes sense.
    private static final int MAX_NESTING = 24;

    private final QueryGraph graph;
    private final Reaches reaches;
    private final Paths paths;
    private final Budget budget;

    Candidates(QueryGraph graph, Reaches reaches, Paths paths, Budget budget) {
        this.graph = graph;
        this.reaches = reaches;
        this.paths = paths;
        this.budget = budget;
    }

    Position root(GraphType type, KeyScope scope) {
        Position root =
                new Position(Paths.ROOT, scope, type.possible(), false, Position.Frame.ROOT);
        for (int subgraph = 0; subgraph < graph.subgraphs(); subgraph++) {
            BitSet possible = type.possibleIn().get(subgraph);
            if (possible != null) {
                root.direct.add(
                        new DirectState(root, subgraph, QueryGraph.NO_VIEW, possible, false, null));
            }
        }
        addReaches(root);
        return root;
    }

    /// Adds a demand for every leaf that the client's selections lead to.
    void addDemands(Position at, List<NormalizedField> fields, List<Demand> demands) {
        Gate gate = Gate.open(carried(at, fields));
        String missing = addDemands(at, fields, gate, false, demands);
        if (missing != null) {
            budget.fail(
                    Planner.NO_PLAN_FOUND,
                    "No subgraph that can be reached serves " + missing + ".");
        }
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
        List<NormalizedField> fields = new ArrayList<>();
        if (key.typename() == null || !at.hidesTypes()) {
            fields.add(typename(state.object));
        }
        key.fields().fields().stream().filter(it -> !fields.contains(it)).forEach(fields::add);
        if (requires != null) {
            requires.fields().stream().filter(it -> !fields.contains(it)).forEach(fields::add);
        }
        Gate gate = Gate.before(hop.rank(), hop.subgraph(), requires != null);
        List<Demand> needs = new ArrayList<>();
        List<NormalizedField> own =
                fields.stream()
                        .filter(it -> it.onTypes().contains(graph.objectName(state.object)))
                        .toList();
        if (addFields(at, own, gate, true, needs) == null && addGuards(at, needs)) {
            options.add(new KeyOption(key, needs));
        }
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
        NormalizedField field =
                new NormalizedField(
                        NormalizedField.TYPENAME,
                        NormalizedField.TYPENAME,
                        List.of(),
                        graph.names(types),
                        Condition.ALWAYS,
                        List.of());
        return addFields(at, List.of(field), Gate.open(Set.of()), internal, demands);
    }

    private NormalizedField typename(int object) {
        return new NormalizedField(
                NormalizedField.TYPENAME,
                NormalizedField.TYPENAME,
                List.of(),
                List.of(graph.objectName(object)),
                Condition.ALWAYS,
                List.of());
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
                                                graph.numbers(it.onTypes()), at.types)));
    }

    private @Nullable String addFields(
            Position at,
            List<NormalizedField> fields,
            Gate gate,
            boolean internal,
            List<Demand> demands) {
        for (NormalizedField field : fields) {
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
        Condition held = and(at.held, use.condition());
        for (var group : classes(at, field, types, gate).entrySet()) {
            BitSet classTypes = group.getValue();
            GraphType example = graph.object(classTypes.nextSetBit(0));
            List<Way> ways = ways(at, classTypes, group.getKey());
            if (ways.isEmpty()) {
                return example.name() + "." + field.name();
            }
            if (field.isTypename() || !example.field(field.name()).composite()) {
                demands.add(new Demand(at, use, classTypes, ways, held));
                continue;
            }
            int before = demands.size();
            Position child = child(at, use, classTypes, ways, held, internal);
            if (!internal) {
                child.scope.serve(child.types);
            }
            Gate below = Gate.open(internal ? Set.of() : carried(child, field.selections()));
            String missing = addDemands(child, field.selections(), below, internal, demands);
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
                for (int s = 0; of != null && s < graph.subgraphs(); s++) {
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
                        .map(state -> new Way(List.of(state), QueryGraph.NO_VIEW))
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
                            reach == null
                                    ? List.of()
                                    : reaches.provisions(reach, field.name(), gate);
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

    private List<Way> ways(Position at, BitSet types, List<Provision> provisions) {
        List<Provision> limited =
                provisions.subList(0, Math.min(provisions.size(), budget.maxWays()));
        List<Way> ways = new ArrayList<>(limited.size());
        for (Provision provision : limited) {
            List<Position.State> states = new ArrayList<>();
            if (provision.isDirect()) {
                at.direct.stream()
                        .filter(it -> it.subgraph() == provision.subgraph())
                        .filter(it -> it.view == provision.view())
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
            ways.add(new Way(states, provision.viewBelow()));
        }
        return ways;
    }

    private Position child(
            Position at,
            FieldUse use,
            BitSet types,
            List<Way> ways,
            Condition held,
            boolean internal) {
        budget.position();
        SequencedMap<Source, List<Way>> parents = new TreeMap<>();
        for (Way way : ways) {
            parents.computeIfAbsent(
                            new Source(way.subgraph(), way.viewBelow()), _ -> new ArrayList<>())
                    .add(way);
        }
        SequencedMap<Source, BitSet> possible = new LinkedHashMap<>();
        parents.keySet().forEach(it -> possible.put(it, possible(types, use, it.subgraph())));
        boolean everyType = types.equals(at.types);
        List<String> stepTypes = everyType ? List.of() : graph.names(types);
        Guard guard = everyType || !at.hidesTypes() ? at.guard : new Guard(at, types);
        Position child =
                new Position(
                        paths.below(at.path, new PathStep(use.planKey(), stepTypes)),
                        at.scope.below(use.planKey()),
                        common(parents, possible),
                        isAbstract(types, use),
                        new Frame(internal, internal ? at.nesting + 1 : at.nesting, held, guard));
        possible.forEach((source, there) -> {
            DirectState state =
                    new DirectState(
                            child,
                            source.subgraph(),
                            source.view(),
                            there,
                            graph.isHidden(there, source.subgraph()),
                            new Via(use, types));
            state.parents.addAll(parents.getOrDefault(source, List.of()));
            child.direct.add(state);
        });
        addReaches(child);
        return child;
    }

    private BitSet possible(BitSet types, FieldUse use, int subgraph) {
        BitSet possible = new BitSet();
        types.stream()
                .mapToObj(type -> graph.object(type).field(use.name()).typeIn(subgraph))
                .map(name -> graph.type(name).possibleIn().get(subgraph))
                .forEach(there -> {
                    if (there != null) {
                        possible.or(there);
                    }
                });
        return possible;
    }

    private boolean isAbstract(BitSet types, FieldUse use) {
        List<GraphType> valueTypes =
                types.stream()
                        .mapToObj(type -> graph.object(type).field(use.name()).type().namedType())
                        .distinct()
                        .map(graph::type)
                        .toList();
        return valueTypes.size() > 1 || valueTypes.getFirst().isAbstract();
    }

    /// The runtime types that every subgraph knows which can answer without a detour: whichever of
    /// them is asked, an object that all of them agree on has one of these types.
    private static BitSet common(Map<Source, List<Way>> parents, Map<Source, BitSet> possible) {
        long cheapest =
                parents.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(Way::cost)
                        .min()
                        .orElse(0);
        BitSet common = new BitSet();
        boolean first = true;
        for (var entry : parents.entrySet()) {
            if (entry.getValue().stream().anyMatch(it -> it.cost() == cheapest)) {
                BitSet there = possible.getOrDefault(entry.getKey(), common);
                if (first) {
                    common.or(there);
                } else {
                    common.and(there);
                }
                first = false;
            }
        }
        return common;
    }

    private void addReaches(Position position) {
        position.types.stream()
                .forEach(type -> {
                    List<Source> sources =
                            position.direct.stream()
                                    .filter(state -> state.possible.get(type))
                                    .map(it -> new Source(it.subgraph(), it.view))
                                    .sorted()
                                    .toList();
                    position.reaches.put(type, reaches.reach(type, sources));
                });
    }

    private static Condition and(Condition one, Condition other) {
        if (other.isAlways()) {
            return one;
        }
        Set<Literal> literals = new LinkedHashSet<>(one.literals());
        literals.addAll(other.literals());
        return new Condition(List.copyOf(literals));
    }
}
