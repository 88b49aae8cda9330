package dev.trivium.server.events;

import dev.trivium.execution.EventSource.EventSink;
import dev.trivium.execution.EventSource.Subscription;
import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.Failure.Kind;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The events of one client: those that it has not asked for yet wait here, up to a limit. Filled
/// by any thread, emptied on the client's event loop.
final class ClientEvents implements Subscription {
    private static final Failure TOO_SLOW =
            new Failure(
                    Kind.SUBSCRIPTION_SLOW_CONSUMER, "the events came faster than they were taken");

    private final Context loop;
    private final EventSink sink;
    private final Limits limits;

    private final Feed feed;
    private final Runnable left;

    // Guarded by this.
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>(1);
    private long waitingBytes;
    private boolean scheduled;
    private boolean over;
    private @Nullable Failure failure;

    // Of the loop.
    private long demand;
    private boolean draining;
    private boolean ended;

    /// How many events may wait, and how many bytes, unless there is but one.
    record Limits(int events, int bytes) {}

    /// Who gives the events.
    interface Feed {

        /// All that waited has been taken.
        void caughtUp(ClientEvents client);

        /// The client has gone.
        void left(ClientEvents client);
    }

    /// What has become of an event.
    enum Place {
        TAKEN,
        /// It waits, together with half of those that may.
        BEHIND,
        /// There was none: the subscription has failed.
        NONE
    }

    /// @param left called once, when the client has gone
    ClientEvents(Context loop, EventSink sink, Limits limits, Feed feed, Runnable left) {
        this.loop = loop;
        this.sink = sink;
        this.limits = limits;
        this.feed = feed;
        this.left = left;
    }

    synchronized Place offer(byte[] event) {
        if (over) {
            return Place.NONE;
        }
        boolean heavy = waitingBytes + event.length > limits.bytes && !waiting.isEmpty();
        if (heavy || waiting.size() == limits.events) {
            waiting.clear();
            end(TOO_SLOW);
            return Place.NONE;
        }
        waiting.add(event);
        waitingBytes += event.length;
        schedule();
        return isBehind() ? Place.BEHIND : Place.TAKEN;
    }

    private synchronized boolean isBehind() {
        return 2L * waiting.size() > limits.events || 2L * waitingBytes > limits.bytes;
    }

    /// There are no more events than those that wait.
    synchronized void complete() {
        if (!over) {
            over = true;
            schedule();
        }
    }

    /// There are no more events than those that wait, for a reason.
    synchronized void end(Failure reason) {
        if (!over) {
            over = true;
            failure = reason;
            schedule();
        }
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            loop.runOnContext(_ -> {
                synchronized (this) {
                    scheduled = false;
                }
                drain();
            });
        }
    }

    @Override
    public void request(long events) {
        demand = demand > Long.MAX_VALUE - events ? Long.MAX_VALUE : demand + events;
        drain();
    }

    @Override
    public void cancel() {
        synchronized (this) {
            over = true;
            waiting.clear();
        }
        leave();
    }

    private void leave() {
        if (!ended) {
            ended = true;
            feed.left(this);
            left.run();
        }
    }

    /// Hands over what is asked for. The sink may ask for more, or cancel, while it is called.
    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            byte[] next = take();
            while (next != null) {
                demand--;
                sink.event(next);
                next = take();
            }
            finish();
        } finally {
            draining = false;
        }
    }

    private byte @Nullable [] take() {
        if (ended || demand == 0) {
            return null;
        }
        byte[] next;
        boolean caughtUp;
        synchronized (this) {
            next = waiting.poll();
            waitingBytes -= next == null ? 0 : next.length;
            caughtUp = next != null && waiting.isEmpty();
        }
        if (caughtUp) {
            feed.caughtUp(this);
        }
        return next;
    }

    private void finish() {
        Failure reason;
        synchronized (this) {
            if (ended || !over || !waiting.isEmpty()) {
                return;
            }
            reason = failure;
        }
        leave();
        if (reason != null) {
            sink.failed(reason);
        } else {
            sink.completed();
        }
    }
}
