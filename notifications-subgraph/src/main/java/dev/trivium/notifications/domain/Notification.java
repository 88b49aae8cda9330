package dev.trivium.notifications.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A message to one user.
///
/// @param eventId the event it is about, if any
/// @param readAt when the recipient read it; null until then
public record Notification(
        String id,
        String recipientId,
        NotificationKind kind,
        String text,
        @Nullable String eventId,
        Instant createdAt,
        @Nullable Instant readAt) {

    /// The id of the one notification that tells a recipient of one occurrence.
    static String idOf(String occurrenceId, String recipientId) {
        return occurrenceId + ":" + recipientId;
    }
}
