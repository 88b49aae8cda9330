package dev.trivium.server.subgraphs;

import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What is given up on one event loop if it takes too long.
///
/// There is a timer for each length of time, not for each deadline: deadlines of the same length
/// pass in the order in which they were set, so that the timer waits for the first of them. Nearly
/// all are cancelled before they pass, which is to leave a list. Two timers for each call were a
/// thirtieth of the time of a request.
public final class Deadlines {
    private final Vertx vertx;
    private final Map<Long, Queue> queues = new HashMap<>();

    Deadlines(Vertx vertx) {
        this.vertx = vertx;
    }

    /// @param millis more than 0
    /// @param passed called on this loop unless the deadline is cancelled
    public Deadline in(long millis, Runnable passed) {
        return queues.computeIfAbsent(millis, Queue::new).add(passed);
    }

    /// One that is set.
    public static final class Deadline {
        private final Queue queue;
        private final long nanos;
        private final Runnable passed;
        private @Nullable Deadline before;
        private @Nullable Deadline after;
        private boolean over;

        private Deadline(Queue queue, long nanos, Runnable passed) {
            this.queue = queue;
            this.nanos = nanos;
            this.passed = passed;
        }

        /// Does nothing where it has passed.
        public void cancel() {
            if (!over) {
                over = true;
                queue.remove(this);
            }
        }
    }

    /// Deadlines of one length, in their order.
    private final class Queue {
        private final long millis;
        private @Nullable Deadline first;
        private @Nullable Deadline last;
        private boolean timed;

        Queue(long millis) {
            this.millis = millis;
        }

        Deadline add(Runnable passed) {
            var nanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            var deadline = new Deadline(this, nanos, passed);
            deadline.before = last;
            if (last == null) {
                first = deadline;
            } else {
                last.after = deadline;
            }
            last = deadline;
            if (!timed) {
                wakeUpIn(millis);
            }
            return deadline;
        }

        void remove(Deadline deadline) {
            if (deadline.before == null) {
                first = deadline.after;
            } else {
                deadline.before.after = deadline.after;
            }
            if (deadline.after == null) {
                last = deadline.before;
            } else {
                deadline.after.before = deadline.before;
            }
        }

        private void wakeUpIn(long wait) {
            timed = true;
            vertx.setTimer(wait, _ -> wakeUp());
        }

        private void wakeUp() {
            var now = System.nanoTime();
            try {
                for (var next = first; next != null && next.nanos - now <= 0; next = first) {
                    next.cancel();
                    next.passed.run();
                }
            } finally {
                timed = false;
                if (first != null) {
                    var wait = TimeUnit.NANOSECONDS.toMillis(first.nanos - now) + 1;
                    wakeUpIn(Math.max(1, wait));
                }
            }
        }
    }
}
