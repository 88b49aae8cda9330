package dev.trivium.auth.adapter;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.trivium.auth.domain.SessionStore;
import dev.trivium.auth.domain.TokenFamily;
import dev.trivium.starter.DatabaseSetup;
import java.time.Duration;
import java.util.Optional;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/// Sessions in the collection `sessions`, which MongoDB cleans of what has expired.
@Component
final class MongoSessionStore implements SessionStore, DatabaseSetup {
    private static final String COLLECTION = "sessions";

    private final MongoOperations mongo;

    MongoSessionStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    @Override
    public void apply() {
        mongo.indexOps(COLLECTION)
                .createIndex(new Index().on("expiresAt", Sort.Direction.ASC).expire(Duration.ZERO));
    }

    @Override
    public void add(TokenFamily family) {
        mongo.insert(family, COLLECTION);
    }

    @Override
    public Optional<TokenFamily> find(String id) {
        return Optional.ofNullable(mongo.findById(id, TokenFamily.class, COLLECTION));
    }

    @Override
    public boolean rotate(TokenFamily from, TokenFamily to) {
        return mongo.updateFirst(
                                query(
                                        where("id")
                                                .is(from.id())
                                                .and("currentHash")
                                                .is(from.currentHash())),
                                Update.update("currentHash", to.currentHash())
                                        .set("rotation", to.rotation()),
                                TokenFamily.class,
                                COLLECTION)
                        .getMatchedCount()
                == 1;
    }

    @Override
    public void remove(String id) {
        mongo.remove(query(where("id").is(id)), TokenFamily.class, COLLECTION);
    }
}
