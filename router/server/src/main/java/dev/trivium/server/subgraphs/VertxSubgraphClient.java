package dev.trivium.server.subgraphs;

import dev.trivium.execution.SubgraphClient;
import dev.trivium.server.compression.ResponseCompression;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls subgraphs over HTTP on behalf of one client request.
///
/// @param loop what the requests of this event loop share
/// @param targets by the number of the subgraph
/// @param authorization the client's `Authorization` header, which every subgraph gets, or null
public record VertxSubgraphClient(
        Loop loop, List<SubgraphTarget> targets, @Nullable String authorization)
        implements SubgraphClient {

    /// @param http a client that only this event loop uses
    /// @param failures shared by all loops
    public record Loop(
            Vertx vertx,
            HttpClient http,
            InFlightQueries queries,
            FailureLog failures,
            Deadlines deadlines,
            ResponseBuffers buffers,
            ResponseCompression compression) {
        public Loop(Vertx vertx, HttpClient http, FailureLog failures) {
            this(
                    vertx,
                    http,
                    new InFlightQueries(),
                    failures,
                    new Deadlines(vertx),
                    new ResponseBuffers(),
                    new ResponseCompression());
        }
    }

    @Override
    public Call send(SubgraphRequest request, ResponseSink sink) {
        var target = targets.get(request.subgraph());
        if (request.mutation() || !target.traffic().deduplicateQueries()) {
            return call(target, request, sink);
        }
        var key = new InFlightQueries.Key(target, authorization, request.body());
        return loop.queries.join(key, sink, all -> call(target, request, all));
    }

    private Call call(SubgraphTarget target, SubgraphRequest request, ResponseSink sink) {
        return new SubgraphCall(loop, target, authorization, new JsonBody(request), sink).start();
    }
}
