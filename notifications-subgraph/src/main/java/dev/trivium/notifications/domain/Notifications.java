package dev.trivium.notifications.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells users what happened, and shows each user what is theirs.
///
/// Whoever brings the news may bring it again: an occurrence is known by its id, and each recipient
/// is told of it once. Whoever waits for a notification may hear of it more than once.
public final class Notifications {
    private final NotificationStore store;
    private final Announcements announcements;
    private final Clock clock;

    public Notifications(NotificationStore store, Announcements announcements, Clock clock) {
        this.store = store;
        this.announcements = announcements;
        this.clock = clock;
    }

    /// Welcomes a new user.
    public void welcome(String occurrenceId, String userId, String displayName) {
        tell(
                occurrenceId,
                userId,
                NotificationKind.WELCOME,
                "Welcome to Trivium, " + displayName + "!",
                null);
    }

    /// Confirms a new event to its creator.
    public void confirmEvent(String occurrenceId, String creatorId, String eventId, String title) {
        tell(
                occurrenceId,
                creatorId,
                NotificationKind.EVENT_CREATED,
                "Your event “" + title + "” has been created.",
                eventId);
    }

    private void tell(
            String occurrenceId,
            String recipientId,
            NotificationKind kind,
            String text,
            @Nullable String eventId) {
        var notification =
                new Notification(
                        Notification.idOf(occurrenceId, recipientId),
                        recipientId,
                        kind,
                        text,
                        eventId,
                        now(),
                        null);
        if (store.add(notification)) {
            announcements.announce(notification);
        } else {
            // The announcement may not have come about the first time.
            store.byIds(recipientId, Set.of(notification.id())).forEach(announcements::announce);
        }
    }

    /// The user's own notifications among these ids, in any order.
    public List<Notification> find(String userId, Set<String> ids) {
        return store.byIds(userId, ids);
    }

    /// A page of the user's notifications, newest first.
    public List<Notification> list(String userId, NotificationPage page) {
        return store.list(userId, page);
    }

    public int countUnread(String userId) {
        return store.countUnread(userId);
    }

    /// Marks one of the user's notifications as read; the first time counts.
    ///
    /// @return the notification; empty when the user has none with this id
    public Optional<Notification> markRead(String userId, String id) {
        return store.markRead(userId, id, now());
    }

    /// As fine as the store keeps it.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
