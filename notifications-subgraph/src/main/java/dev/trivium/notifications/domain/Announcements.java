package dev.trivium.notifications.domain;

/// Tells whoever waits for notifications that there is one.
@FunctionalInterface
public interface Announcements {

    /// @param notification is stored; it may be announced more than once
    void announce(Notification notification);
}
