package dev.trivium.server.configuration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Whether clients may register a document under its hash, and where it is kept.
///
/// @param maxBytes of the documents in this process's memory
/// @param redis where they are kept beside, or null
public record AutomaticPersistedQueries(
        boolean enabled, int maxBytes, @Nullable SharedCache redis) {

    /// A Valkey or Redis server that several routers share.
    ///
    /// @param url `redis://` or `rediss://`
    /// @param timeout of one command; what takes longer counts as not found
    /// @param ttl how long a document is kept after it was sent last
    /// @param namespace what each key begins with
    public record SharedCache(String url, Duration timeout, Duration ttl, String namespace) {}
}
