package dev.trivium.auth.domain;

import java.util.Optional;

/// Keeps the families of refresh tokens.
public interface SessionStore {
    void add(TokenFamily family);

    Optional<TokenFamily> find(String id);

    /// Replaces a family, provided that its current token is still the one that the old state
    /// shows.
    ///
    /// @return false when somebody else rotated or ended it meanwhile
    boolean rotate(TokenFamily from, TokenFamily to);

    /// Ends a session; nothing happens when there is none with this id.
    void remove(String id);
}
