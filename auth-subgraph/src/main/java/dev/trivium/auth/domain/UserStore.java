package dev.trivium.auth.domain;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Keeps users. E-mail addresses and sign-up keys are unique.
public interface UserStore {
    /// Adds the user and records the event, both or neither.
    ///
    /// @return false when the e-mail address or the sign-up key is taken
    boolean add(User user, UserCreated event);

    Optional<User> byEmail(EmailAddress email);

    Optional<User> bySignUpKey(String key);

    /// The users with these ids, in any order, without those that do not exist; one question to the
    /// store.
    List<User> byIds(Set<String> ids);

    void replacePasswordHash(String userId, String oldHash, String newHash);
}
