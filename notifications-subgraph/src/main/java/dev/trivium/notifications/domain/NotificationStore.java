package dev.trivium.notifications.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Keeps notifications. Every question names the recipient, so that none can be answered with
/// somebody else's.
public interface NotificationStore {
    /// Adds a notification, unless there is one with its id.
    ///
    /// @return whether it was added
    boolean add(Notification notification);

    List<Notification> byIds(String recipientId, Set<String> ids);

    List<Notification> list(String recipientId, NotificationPage page);

    int countUnread(String recipientId);

    /// Marks a notification as read at an instant, unless it is read already.
    ///
    /// @return the notification afterwards; empty when the recipient has none with this id
    Optional<Notification> markRead(String recipientId, String id, Instant at);
}
