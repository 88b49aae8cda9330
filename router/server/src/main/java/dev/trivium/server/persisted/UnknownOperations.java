package dev.trivium.server.persisted;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trivium.language.ClientSchema;
import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The operations that clients send and that no manifest holds: each is logged once, or learned, or
/// both. A client that sends others all the time costs a bounded cache and a bounded queue.
public final class UnknownOperations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UnknownOperations.class);

    private static final long MOST_REMEMBERED = 4L * 1024 * 1024;
    private static final int OVERHEAD = 200;
    private static final int LONGEST_QUEUE = 1_000;
    private static final int LONGEST_LOGGED = 500;
    private static final long PATIENCE_SECONDS = 5;

    private final boolean log;
    private final @Nullable LearnedManifest learned;
    private final ParserLimits limits;
    private final Cache<Seen, Boolean> seen;
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(
                    0,
                    1,
                    1,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(LONGEST_QUEUE),
                    Thread.ofPlatform().daemon().name("unknown-operations").factory());

    private record Seen(String text, @Nullable String clientName) {}

    /// @param learn the file of the learned manifest, or null
    public UnknownOperations(boolean log, @Nullable Path learn, ParserLimits limits) {
        this.log = log;
        this.limits = limits;
        this.learned = learn == null ? null : LearnedManifest.open(learn);
        this.seen =
                Caffeine.newBuilder()
                        .executor(thread)
                        .maximumWeight(MOST_REMEMBERED)
                        .weigher((Seen key, Boolean _) -> OVERHEAD + key.text().length())
                        .build();
    }

    /// Does nothing for what it has seen before. Never blocks.
    ///
    /// @param clientName as the client calls itself, or null
    /// @param schema tells whether the operation is worth to be known
    public void seen(String text, @Nullable String clientName, ClientSchema schema) {
        var key = new Seen(text, clientName);
        if (seen.asMap().putIfAbsent(key, true) == null) {
            try {
                thread.execute(() -> look(text, clientName, schema));
            } catch (RejectedExecutionException _) {
                // There is more to look at than can be looked at; it will come again.
                seen.invalidate(key);
            }
        }
    }

    private void look(String text, @Nullable String clientName, ClientSchema schema) {
        if (!(Parser.parseOperation(text, limits)
                        instanceof Outcome.Accepted<Document>(var document))
                || !schema.validate(document).isEmpty()) {
            return;
        }
        if (log) {
            LOG.warn(
                    "An operation of the client {} is in no manifest: {}",
                    clientName == null ? "(without a name)" : clientName,
                    shortened(CanonicalText.of(document)));
        }
        if (learned != null) {
            learned.add(document, clientName);
        }
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_LOGGED ? text.substring(0, LONGEST_LOGGED) + "…" : text;
    }

    /// Waits for what it was told last.
    @Override
    public void close() {
        thread.shutdown();
        try {
            var _ = thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (learned != null) {
            learned.close();
        }
    }
}
