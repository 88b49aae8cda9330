package dev.trivium.events.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What other services learn of an event. The components' names are part of the contract between
/// the services.
public sealed interface EventChanged {
    record EventCreated(
            String eventId,
            String creatorId,
            String title,
            Instant startsAt,
            EventVisibility visibility)
            implements EventChanged {
        static EventCreated of(Event event) {
            return new EventCreated(
                    event.id(),
                    event.creatorId(),
                    event.title(),
                    event.startsAt(),
                    event.visibility());
        }
    }

    record EventUpdated(
            String eventId,
            String creatorId,
            String title,
            Instant startsAt,
            EventVisibility visibility)
            implements EventChanged {
        static EventUpdated of(Event event) {
            return new EventUpdated(
                    event.id(),
                    event.creatorId(),
                    event.title(),
                    event.startsAt(),
                    event.visibility());
        }
    }

    record EventCancelled(
            String eventId,
            String creatorId,
            String title,
            Instant startsAt,
            EventVisibility visibility,
            @Nullable String reason)
            implements EventChanged {
        static EventCancelled of(Event event) {
            return new EventCancelled(
                    event.id(),
                    event.creatorId(),
                    event.title(),
                    event.startsAt(),
                    event.visibility(),
                    event.cancellationReason());
        }
    }
}
