package dev.trivium.starter;

import java.util.List;
import java.util.Set;

/// Hands events to the broker.
@FunctionalInterface
interface EventPublisher {
    /// Publishes in this order and waits until the broker has taken responsibility.
    ///
    /// @return the ids of the events that a queue holds now; the others may or may not have arrived
    Set<String> publish(List<DomainEvent> events);
}
