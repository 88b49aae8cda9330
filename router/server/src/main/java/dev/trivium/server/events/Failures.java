package dev.trivium.server.events;

import dev.trivium.execution.SubgraphClient.Failure;
import org.jspecify.annotations.Nullable;

/// Where it is written down that subscriptions at subgraphs fail. For all threads.
@FunctionalInterface
public interface Failures {

    /// @param cause what lies behind it; null if the failure says it all
    void add(String subgraph, Failure failure, @Nullable Throwable cause);
}
