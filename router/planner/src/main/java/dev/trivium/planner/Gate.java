package dev.trivium.planner;

import java.util.Set;

/// Which ways to a field are open.
///
/// What a hop needs must not need the hop. And a hop that carries the fields of a `@requires` along
/// serves every field of its subgraph, but it is a way only to those that need it, and to their
/// neighbours: for others it is a detour. What is deferred comes by hops only, if need be back to
/// the subgraph that the object comes from.
///
/// @param belowRank hops of this and higher ranks are closed
/// @param except a subgraph that is closed, or -1
/// @param carried the field sets of `@requires` that neighbours need
/// @param again whether sources are closed, and hops back to them open
record Gate(int belowRank, int except, Set<String> carried, boolean again) {

    /// All hops are open that carry nothing.
    static final Gate OPEN = new Gate(Set.of(), false);

    /// All hops are open.
    Gate(Set<String> carried, boolean again) {
        this(Integer.MAX_VALUE, -1, carried, again);
    }

    /// The ways to what a hop needs. To fetch the key of a subgraph from itself leads nowhere; to
    /// fetch what its `@requires` needs may start there.
    static Gate before(int rank, int facet, boolean requires) {
        return new Gate(rank, requires ? -1 : facet, Set.of(), false);
    }

    Gate withoutAgain() {
        return new Gate(belowRank, except, carried, false);
    }

    boolean lets(Reach.Hop hop) {
        return hop.rank() < belowRank && hop.facet() != except;
    }

    boolean lets(Reach.Source source) {
        return source.facet() != except && !again;
    }
}
