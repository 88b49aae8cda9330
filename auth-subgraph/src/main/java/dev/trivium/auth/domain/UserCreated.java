package dev.trivium.auth.domain;

/// Somebody has signed up. Holds no e-mail address: other services have no use for it.
public record UserCreated(String userId, String displayName) {}
