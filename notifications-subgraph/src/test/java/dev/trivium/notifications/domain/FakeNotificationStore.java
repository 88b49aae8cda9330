package dev.trivium.notifications.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Keeps notifications in memory.
final class FakeNotificationStore implements NotificationStore {
    private final Map<String, Notification> notifications = new LinkedHashMap<>();

    @Override
    public boolean add(Notification notification) {
        return notifications.putIfAbsent(notification.id(), notification) == null;
    }

    @Override
    public List<Notification> byIds(String recipientId, Set<String> ids) {
        return of(recipientId).filter(found -> ids.contains(found.id())).toList();
    }

    @Override
    public List<Notification> list(String recipientId, NotificationPage page) {
        return of(recipientId)
                .filter(found -> !page.unreadOnly() || found.readAt() == null)
                .sorted(
                        Comparator.comparing(Notification::createdAt)
                                .thenComparing(Notification::id)
                                .reversed())
                .limit(page.limit())
                .toList();
    }

    @Override
    public int countUnread(String recipientId) {
        return (int) of(recipientId).filter(found -> found.readAt() == null).count();
    }

    @Override
    public Optional<Notification> markRead(String recipientId, String id, Instant at) {
        return of(recipientId)
                .filter(found -> found.id().equals(id))
                .findAny()
                .map(found -> {
                    var read =
                            new Notification(
                                    id,
                                    recipientId,
                                    found.kind(),
                                    found.text(),
                                    found.eventId(),
                                    found.createdAt(),
                                    found.readAt() == null ? at : found.readAt());
                    notifications.put(id, read);
                    return read;
                });
    }

    private Stream<Notification> of(String recipientId) {
        return notifications.values().stream()
                .filter(found -> found.recipientId().equals(recipientId));
    }
}
