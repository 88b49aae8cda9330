package dev.trivium.server.persisted;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Registered documents in this process, bounded in bytes.
public final class DocumentsInMemory implements RegisteredDocuments {
    /// What an entry costs beside its text: the hash, objects, links.
    private static final int OVERHEAD = 300;

    private final Cache<String, String> texts;

    /// @param maintenance runs what the cache tidies up
    public DocumentsInMemory(int maxBytes, Executor maintenance) {
        this.texts =
                Caffeine.newBuilder()
                        .executor(maintenance)
                        .maximumWeight(maxBytes)
                        .weigher((String _, String text) -> OVERHEAD + 2 * text.length())
                        .build();
    }

    @Override
    public CompletableFuture<@Nullable String> find(String hash) {
        return CompletableFuture.completedFuture(texts.getIfPresent(hash));
    }

    @Override
    public void add(String hash, String text) {
        texts.put(hash, text);
    }

    /// There is nothing to close.
    @Override
    public void close() {}
}
