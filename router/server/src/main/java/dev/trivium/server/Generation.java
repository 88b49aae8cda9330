package dev.trivium.server;

import dev.trivium.execution.Introspector;
import dev.trivium.server.authentication.TokenVerifier;
import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.events.EventTarget;
import dev.trivium.server.explorer.Tracing;
import dev.trivium.server.persisted.DocumentResolver;
import dev.trivium.server.schema.Operations;
import dev.trivium.server.subgraphs.SubgraphTarget;
import java.util.List;

/// All that a request depends on beside itself. A request holds one generation from start to end; a
/// reload puts another in its place for the requests that follow.
///
/// @param documents those that clients may name
/// @param rest those of them that are endpoints
/// @param subgraphs by their number
/// @param events how these are subscribed to
/// @param tracing records requests for those who develop with the router
record Generation(
        Configuration configuration,
        DocumentResolver documents,
        RestApi rest,
        Operations operations,
        Introspector introspector,
        List<SubgraphTarget> subgraphs,
        List<EventTarget> events,
        TokenVerifier tokens,
        Concurrency concurrency,
        Tracing tracing) {
    Generation {
        subgraphs = List.copyOf(subgraphs);
        events = List.copyOf(events);
    }

    /// The same with other trusted documents.
    Generation with(DocumentResolver others, RestApi otherEndpoints) {
        return new Generation(
                configuration,
                others,
                otherEndpoints,
                operations,
                introspector,
                subgraphs,
                events,
                tokens,
                concurrency,
                tracing);
    }
}
