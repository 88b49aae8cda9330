package dev.trivium.server;

import dev.trivium.execution.ClientSink;
import dev.trivium.server.http.PartFormat;
import dev.trivium.server.http.StreamType;
import dev.trivium.server.subgraphs.VertxSubgraphClient.Loop;
import org.jspecify.annotations.Nullable;

/// Writes an answer of which parts may be deferred. If none is, it is one answer like any other,
/// unless the client accepts streams only.
final class AnswerInParts implements ClientSink {
    private final HttpExchange exchange;
    private final StreamType type;
    private final PartFormat format;
    private final Loop loop;
    private @Nullable StreamedResponse stream;

    AnswerInParts(HttpExchange exchange, StreamType type, Loop loop) {
        this.exchange = exchange;
        this.type = type;
        this.format = PartFormat.of(type);
        this.loop = loop;
    }

    @Override
    public byte[] buffer(int capacity) {
        return loop.buffers().take(capacity);
    }

    @Override
    public void part(Part part) {
        if (stream == null && part.last() && exchange.accepts().whole() != null) {
            new OneAnswer(exchange, loop).part(part);
            return;
        }
        if (stream == null) {
            stream = new StreamedResponse(exchange.request().response(), type, loop.deadlines());
            stream.begin();
            stream.message(part.last() ? PartFormat.alone(part) : format.first(part));
        } else {
            stream.message(format.later(part));
        }
        loop.buffers().give(part.buffer());
        if (part.last()) {
            stream.end();
        }
    }

    @Override
    public void failed(RuntimeException bug) {
        if (stream == null) {
            exchange.failed(bug);
        } else {
            exchange.brokenOff(bug);
        }
    }
}
