package dev.trivium.auth.domain;

/// What came of an attempt to renew a session.
public sealed interface RefreshResult {
    record Refreshed(Session session) implements RefreshResult {}

    /// The token is unknown, expired, revoked or was used before.
    record Refused() implements RefreshResult {}
}
