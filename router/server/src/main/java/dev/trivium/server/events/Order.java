package dev.trivium.server.events;

import dev.trivium.execution.EventSource.EventSink;
import org.jspecify.annotations.Nullable;

/// What to subscribe to, and for whom.
///
/// @param authorization what the subgraph gets as `Authorization`, or null
/// @param body the JSON text of the GraphQL request, UTF-8
/// @param longestEvent in bytes
/// @param sink called on the loop, never before the subscription is there to be cancelled
record Order(
        EventLoop loop,
        EventTarget target,
        @Nullable String authorization,
        byte[] body,
        int longestEvent,
        Failures failures,
        EventSink sink) {}
