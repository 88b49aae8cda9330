package dev.trivium.notifications.adapter;

import dev.trivium.notifications.domain.Notifications;
import dev.trivium.starter.EventSubscription;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What this service wants to hear of.
@Configuration(proxyBeanMethods = false)
class Subscriptions {
    record UserCreated(String userId, String displayName) {
        UserCreated {
            Objects.requireNonNull(userId, "userId");
            Objects.requireNonNull(displayName, "displayName");
        }
    }

    record EventCreated(String eventId, String creatorId, String title) {
        EventCreated {
            Objects.requireNonNull(eventId, "eventId");
            Objects.requireNonNull(creatorId, "creatorId");
            Objects.requireNonNull(title, "title");
        }
    }

    @Bean
    EventSubscription domainEvents(Notifications notifications) {
        return EventSubscription.of("notifications.domain-events")
                .on(
                        "UserCreated",
                        1,
                        UserCreated.class,
                        (event, user) ->
                                notifications.welcome(
                                        event.eventId(), user.userId(), user.displayName()))
                .on(
                        "EventCreated",
                        1,
                        EventCreated.class,
                        (event, created) ->
                                notifications.confirmEvent(
                                        event.eventId(),
                                        created.creatorId(),
                                        created.eventId(),
                                        created.title()))
                .ignore("EventUpdated")
                .ignore("EventCancelled");
    }
}
