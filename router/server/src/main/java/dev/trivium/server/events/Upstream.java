package dev.trivium.server.events;

/// One subscription of the router at a subgraph. Lives on the event loop that opened it; its sink
/// is called there, with whatever the subgraph sends.
interface Upstream {

    /// Ends it; the sink is not called any more.
    void cancel();

    /// Asks for no more events for now. What the protocol cannot hold back still comes.
    default void pause() {}

    /// Takes the pause back.
    default void resume() {}
}
