package dev.trivium.server;

import dev.trivium.execution.SubgraphClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls subgraphs over HTTP on behalf of one client request.
///
/// @param http the client of this event loop
/// @param targets by the number of the subgraph
/// @param authorization the client's `Authorization` header, which every subgraph gets, or null
record VertxSubgraphClient(
        Vertx vertx, HttpClient http, List<SubgraphTarget> targets, @Nullable String authorization)
        implements SubgraphClient {

    @Override
    public Call send(SubgraphRequest request, ResponseSink sink) {
        var target = targets.get(request.subgraph());
        return new SubgraphCall(vertx, http, target, authorization, request, sink).start();
    }
}
