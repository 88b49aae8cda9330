package dev.trivium.notifications.domain;

/// What a notification is about.
public enum NotificationKind {
    /// A welcome to a new user.
    WELCOME,
    /// A confirmation to the creator of a new event.
    EVENT_CREATED
}
