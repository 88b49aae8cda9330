package dev.trivium.planner;

/// Which ways to a field are open: what a hop needs must not need the hop.
///
/// @param belowRank hops of this and higher ranks are closed
/// @param except a subgraph that is closed, or -1
record Gate(int belowRank, int except) {
    static final Gate OPEN = new Gate(Integer.MAX_VALUE, -1);

    /// The ways to what a hop needs. To fetch the key of a subgraph from itself leads nowhere; to
    /// fetch what its `@requires` needs may start there.
    static Gate before(int rank, int subgraph, boolean requires) {
        return new Gate(rank, requires ? -1 : subgraph);
    }

    boolean lets(Reach.Hop hop) {
        return hop.rank() < belowRank && hop.subgraph() != except;
    }

    boolean lets(Reach.Source source) {
        return source.subgraph() != except;
    }
}
