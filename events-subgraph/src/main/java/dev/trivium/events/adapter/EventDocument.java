package dev.trivium.events.adapter;

import dev.trivium.events.domain.Creation;
import dev.trivium.events.domain.Event;
import dev.trivium.events.domain.EventDetails;
import dev.trivium.events.domain.EventStatus;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Document;

/// An event in the collection `events`.
///
/// @param foldedTitle the title without differences of case, for searching
@Document("events")
record EventDocument(
        String id,
        String creatorId,
        EventDetails details,
        String foldedTitle,
        EventStatus status,
        @Nullable String cancellationReason,
        @Nullable Creation creation,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    static EventDocument of(Event event, @Nullable Creation creation) {
        return new EventDocument(
                event.id(),
                event.creatorId(),
                event.details(),
                fold(event.title()),
                event.status(),
                event.cancellationReason(),
                creation,
                event.version(),
                event.createdAt(),
                event.updatedAt());
    }

    Event toEvent() {
        return new Event(
                id, creatorId, details, status, cancellationReason, version, createdAt, updatedAt);
    }

    /// By way of upper case, in which more letters of one kind meet than in lower case alone. Sigma
    /// is the one letter whose lower case depends on its place in a word, and so in a search text.
    static String fold(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace('ς', 'σ');
    }
}
