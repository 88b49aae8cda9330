package dev.trivium.events.domain;

/// Whether an event takes place.
public enum EventStatus {
    SCHEDULED,
    CANCELLED
}
