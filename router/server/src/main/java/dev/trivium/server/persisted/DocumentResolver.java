package dev.trivium.server.persisted;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trivium.language.Outcome;
import dev.trivium.language.ParserLimits;
import dev.trivium.server.configuration.PersistedQueries.Mode;
import dev.trivium.server.persisted.Resolution.Found;
import dev.trivium.server.persisted.Resolution.Reason;
import dev.trivium.server.persisted.Resolution.Refused;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// From what a client sends to the text that is executed: by id, by hash, or as it is, as far as
/// the mode allows it. Part of a generation, as its manifest is.
///
/// A text is compared with the trusted ones in its canonical form, which is made on other threads
/// than the event loops and remembered.
public final class DocumentResolver {
    /// Characters of texts whose comparison is remembered.
    private static final long MOST_REMEMBERED = 8L * 1024 * 1024;

    private static final int OVERHEAD = 200;

    private final Manifest manifest;
    private final Mode mode;
    private final ParserLimits limits;
    private final @Nullable RegisteredDocuments registered;
    private final @Nullable UnknownDocuments unknown;
    private final AsyncCache<String, Boolean> listed;

    /// Gets each document that is sent as text and is in no manifest.
    public interface UnknownDocuments {
        /// Called often, and on event loops.
        ///
        /// @param clientName as the client calls itself, or null
        void seen(String text, @Nullable String clientName);
    }

    /// @param registered null where clients may not register documents
    /// @param unknown null where nobody wants to know
    /// @param workers make the canonical texts
    public DocumentResolver(
            Manifest manifest,
            Mode mode,
            ParserLimits limits,
            @Nullable RegisteredDocuments registered,
            @Nullable UnknownDocuments unknown,
            Executor workers) {
        this.manifest = manifest;
        this.mode = mode;
        this.limits = limits;
        this.registered = registered;
        this.unknown = unknown;
        this.listed =
                Caffeine.newBuilder()
                        .executor(workers)
                        .maximumWeight(MOST_REMEMBERED)
                        .weigher((String text, Boolean _) -> OVERHEAD + text.length())
                        .buildAsync();
    }

    public Manifest manifest() {
        return manifest;
    }

    /// @param clientName as the client calls itself, or null
    /// @throws RejectedExecutionException if too many documents wait already
    public CompletableFuture<Resolution> resolve(
            DocumentReference reference, @Nullable String clientName) {
        return switch (reference) {
            case DocumentReference.Text(var text) -> text(text, clientName);
            case DocumentReference.Trusted(var text) ->
                    CompletableFuture.completedFuture(new Found(text));
            case DocumentReference.Id(var id) -> {
                var trusted = manifest.find(id, clientName);
                yield trusted == null
                        ? refused(Reason.PERSISTED_QUERY_NOT_IN_LIST)
                        : CompletableFuture.completedFuture(new Found(trusted.text()));
            }
            case DocumentReference.Hash(var hash, var text) ->
                    text == null ? hash(hash, clientName) : register(hash, text, clientName);
        };
    }

    private CompletableFuture<Resolution> text(String text, @Nullable String clientName) {
        if (mode == Mode.REQUIRE_ID) {
            return refused(Reason.PERSISTED_QUERY_ID_REQUIRED);
        }
        if ((mode == Mode.OFF && unknown == null) || manifest.hasText(text)) {
            return CompletableFuture.completedFuture(new Found(text));
        }
        return listed.get(text, this::isListed)
                .thenApply(isListed -> {
                    if (!isListed && unknown != null) {
                        unknown.seen(text, clientName);
                    }
                    return isListed || mode != Mode.ENFORCE
                            ? new Found(text)
                            : new Refused(Reason.QUERY_NOT_IN_SAFELIST);
                });
    }

    private boolean isListed(String text) {
        return CanonicalText.of(text, limits) instanceof Outcome.Accepted<String>(var canonical)
                && manifest.hasCanonical(canonical);
    }

    private CompletableFuture<Resolution> hash(String hash, @Nullable String clientName) {
        var trusted = manifest.find(hash, clientName);
        if (trusted != null) {
            return CompletableFuture.completedFuture(new Found(trusted.text()));
        }
        if (registered == null || mode == Mode.REQUIRE_ID) {
            return refused(
                    manifest.isEmpty()
                            ? Reason.PERSISTED_QUERY_NOT_SUPPORTED
                            : Reason.PERSISTED_QUERY_NOT_IN_LIST);
        }
        return registered
                .find(hash)
                .thenCompose(text ->
                        text == null
                                ? refused(Reason.PERSISTED_QUERY_NOT_FOUND)
                                : text(text, clientName));
    }

    private CompletableFuture<Resolution> register(
            String hash, String text, @Nullable String clientName) {
        if (mode == Mode.REQUIRE_ID || registered == null) {
            return text(text, clientName);
        }
        if (!Sha256.hex(text).equals(hash)) {
            return refused(Reason.PERSISTED_QUERY_HASH_MISMATCH);
        }
        return text(text, clientName)
                .thenApply(resolution -> {
                    if (resolution instanceof Found) {
                        registered.add(hash, text);
                    }
                    return resolution;
                });
    }

    private static CompletableFuture<Resolution> refused(Reason reason) {
        return CompletableFuture.completedFuture(new Refused(reason));
    }
}
