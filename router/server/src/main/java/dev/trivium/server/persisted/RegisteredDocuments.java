package dev.trivium.server.persisted;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Documents that clients have registered under their hashes. May forget any of them at any time;
/// clients then send them again. Never fails and never blocks.
public interface RegisteredDocuments extends AutoCloseable {

    /// @return null for a hash that is not known; the text otherwise has this hash
    CompletableFuture<@Nullable String> find(String hash);

    /// @param hash of the text
    void add(String hash, String text);

    @Override
    void close();
}
