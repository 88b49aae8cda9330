package dev.trivium.server;

import dev.trivium.server.OpenSubscriptions.Counts;
import dev.trivium.server.SharedStreams.Reservations;
import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.events.EventSources;
import dev.trivium.server.subgraphs.FailureLog;

/// What subscriptions share over all event loops.
///
/// @param events of the subgraphs
/// @param counts of the subscriptions of each client
record StreamsOfAllLoops(EventSources events, Counts counts, Reservations reservations) {

    static StreamsOfAllLoops of(Configuration configuration, FailureLog failures) {
        var subscription = configuration.subscription();
        return new StreamsOfAllLoops(
                new EventSources(
                        subscription, configuration.limits().maxResponseBytes(), failures::add),
                new Counts(subscription.maxPerClient()),
                new Reservations(subscription.maxOpenedSubscriptions()));
    }
}
