package dev.trivium.server.persisted;

import org.jspecify.annotations.Nullable;

/// How a client says which document it means.
public sealed interface DocumentReference {

    /// The document itself.
    record Text(String text) implements DocumentReference {}

    /// What the router itself has chosen; every mode takes it.
    record Trusted(String text) implements DocumentReference {}

    /// `documentId`, or the last segment of a path.
    record Id(String id) implements DocumentReference {}

    /// `extensions.persistedQuery.sha256Hash`, which names a trusted document, or one that some
    /// client has registered.
    ///
    /// @param text with which a client registers it, or null
    record Hash(String hash, @Nullable String text) implements DocumentReference {}
}
