package dev.trivium.starter;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Update;

/// Writes the aggregates of one collection together with their events: one atomic write of one
/// document holds both, and a relay publishes the events from there.
///
/// The aggregate's class has a `String` id and a `long version` *without* `@Version`, and is never
/// `save()`d: that would bring back events which the relay has already published and removed.
public final class Outbox<T> {
    private final Class<T> type;
    private final String collection;
    private final MongoOperations mongo;
    private final OutboxRelay relay;
    private final EventJson json = new EventJson();

    Outbox(Class<T> type, MongoOperations mongo, OutboxRelay relay) {
        this.type = type;
        this.collection = mongo.getCollectionName(type);
        this.mongo = mongo;
        this.relay = relay;
    }

    /// Inserts a new aggregate, as version 1, with its events. Fails with
    /// [org.springframework.dao.DuplicateKeyException] as any insert does.
    public void insert(T aggregate, NewEvent... events) {
        var document = new Document();
        mongo.getConverter().write(aggregate, document);
        String id = document.getString(OutboxFields.ID);
        document.put(OutboxFields.VERSION, 1L);
        if (events.length > 0) {
            document.put(OutboxFields.OUTBOX, entries(id, 1, events));
            document.put(OutboxFields.DUE_AT, dueAt());
        }
        mongo.execute(collection, documents -> documents.insertOne(document));
        wake(id, events);
    }

    /// Changes an aggregate that still has the expected version, raises the version by one and
    /// records the events.
    ///
    /// @return the aggregate after the change; empty when there is none with this id and version
    public Optional<T> update(String id, long expectedVersion, Update change, NewEvent... events) {
        change.inc(OutboxFields.VERSION, 1);
        if (events.length > 0) {
            change.push(OutboxFields.OUTBOX)
                    .each(entries(id, expectedVersion + 1, events).toArray());
            change.set(OutboxFields.DUE_AT, dueAt());
        }
        T changed =
                mongo.findAndModify(
                        query(
                                where(OutboxFields.ID)
                                        .is(id)
                                        .and(OutboxFields.VERSION)
                                        .is(expectedVersion)),
                        change,
                        FindAndModifyOptions.options().returnNew(true),
                        type);
        if (changed != null) {
            wake(id, events);
        }
        return Optional.ofNullable(changed);
    }

    private List<Document> entries(String aggregateId, long version, NewEvent... events) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Document> entries = new ArrayList<>(events.length);
        for (NewEvent event : events) {
            entries.add(
                    OutboxFields.document(
                            new DomainEvent(
                                    UUID.randomUUID().toString(),
                                    event.type(),
                                    event.schemaVersion(),
                                    aggregateId,
                                    version,
                                    now,
                                    TraceContext.current(),
                                    json.fields(event.payload()))));
        }
        return entries;
    }

    private Date dueAt() {
        return Date.from(Instant.now().plus(relay.headStart()));
    }

    private void wake(String id, NewEvent... events) {
        if (events.length > 0) {
            relay.wake(new OutboxRelay.Aggregate(collection, id));
        }
    }
}
