package dev.trivium.starter;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.springframework.data.mongodb.core.MongoOperations;

/// Makes an [Outbox] for each collection of aggregates that emit events.
public final class Outboxes implements DatabaseSetup {
    private final MongoOperations mongo;
    private final OutboxRelay relay;
    private final Set<String> collections = new ConcurrentSkipListSet<>();

    Outboxes(MongoOperations mongo, OutboxRelay relay) {
        this.mongo = mongo;
        this.relay = relay;
    }

    public <T> Outbox<T> of(Class<T> aggregate) {
        String collection = mongo.getCollectionName(aggregate);
        collections.add(collection);
        relay.watch(collection);
        return new Outbox<>(aggregate, mongo, relay);
    }

    @Override
    public void apply() {
        for (String collection : collections) {
            mongo.getCollection(collection)
                    .createIndex(
                            Indexes.ascending(OutboxFields.DUE_AT),
                            new IndexOptions().sparse(true));
        }
    }
}
