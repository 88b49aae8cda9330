package dev.trivium.server;

import dev.trivium.execution.ClientSink;
import dev.trivium.server.subgraphs.VertxSubgraphClient.Loop;

/// Writes an answer in one piece.
record OneAnswer(HttpExchange exchange, Loop loop) implements ClientSink {
    @Override
    public byte[] buffer(int capacity) {
        return loop.buffers().take(capacity);
    }

    @Override
    public void part(Part part) {
        int status = exchange.type().status(part.result());
        exchange.answer(status, part.buffer(), part.length(), loop);
    }

    @Override
    public void failed(RuntimeException bug) {
        exchange.failed(bug);
    }
}
