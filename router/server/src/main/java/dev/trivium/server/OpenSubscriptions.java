package dev.trivium.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The subscriptions of clients on one event loop.
final class OpenSubscriptions {
    private final Map<ClientSubscription, String> owners = new HashMap<>();
    private final Counts counts;

    /// How many subscriptions each client has, on all event loops.
    static final class Counts {
        private final int most;
        private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();

        /// @param most of one client
        Counts(int most) {
            this.most = most;
        }

        private boolean enter(String owner) {
            int now = counts.merge(owner, 1, Integer::sum);
            if (now > most) {
                leave(owner);
            }
            return now <= most;
        }

        private void leave(String owner) {
            counts.computeIfPresent(owner, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    OpenSubscriptions(Counts counts) {
        this.counts = counts;
    }

    /// @param owner whose limit it counts for
    /// @return false if the owner has too many
    boolean add(ClientSubscription subscription, String owner) {
        if (!counts.enter(owner)) {
            return false;
        }
        owners.put(subscription, owner);
        return true;
    }

    void remove(ClientSubscription subscription) {
        var owner = owners.remove(subscription);
        if (owner != null) {
            counts.leave(owner);
        }
    }

    void carryOver(Generation next) {
        List.copyOf(owners.keySet()).forEach(each -> each.carryOver(next));
    }

    void shutDown() {
        List.copyOf(owners.keySet()).forEach(ClientSubscription::shutDown);
    }
}
