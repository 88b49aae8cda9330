package dev.trivium.events.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps events, and hands the accounts of their changes to other services: each together with its
/// change, or neither.
public interface EventStore {
    /// A creation that has happened.
    record Existing(Creation creation, Event event) {}

    /// Adds a new event.
    ///
    /// @return false when there is an event of the same creation key
    boolean add(Event event, @Nullable Creation creation, EventChanged change);

    Optional<Existing> byCreationKey(String key);

    List<Event> byIds(Set<String> ids);

    /// Replaces an event that still has the version before that of `event`.
    ///
    /// @return whether it had
    boolean replace(Event event, EventChanged change);

    /// The events that the viewer may see, in order.
    List<Event> list(Viewer viewer, EventFilter filter, EventPage page);

    /// The same page of each creator's events that the viewer may see, in order. A creator without
    /// any may be missing.
    Map<String, List<Event>> listByCreator(Viewer viewer, Set<String> creators, EventPage page);
}
