package dev.trivium.planner;

import dev.trivium.planner.Position.DirectState;
import dev.trivium.planner.Position.FieldUse;
import dev.trivium.planner.Position.Frame;
import dev.trivium.planner.Position.Guard;
import dev.trivium.planner.Position.Parent;
import dev.trivium.planner.Position.Via;
import dev.trivium.planner.Position.Way;
import dev.trivium.planner.Reach.Source;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.Fetch.PathStep;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Makes the positions of the merged tree, with the direct ways to be there.
final class Positions {
    private final QueryGraph graph;
    private final Reaches reaches;
    private final Paths paths;

    Positions(QueryGraph graph, Reaches reaches, Paths paths) {
        this.graph = graph;
        this.reaches = reaches;
        this.paths = paths;
    }

    /// @param part the deferred part that starts here, or 0
    Position root(GraphType type, KeyScope scope, int part) {
        Frame frame = new Frame(null, false, 0, Condition.ALWAYS, null, part);
        Position root = new Position(Paths.ROOT, scope, type.possible(), false, frame);
        for (int facet = 0; facet < graph.facets(); facet++) {
            BitSet possible = type.possibleIn().get(facet);
            if (possible != null) {
                Source source = new Source(facet, QueryGraph.NO_VIEW);
                root.direct.add(new DirectState(root, source, possible, false, null));
            }
        }
        addReaches(root);
        return root;
    }

    /// The same place for a deferred part, which enters subgraphs anew.
    Position again(Position at, int part) {
        if (at.path == Paths.ROOT) {
            return root(graph.object(at.types.nextSetBit(0)), at.scope, part);
        }
        Frame frame = new Frame(at.parent, at.internal, at.nesting, at.held, at.guard, part);
        Position again = new Position(at.path, at.scope, at.types, at.isAbstract, frame);
        again.direct.addAll(at.direct);
        again.reaches.putAll(at.reaches);
        return again;
    }

    /// The position of the value of a field.
    ///
    /// @param ways to the field, for objects of some types at a position
    Position below(
            Position at,
            FieldUse use,
            BitSet types,
            List<Way> ways,
            Condition held,
            boolean internal) {
        SequencedMap<Source, List<Way>> parents = new TreeMap<>();
        for (Way way : ways) {
            parents.computeIfAbsent(way.below(), _ -> new ArrayList<>()).add(way);
        }
        SequencedMap<Source, BitSet> possible = new LinkedHashMap<>();
        parents.forEach((source, from) -> possible.put(source, possible(types, use, from)));
        boolean everyType = Selections.containsAll(types, graph.accessible(at.types));
        List<String> stepTypes = everyType ? List.of() : graph.names(types);
        Guard guard = everyType || !at.hidesTypes() ? at.guard : new Guard(at, types);
        Position child =
                new Position(
                        paths.below(at.path, new PathStep(use.planKey(), stepTypes)),
                        at.scope.below(use.planKey()),
                        common(parents, possible),
                        isAbstract(types, use),
                        new Frame(
                                new Parent(at, types),
                                internal,
                                internal ? at.nesting + 1 : at.nesting,
                                held,
                                guard,
                                at.part));
        possible.forEach((source, there) -> {
            DirectState state =
                    new DirectState(
                            child,
                            source,
                            there,
                            graph.isHidden(there, source.facet()),
                            new Via(use, types));
            state.parents.addAll(parents.getOrDefault(source, List.of()));
            child.direct.add(state);
        });
        addReaches(child);
        return child;
    }

    /// The runtime types that a value can have whichever way leads to it.
    private BitSet possible(BitSet types, FieldUse use, List<Way> ways) {
        BitSet possible = possible(types, use, ways.getFirst().facet());
        ways.forEach(way -> possible.and(possible(types, use, way.facet())));
        return possible;
    }

    private BitSet possible(BitSet types, FieldUse use, int facet) {
        BitSet possible = new BitSet();
        types.stream()
                .mapToObj(type -> graph.object(type).field(use.name()))
                .forEach(field -> possible.or(graph.possible(field, facet)));
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

    /// Finds what can be reached from where the objects are known.
    void addReaches(Position position) {
        position.types.stream()
                .forEach(type -> {
                    List<Source> sources =
                            position.direct.stream()
                                    .filter(state -> state.possible.get(type))
                                    .map(it -> it.source)
                                    .sorted()
                                    .toList();
                    position.reaches.put(type, reaches.reach(type, sources));
                });
    }
}
