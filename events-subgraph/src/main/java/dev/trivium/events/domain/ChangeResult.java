package dev.trivium.events.domain;

/// What came of the wish to change an event.
public sealed interface ChangeResult {
    /// The event is as wished.
    record Changed(Event event) implements ChangeResult {}

    record Invalid(Violation violation) implements ChangeResult {}

    /// There is no such event, or the viewer may not know that there is.
    record NotFound() implements ChangeResult {}

    /// The event is somebody else's.
    record Forbidden() implements ChangeResult {}

    /// The event is cancelled.
    record Cancelled() implements ChangeResult {}

    /// Somebody has changed the event meanwhile.
    record Outdated() implements ChangeResult {}
}
