package dev.trivium.auth.domain;

/// Hashes passwords, slowly on purpose.
public interface PasswordHasher {
    String hash(Password password);

    /// Takes as long as [#hash].
    boolean matches(Password password, String hash);

    /// Whether the hash was made with less effort than one would be today.
    boolean isOutdated(String hash);
}
