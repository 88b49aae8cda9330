package dev.trivium.server.explorer;

import dev.trivium.execution.EventSource;
import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;

/// Records the events of a subscription.
record TracedEventSource(EventSource source, Trace trace) implements EventSource {
    @Override
    public Subscription subscribe(SubgraphRequest request, EventSink sink) {
        return new Cancelling(trace, source.subscribe(request, new Receiver(request, trace, sink)));
    }

    private record Cancelling(Trace trace, Subscription events) implements Subscription {
        @Override
        public void request(long more) {
            events.request(more);
        }

        @Override
        public void cancel() {
            trace.complete();
            events.cancel();
        }
    }

    private record Receiver(SubgraphRequest request, Trace trace, EventSink sink)
            implements EventSink {
        @Override
        public void event(byte[] body) {
            trace.event(request, body.length);
            sink.event(body);
        }

        @Override
        public void completed() {
            sink.completed();
        }

        @Override
        public void failed(Failure failure) {
            trace.sent(request).failed(failure.kind().name());
            sink.failed(failure);
        }
    }
}
