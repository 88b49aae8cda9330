package dev.trivium.events.domain;

/// What came of the wish to create an event.
public sealed interface CreateResult {
    /// The event exists, by this wish or by an earlier one with the same key.
    record Created(Event event) implements CreateResult {}

    record Invalid(Violation violation) implements CreateResult {}

    /// The idempotency key belongs to a creation with other input.
    record KeyTaken() implements CreateResult {}
}
