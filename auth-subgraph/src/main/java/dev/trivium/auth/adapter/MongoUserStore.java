package dev.trivium.auth.adapter;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.trivium.auth.domain.EmailAddress;
import dev.trivium.auth.domain.User;
import dev.trivium.auth.domain.UserCreated;
import dev.trivium.auth.domain.UserStore;
import dev.trivium.starter.DatabaseSetup;
import dev.trivium.starter.NewEvent;
import dev.trivium.starter.Outbox;
import dev.trivium.starter.Outboxes;
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
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/// Users in the collection `users`. Unique indexes decide who gets an e-mail address or a sign-up
/// key.
@Component
final class MongoUserStore implements UserStore, DatabaseSetup {
    private final MongoOperations mongo;
    private final Outbox<UserDocument> outbox;

    MongoUserStore(MongoOperations mongo, Outboxes outboxes) {
        this.mongo = mongo;
        this.outbox = outboxes.of(UserDocument.class);
    }

    @Document("users")
    record UserDocument(
            String id,
            String email,
            String displayName,
            String passwordHash,
            @Nullable String signUpKey,
            Instant createdAt,
            long version) {
        static UserDocument of(User user) {
            return new UserDocument(
                    user.id(),
                    user.email().value(),
                    user.displayName(),
                    user.passwordHash(),
                    user.signUpKey(),
                    user.createdAt(),
                    1);
        }

        User toUser() {
            return new User(
                    id, new EmailAddress(email), displayName, passwordHash, signUpKey, createdAt);
        }
    }

    @Override
    public void apply() {
        var indexes = mongo.indexOps(UserDocument.class);
        indexes.createIndex(new Index().on("email", Sort.Direction.ASC).unique());
        indexes.createIndex(new Index().on("signUpKey", Sort.Direction.ASC).unique().sparse());
    }

    @Override
    public boolean add(User user, UserCreated event) {
        try {
            outbox.insert(UserDocument.of(user), new NewEvent("UserCreated", 1, event));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public Optional<User> byEmail(EmailAddress email) {
        return one("email", email.value());
    }

    @Override
    public Optional<User> bySignUpKey(String key) {
        return one("signUpKey", key);
    }

    @Override
    public List<User> byIds(Set<String> ids) {
        return mongo.find(query(where("id").in(ids)), UserDocument.class).stream()
                .map(UserDocument::toUser)
                .toList();
    }

    @Override
    public void replacePasswordHash(String userId, String oldHash, String newHash) {
        mongo.updateFirst(
                query(where("id").is(userId).and("passwordHash").is(oldHash)),
                Update.update("passwordHash", newHash),
                UserDocument.class);
    }

    private Optional<User> one(String field, String value) {
        return Optional.ofNullable(mongo.findOne(query(where(field).is(value)), UserDocument.class))
                .map(UserDocument::toUser);
    }
}
