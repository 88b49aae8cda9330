package dev.trivium.server;

import dev.trivium.server.http.Answer;
import dev.trivium.server.subgraphs.VertxSubgraphClient.Loop;
import io.netty.buffer.Unpooled;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sends what the executor hands over, compressed where the client asks for it, and takes its
/// buffer back.
record AnswerWriter(HttpServerRequest request, Generation generation, Loop loop) {

    /// @param buffer of which the first `length` bytes are the body
    void send(int status, Map<String, String> headers, byte[] buffer, int length) {
        var rules = generation.configuration().http().compression();
        byte @Nullable [] coded = loop.compression().code(rules, request, buffer, length);
        if (coded == null) {
            answer(status, headers, buffer, length)
                    .send(request, () -> loop.buffers().give(buffer));
        } else {
            loop.buffers().give(buffer);
            answer(status, headers, coded, coded.length).send(request);
        }
    }

    private static Answer answer(int status, Map<String, String> headers, byte[] body, int length) {
        return new Answer(
                status, headers, BufferInternal.buffer(Unpooled.wrappedBuffer(body, 0, length)));
    }
}
