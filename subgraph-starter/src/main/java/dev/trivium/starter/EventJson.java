package dev.trivium.starter;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Domain events as JSON. Fields that a reader does not know are skipped, so that a newer writer
/// may add some; instants are ISO 8601 text.
final class EventJson {
    private static final TypeReference<Map<String, @Nullable Object>> FIELDS =
            new TypeReference<>() {};

    private final JsonMapper json = JsonMapper.builder().build();

    /// A message that no retry can make readable.
    static final class MalformedEventException extends RuntimeException {
        MalformedEventException(String message) {
            super(message);
        }
    }

    byte[] write(DomainEvent event) {
        return json.writeValueAsBytes(event);
    }

    DomainEvent read(byte[] body) {
        try {
            DomainEvent event = json.readValue(body, DomainEvent.class);
            Objects.requireNonNull(event, "envelope");
            Objects.requireNonNull(event.eventId(), "eventId");
            Objects.requireNonNull(event.type(), "type");
            Objects.requireNonNull(event.aggregateId(), "aggregateId");
            Objects.requireNonNull(event.occurredAt(), "occurredAt");
            Objects.requireNonNull(event.payload(), "payload");
            return event;
        } catch (JacksonException | NullPointerException e) {
            throw new MalformedEventException("Not an event envelope: " + summary(e));
        }
    }

    Map<String, @Nullable Object> fields(Object payload) {
        return json.convertValue(payload, FIELDS);
    }

    <P> P payload(DomainEvent event, Class<P> type) {
        try {
            return json.convertValue(event.payload(), type);
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw new MalformedEventException(
                    "Not a payload of " + event.type() + ": " + summary(e));
        }
    }

    /// What went wrong without what was in the message.
    private static String summary(Exception e) {
        return e instanceof JacksonException json
                ? json.getClass().getSimpleName() + " at " + json.getPathReference()
                : e.toString();
    }
}
