package dev.trivium.auth.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A person with an account.
///
/// @param signUpKey the idempotency key of the sign-up, if the client sent one
public record User(
        String id,
        EmailAddress email,
        String displayName,
        String passwordHash,
        @Nullable String signUpKey,
        Instant createdAt) {

    /// Shows the id only, so that no log shows more.
    @Override
    public String toString() {
        return "User[" + id + "]";
    }
}
