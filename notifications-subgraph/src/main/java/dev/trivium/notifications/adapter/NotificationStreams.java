package dev.trivium.notifications.adapter;

import dev.trivium.notifications.domain.Announcements;
import dev.trivium.notifications.domain.Notification;
import dev.trivium.notifications.domain.NotificationPage;
import dev.trivium.notifications.domain.NotificationStore;
import dev.trivium.starter.Broadcast;
import dev.trivium.starter.Broadcasts;
import dev.trivium.starter.EventStreams;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// From the instance that has stored a notification to the one that holds the recipient's stream.
///
/// What was announced while this instance had no connection to the broker is read from the store.
@Configuration(proxyBeanMethods = false)
class NotificationStreams {
    private static final String EXCHANGE = "trivium.notifications";
    private static final NotificationPage NEWEST = new NotificationPage(null, 100, false);

    @Bean
    EventStreams<Notification> streams() {
        return new EventStreams<>();
    }

    @Bean
    Broadcast<Notification> announced(
            Broadcasts broadcasts, EventStreams<Notification> streams, NotificationStore store) {
        return broadcasts.of(
                EXCHANGE,
                Notification.class,
                new Broadcast.Listener<>() {
                    @Override
                    public void said(Notification what) {
                        streams.tell(what.recipientId(), what.id(), what);
                    }

                    @Override
                    public void missed(Instant since) {
                        streams.owners().forEach(owner -> tellMissed(owner, since, store, streams));
                    }
                });
    }

    /// Oldest first, as they would have come.
    private static void tellMissed(
            String owner,
            Instant since,
            NotificationStore store,
            EventStreams<Notification> streams) {
        store.list(owner, NEWEST).reversed().stream()
                .filter(found -> found.createdAt().isAfter(since))
                .forEach(found -> streams.tell(owner, found.id(), found));
    }

    @Bean
    Announcements announcements(Broadcast<Notification> announced) {
        return announced::say;
    }
}
