package dev.trivium.server.explorer;

import dev.trivium.execution.SubgraphClient;
import dev.trivium.server.explorer.Trace.TracedCall;

/// Records what is sent, and what comes of it.
record TracedSubgraphClient(SubgraphClient subgraphs, Trace trace) implements SubgraphClient {
    @Override
    public Call send(SubgraphRequest request, ResponseSink sink) {
        var record = trace.sent(request);
        var call = subgraphs.send(request, new Receiver(record, sink));
        if (call.isShared()) {
            record.shared();
        }
        return new Cancelling(record, call);
    }

    private record Receiver(TracedCall record, ResponseSink sink) implements ResponseSink {
        @Override
        public void answered(int status, byte[] body) {
            record.answered(status, body.length);
            sink.answered(status, body);
        }

        @Override
        public void failed(Failure failure) {
            record.failed(failure.kind().name());
            sink.failed(failure);
        }
    }

    private record Cancelling(TracedCall record, Call call) implements Call {
        @Override
        public void cancel() {
            record.failed("CANCELLED");
            call.cancel();
        }

        @Override
        public boolean isShared() {
            return call.isShared();
        }
    }
}
