package dev.trivium.server.explorer;

import dev.trivium.execution.ClientSink;

/// Completes a trace with the last part of the answer.
record TracedClient(ClientSink client, Trace trace) implements ClientSink {
    @Override
    public void part(Part part) {
        if (part.last()) {
            trace.complete();
        }
        client.part(part);
    }

    @Override
    public byte[] buffer(int capacity) {
        return client.buffer(capacity);
    }

    @Override
    public void failed(RuntimeException bug) {
        trace.complete();
        client.failed(bug);
    }

    /// Completes a trace with the end of the events.
    record OfEvents(Events client, Trace trace) implements Events {
        @Override
        public void part(Part part) {
            if (part.last()) {
                trace.complete();
            }
            client.part(part);
        }

        @Override
        public byte[] buffer(int capacity) {
            return client.buffer(capacity);
        }

        @Override
        public void failed(RuntimeException bug) {
            trace.complete();
            client.failed(bug);
        }

        @Override
        public void completed() {
            trace.complete();
            client.completed();
        }
    }
}
