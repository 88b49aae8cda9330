package dev.trivium.planner;

import dev.trivium.language.Argument;
import dev.trivium.planner.GraphType.EntityKey;
import dev.trivium.planner.Reach.Source;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.Fetch.ContextSource;
import dev.trivium.supergraph.SupergraphType.ContextArgument;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A place in the merged tree, and the ways to be there.
///
/// Where fields of several runtime types have different ways, each class of runtime types has a
/// position of its own. What a hop needs has positions of its own, too; they share the path, and so
/// the fetches, with those that the client's selections lead to.
final class Position {
    private record HopKey(int object, Reach.Hop hop) {}

    final int path;
    final KeyScope scope;
    final BitSet types;
    final boolean isAbstract;

    /// Null for the root.
    final @Nullable Parent parent;

    /// Whether only the planner asks for something here.
    final boolean internal;

    /// How many hops need each other on the way here.
    final int nesting;

    /// What holds wherever this position exists.
    final Condition held;

    /// The position whose objects' types decide whether this one exists, or null. Where nobody
    /// above tells types late, it is null too.
    final @Nullable Guard guard;

    /// The number of the deferred part that this is for; 0 for what is not deferred. Parts share no
    /// fetches.
    final int part;

    final List<DirectState> direct = new ArrayList<>();
    final Map<Integer, Reach> reaches = new HashMap<>();
    private final Map<HopKey, HopState> hops = new HashMap<>();

    Position(int path, KeyScope scope, BitSet types, boolean isAbstract, Frame frame) {
        this.path = path;
        this.scope = scope;
        this.types = types;
        this.isAbstract = isAbstract;
        this.parent = frame.parent();
        this.internal = frame.internal();
        this.nesting = frame.nesting();
        this.held = frame.held();
        this.guard = frame.guard();
        this.part = frame.part();
    }

    /// What holds for a position and for all below it.
    record Frame(
            @Nullable Parent parent,
            boolean internal,
            int nesting,
            Condition held,
            @Nullable Guard guard,
            int part) {}

    /// The position of the enclosing objects.
    ///
    /// @param types those of them that lead on
    record Parent(Position position, BitSet types) {}

    /// Types at a position that are known only once an entity fetch has told them.
    ///
    /// @param types those that lead on
    record Guard(Position position, BitSet types) {}

    /// Whether objects may come from a subgraph that cannot tell their types.
    boolean hidesTypes() {
        return direct.stream().anyMatch(state -> state.hidden);
    }

    HopState hop(int object, Reach.Hop hop) {
        return hops.computeIfAbsent(
                new HopKey(object, hop), key -> new HopState(this, key.object(), key.hop()));
    }

    long cheapestDirect() {
        return direct.stream().mapToLong(DirectState::cost).min().orElse(0);
    }

    /// Being at a position in a {@link Facets facet} of a subgraph.
    sealed interface State {
        Position position();

        int facet();

        /// A first guess at the cost of being there.
        long cost();
    }

    /// Through the field that leads to the position.
    static final class DirectState implements State {
        private final Position position;
        final Source source;

        /// The runtime types that the facet can return.
        final BitSet possible;

        /// Whether the facet cannot tell which of them an object has.
        final boolean hidden;

        /// Null for the root.
        final @Nullable Via via;

        /// From where the field can be taken; empty for the root.
        final List<Way> parents = new ArrayList<>();

        private long cost = -1;

        DirectState(
                Position position,
                Source source,
                BitSet possible,
                boolean hidden,
                @Nullable Via via) {
            this.position = position;
            this.source = source;
            this.possible = possible;
            this.hidden = hidden;
            this.via = via;
        }

        @Override
        public Position position() {
            return position;
        }

        @Override
        public int facet() {
            return source.facet();
        }

        @Override
        public long cost() {
            if (cost < 0) {
                cost = parents.stream().mapToLong(Way::cost).min().orElse(0);
            }
            return cost;
        }
    }

    /// A field that leads to a position.
    ///
    /// @param types the runtime types of the objects that have the field
    record Via(FieldUse field, BitSet types) {}

    /// Through an entity fetch, for objects of one type.
    static final class HopState implements State {
        private final Position position;
        final int object;
        final Reach.Hop hop;

        /// Null until they are asked for.
        @Nullable List<KeyOption> options;

        HopState(Position position, int object, Reach.Hop hop) {
            this.position = position;
            this.object = object;
            this.hop = hop;
        }

        @Override
        public Position position() {
            return position;
        }

        @Override
        public int facet() {
            return hop.facet();
        }

        @Override
        public long cost() {
            return position.cheapestDirect() + Choice.REQUEST * hop.rank();
        }
    }

    /// A key to enter a subgraph with.
    ///
    /// @param typed whether only objects of a known type may be sent
    /// @param needs the fields of the representation, and of contexts
    record KeyOption(
            EntityKey key, boolean typed, List<Demand> needs, List<ContextRead> contexts) {}

    /// An argument that is filled from objects above the entity.
    ///
    /// @param sources of the values, the nearest first
    record ContextRead(ContextArgument argument, List<ContextSource> sources) {}

    /// States that serve a field together: a direct one, or a hop for each runtime type.
    ///
    /// @param below where the field's value is
    /// @param contexts the arguments of the field that the router fills
    record Way(List<State> states, Source below, List<ContextArgument> contexts) {
        Way {
            states = List.copyOf(states);
        }

        int facet() {
            return states.getFirst().facet();
        }

        long cost() {
            return states.stream().mapToLong(State::cost).max().orElse(0);
        }
    }

    /// A field as it is to be fetched.
    record FieldUse(String planKey, String name, List<Argument> arguments, Condition condition) {}

    /// A leaf to be fetched for objects of some types.
    ///
    /// @param types the runtime types of the objects; each way serves all of them
    /// @param held all of what holds when the leaf is asked for
    record Demand(Position position, FieldUse use, BitSet types, List<Way> ways, Condition held) {
        boolean isTypename() {
            return use.name().equals(NormalizedField.TYPENAME);
        }
    }
}
