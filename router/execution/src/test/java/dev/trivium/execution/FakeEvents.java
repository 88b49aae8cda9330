package dev.trivium.execution;

import dev.trivium.execution.FakeSubgraphs.Reply;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A subscription to a subgraph in memory, whose events are known beforehand. A failure among them
/// is the end.
final class FakeEvents implements EventSource, EventSource.Subscription {

    private final Function<SubgraphRequest, List<Reply>> behaviour;
    private final Queue<Reply> left = new ArrayDeque<>();
    private @Nullable EventSink sink;
    private long requested;

    FakeEvents(Function<SubgraphRequest, List<Reply>> behaviour) {
        this.behaviour = behaviour;
    }

    @Override
    public Subscription subscribe(SubgraphRequest request, EventSink to) {
        left.addAll(behaviour.apply(request));
        sink = to;
        return this;
    }

    @Override
    public void request(long events) {
        requested += events;
    }

    @Override
    public void cancel() {
        left.clear();
        sink = null;
    }

    /// Sends the next event, or says that there is none.
    ///
    /// @return whether more may follow
    boolean next() {
        EventSink to = Objects.requireNonNull(sink, "nobody has subscribed");
        Reply event = left.poll();
        if (event == null) {
            to.completed();
            return false;
        }
        if (requested-- == 0) {
            throw new AssertionError("nobody has asked for an event");
        }
        switch (event) {
            case Reply.Answer(_, byte[] body) -> to.event(body);
            case Reply.NoAnswer(var failure) -> {
                to.failed(failure);
                return false;
            }
        }
        return true;
    }
}
