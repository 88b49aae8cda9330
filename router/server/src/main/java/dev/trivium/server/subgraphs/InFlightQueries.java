package dev.trivium.server.subgraphs;

import dev.trivium.execution.SubgraphClient.Call;
import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.ResponseSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The queries that one event loop is waiting for. A query that is equal to one of them in all that
/// the subgraph could see is not sent, but gets that one's answer, and waits no longer than that
/// one.
public final class InFlightQueries {
    private final Map<Key, Flight> flights = new HashMap<>();

    /// What is sent, compared in full: two clients must never share an answer because of a hash.
    ///
    /// @param target of one generation
    /// @param authorization as forwarded, or null
    record Key(SubgraphTarget target, @Nullable String authorization, byte[] body) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && target.equals(key.target)
                    && Objects.equals(authorization, key.authorization)
                    && Arrays.equals(body, key.body);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(body) + Objects.hashCode(authorization);
        }
    }

    /// Waits for an equal query, or sends this one.
    ///
    /// @param send starts a call that hands its result to a sink
    Call join(Key key, ResponseSink sink, Function<ResponseSink, Call> send) {
        var flight = flights.get(key);
        if (flight != null) {
            return flight.add(sink, true);
        }
        var first = new Flight(key);
        flights.put(key, first);
        var waiter = first.add(sink, false);
        first.call = send.apply(first);
        return waiter;
    }

    private final class Flight implements ResponseSink {
        private final Key key;
        private final List<Waiter> waiters = new ArrayList<>(1);
        private int waiting;
        private @Nullable Call call;

        Flight(Key key) {
            this.key = key;
        }

        Waiter add(ResponseSink sink, boolean shared) {
            var waiter = new Waiter(this, sink, shared);
            waiters.add(waiter);
            waiting++;
            return waiter;
        }

        @Override
        public void answered(int status, byte[] body) {
            land();
            for (var waiter : waiters) {
                if (waiter.isWaiting()) {
                    waiter.sink.answered(status, body);
                }
            }
        }

        @Override
        public void failed(Failure failure) {
            land();
            for (var waiter : waiters) {
                if (waiter.isWaiting()) {
                    waiter.sink.failed(failure);
                }
            }
        }

        /// Nobody joins any more. An equal query that follows from this answer is sent.
        private void land() {
            flights.remove(key);
            call = null;
        }

        private void abandoned() {
            if (--waiting == 0 && call != null) {
                call.cancel();
                land();
            }
        }
    }

    private static final class Waiter implements Call {
        private final Flight flight;
        private final ResponseSink sink;
        private final boolean shared;
        private boolean gone;

        Waiter(Flight flight, ResponseSink sink, boolean shared) {
            this.flight = flight;
            this.sink = sink;
            this.shared = shared;
        }

        @Override
        public boolean isShared() {
            return shared;
        }

        boolean isWaiting() {
            return !gone;
        }

        @Override
        public void cancel() {
            if (!gone) {
                gone = true;
                flight.abandoned();
            }
        }
    }
}
