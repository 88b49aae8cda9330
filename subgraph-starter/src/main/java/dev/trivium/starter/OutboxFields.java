package dev.trivium.starter;

import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// How pending events are kept inside an aggregate's document.
///
///     { _id: "…", version: 3, …,
///       outbox: [ { eventId, type, schemaVersion, aggregateId, aggregateVersion, occurredAt,
///                   traceparent, payload: {…} } ],
///       outboxDueAt: <when any instance may publish them; absent where `outbox` is empty> }
final class OutboxFields {
    static final String ID = "_id";
    static final String VERSION = "version";
    static final String OUTBOX = "outbox";
    static final String DUE_AT = "outboxDueAt";
    static final String EVENT_ID = "eventId";

    private OutboxFields() {}

    static Document document(DomainEvent event) {
        return new Document(EVENT_ID, event.eventId())
                .append("type", event.type())
                .append("schemaVersion", event.schemaVersion())
                .append("aggregateId", event.aggregateId())
                .append("aggregateVersion", event.aggregateVersion())
                .append("occurredAt", Date.from(event.occurredAt()))
                .append("traceparent", event.traceparent())
                .append("payload", new Document(event.payload()));
    }

    static List<DomainEvent> pending(Document aggregate) {
        return aggregate.getList(OUTBOX, Document.class, List.of()).stream()
                .map(OutboxFields::event)
                .toList();
    }

    private static DomainEvent event(Document entry) {
        Map<String, @Nullable Object> payload =
                new LinkedHashMap<>(entry.get("payload", Document.class));
        return new DomainEvent(
                entry.getString(EVENT_ID),
                entry.getString("type"),
                entry.getInteger("schemaVersion"),
                entry.getString("aggregateId"),
                entry.getLong("aggregateVersion"),
                entry.getDate("occurredAt").toInstant(),
                entry.getString("traceparent"),
                payload);
    }
}
