package dev.trivium.notifications.adapter;

import static org.springframework.data.domain.Sort.Direction.DESC;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.trivium.notifications.domain.Notification;
import dev.trivium.notifications.domain.NotificationKind;
import dev.trivium.notifications.domain.NotificationPage;
import dev.trivium.notifications.domain.NotificationStore;
import dev.trivium.notifications.domain.Place;
import dev.trivium.starter.DatabaseSetup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/// Notifications in the collection `notifications`.
@Component
final class MongoNotificationStore implements NotificationStore, DatabaseSetup {
    private static final String RECIPIENT = "recipientId";
    private static final String CREATED = "createdAt";
    private static final String READ = "readAt";
    private static final Sort NEWEST_FIRST = Sort.by(DESC, CREATED, "_id");

    private final MongoOperations mongo;

    MongoNotificationStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    @Document("notifications")
    record NotificationDocument(
            String id,
            String recipientId,
            NotificationKind kind,
            String text,
            @Nullable String eventId,
            Instant createdAt,
            @Nullable Instant readAt) {
        static NotificationDocument of(Notification notification) {
            return new NotificationDocument(
                    notification.id(),
                    notification.recipientId(),
                    notification.kind(),
                    notification.text(),
                    notification.eventId(),
                    notification.createdAt(),
                    notification.readAt());
        }

        Notification toNotification() {
            return new Notification(id, recipientId, kind, text, eventId, createdAt, readAt);
        }
    }

    /// The second index serves the count of what is unread, which has no `readAt`.
    @Override
    public void apply() {
        var indexes = mongo.indexOps(NotificationDocument.class);
        indexes.createIndex(new Index().on(RECIPIENT, DESC).on(CREATED, DESC).on("_id", DESC));
        indexes.createIndex(new Index().on(RECIPIENT, DESC).on(READ, DESC));
    }

    @Override
    public boolean add(Notification notification) {
        try {
            mongo.insert(NotificationDocument.of(notification));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public List<Notification> byIds(String recipientId, Set<String> ids) {
        return mongo
                .find(
                        query(where("_id").in(ids).and(RECIPIENT).is(recipientId)),
                        NotificationDocument.class)
                .stream()
                .map(NotificationDocument::toNotification)
                .toList();
    }

    @Override
    public List<Notification> list(String recipientId, NotificationPage page) {
        Criteria condition = where(RECIPIENT).is(recipientId);
        if (page.unreadOnly()) {
            condition.and(READ).is(null);
        }
        Place after = page.after();
        if (after != null) {
            condition.orOperator(
                    where(CREATED).lt(after.createdAt()),
                    where(CREATED).is(after.createdAt()).and("_id").lt(after.id()));
        }
        return mongo
                .find(
                        query(condition).with(NEWEST_FIRST).limit(page.limit()),
                        NotificationDocument.class)
                .stream()
                .map(NotificationDocument::toNotification)
                .toList();
    }

    @Override
    public int countUnread(String recipientId) {
        return Math.toIntExact(
                mongo.count(
                        query(where(RECIPIENT).is(recipientId).and(READ).is(null)),
                        NotificationDocument.class));
    }

    @Override
    public Optional<Notification> markRead(String recipientId, String id, Instant at) {
        Criteria own = where("_id").is(id).and(RECIPIENT).is(recipientId);
        mongo.updateFirst(
                query(own).addCriteria(where(READ).is(null)),
                Update.update(READ, at),
                NotificationDocument.class);
        return Optional.ofNullable(mongo.findOne(query(own), NotificationDocument.class))
                .map(NotificationDocument::toNotification);
    }
}
