package dev.trivium.auth.domain;

import java.time.Duration;

/// Signs access tokens.
public interface AccessTokenIssuer {
    /// @param lifetime from now until the token expires
    record AccessToken(String value, Duration lifetime) {}

    AccessToken issue(String userId);
}
