package dev.trivium.events.domain;

/// Who may see an event.
public enum EventVisibility {
    /// Everybody.
    PUBLIC,
    /// Its creator only.
    PRIVATE
}
