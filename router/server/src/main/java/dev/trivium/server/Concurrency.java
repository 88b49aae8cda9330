package dev.trivium.server;

import dev.trivium.execution.SubgraphClient.Call;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The requests that are served at the same time, over all event loops: never more than the limit,
/// so that what they hold in memory is bounded.
final class Concurrency {
    private final int limit;
    private final AtomicInteger underWay = new AtomicInteger();

    Concurrency(int limit) {
        this.limit = limit;
    }

    /// @return null if there are too many
    @Nullable Place enter() {
        if (underWay.incrementAndGet() > limit) {
            underWay.decrementAndGet();
            return null;
        }
        return new Place();
    }

    /// What one request holds until its response is written or its client has gone. For one event
    /// loop.
    final class Place {
        private boolean left;
        private @Nullable Call call;

        private Place() {}

        /// Cancels the call when the client goes, or now if it has gone.
        void cancelsWhenLeft(Call call) {
            if (left) {
                call.cancel();
            } else {
                this.call = call;
            }
        }

        void leave() {
            if (left) {
                return;
            }
            left = true;
            underWay.decrementAndGet();
            if (call != null) {
                call.cancel();
            }
        }
    }
}
