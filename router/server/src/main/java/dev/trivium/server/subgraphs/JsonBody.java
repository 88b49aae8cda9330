package dev.trivium.server.subgraphs;

import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.internal.buffer.BufferInternal;

/// A GraphQL request as JSON.
public record JsonBody(SubgraphRequest request) implements CallBody {
    @Override
    public boolean isRepeatable() {
        return !request.mutation();
    }

    @Override
    public Future<HttpClientResponse> send(HttpClientRequest connected) {
        return connected.send(BufferInternal.buffer(Unpooled.wrappedBuffer(request.body())));
    }
}
