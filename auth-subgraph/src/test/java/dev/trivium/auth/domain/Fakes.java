package dev.trivium.auth.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The domain's ports, in memory.
final class Fakes {
    private Fakes() {}

    static final class Time {
        Instant now = Instant.parse("2026-05-01T18:00:00Z");

        Clock clock() {
            InstantSource source = () -> now;
            return source.withZone(ZoneOffset.UTC);
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    static final class Users implements UserStore {
        final Map<String, User> users = new LinkedHashMap<>();
        final List<UserCreated> events = new ArrayList<>();

        /// Runs once, before the next user is added: what another request does in between.
        Runnable meanwhile = () -> {};

        @Override
        public boolean add(User user, UserCreated event) {
            Runnable other = meanwhile;
            meanwhile = () -> {};
            other.run();
            boolean taken =
                    byEmail(user.email()).isPresent()
                            || (user.signUpKey() != null
                                    && bySignUpKey(user.signUpKey()).isPresent());
            if (!taken) {
                users.put(user.id(), user);
                events.add(event);
            }
            return !taken;
        }

        @Override
        public Optional<User> byEmail(EmailAddress email) {
            return one(user -> user.email().equals(email));
        }

        @Override
        public Optional<User> bySignUpKey(String key) {
            return one(user -> key.equals(user.signUpKey()));
        }

        @Override
        public List<User> byIds(Set<String> ids) {
            return users.values().stream().filter(user -> ids.contains(user.id())).toList();
        }

        @Override
        public void replacePasswordHash(String userId, String oldHash, String newHash) {
            users.computeIfPresent(
                    userId,
                    (id, user) ->
                            new User(
                                    id,
                                    user.email(),
                                    user.displayName(),
                                    newHash,
                                    user.signUpKey(),
                                    user.createdAt()));
        }

        private Optional<User> one(Predicate<User> condition) {
            return users.values().stream().filter(condition).findAny();
        }
    }

    /// Hashes are `<effort>:<password>`.
    static final class Hasher implements PasswordHasher {
        int effort = 1;
        int work;

        @Override
        public String hash(Password password) {
            work++;
            return effort + ":" + password.value();
        }

        @Override
        public boolean matches(Password password, String hash) {
            work++;
            return hash.substring(hash.indexOf(':') + 1).equals(password.value());
        }

        @Override
        public boolean isOutdated(String hash) {
            return !hash.startsWith(effort + ":");
        }
    }

    static final class Tokens implements AccessTokenIssuer {
        private int issued;

        @Override
        public AccessToken issue(String userId) {
            return new AccessToken("access-" + userId + "-" + ++issued, Duration.ofMinutes(10));
        }
    }

    static final class Families implements SessionStore {
        final Map<String, TokenFamily> families = new LinkedHashMap<>();

        /// Runs once, before the next rotation: what another request does in between.
        Runnable meanwhile = () -> {};

        @Override
        public void add(TokenFamily family) {
            families.put(family.id(), family);
        }

        @Override
        public Optional<TokenFamily> find(String id) {
            return Optional.ofNullable(families.get(id));
        }

        @Override
        public boolean rotate(TokenFamily from, TokenFamily to) {
            Runnable other = meanwhile;
            meanwhile = () -> {};
            other.run();
            TokenFamily stored = families.get(from.id());
            if (stored == null || !stored.currentHash().equals(from.currentHash())) {
                return false;
            }
            families.put(to.id(), to);
            return true;
        }

        @Override
        public void remove(String id) {
            families.remove(id);
        }
    }
}
