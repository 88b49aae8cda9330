package dev.trivium.execution;

import dev.trivium.execution.SubgraphClient.Call;

/// Runs programs.
public final class Execution {

    private Execution() {}

    /// Starts a program for one request. The sink is called on this thread (the event loop), and
    /// possibly before this method returns.
    ///
    /// @return cancels everything that is under way; the sink is not called any more
    public static Call start(
            Program program,
            RequestInput input,
            SubgraphClient subgraphs,
            Introspector introspector,
            ClientSink sink) {
        sink.failed(new IllegalStateException("not able to run programs"));
        return () -> {};
    }
}
