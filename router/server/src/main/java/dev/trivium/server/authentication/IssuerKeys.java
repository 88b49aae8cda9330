package dev.trivium.server.authentication;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The public keys of one issuer: fetched at their first use, refreshed when they are old or when a
/// token names a key that is not among them, and kept while the issuer does not answer.
final class IssuerKeys {
    /// How often tokens with unknown keys may cause a fetch.
    static final Duration UNKNOWN_KEY_PAUSE = Duration.ofSeconds(30);

    /// How soon after a failure the next request may try again, where there are no keys at all.
    static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    /// How long keys count while the issuer does not answer.
    static final Duration MAXIMUM_AGE = Duration.ofHours(12);

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private final URI url;
    private final Duration pollInterval;
    private final KeyDocuments documents;
    private final Clock clock;
    private final Runnable changed;

    private @Nullable KeySet current;
    private Instant lastAttempt = Instant.MIN;
    private @Nullable CompletableFuture<Lookup> underWay;

    private record KeySet(List<JWK> keys, Instant fetchedAt) {}

    /// The keys to try.
    sealed interface Lookup {
        record Found(List<JWK> keys) implements Lookup {}

        record Unavailable() implements Lookup {}
    }

    /// @param changed called when a fetch brought other keys than before
    IssuerKeys(
            URI url, Duration pollInterval, KeyDocuments documents, Clock clock, Runnable changed) {
        this.url = url;
        this.pollInterval = pollInterval;
        this.documents = documents;
        this.clock = clock;
        this.changed = changed;
    }

    /// The keys that may have signed a token.
    ///
    /// @param keyId the `kid` that the token names, or null
    /// @return completed already, unless keys must be fetched first
    synchronized CompletableFuture<Lookup> find(@Nullable String keyId) {
        var now = clock.instant();
        var set = current;
        if (set == null || isTooOld(set)) {
            return mayFetch(now, RETRY_PAUSE)
                    ? fetch(now)
                    : CompletableFuture.completedFuture(new Lookup.Unavailable());
        }
        var keys = matching(set, keyId);
        if (keys.isEmpty() && mayFetch(now, UNKNOWN_KEY_PAUSE)) {
            return fetch(now).thenApply(_ -> new Lookup.Found(matchingNow(keyId)));
        }
        if (now.isAfter(set.fetchedAt().plus(pollInterval)) && mayFetch(now, UNKNOWN_KEY_PAUSE)) {
            // Nobody waits for it: the old keys still count.
            var _ = fetch(now);
        }
        return CompletableFuture.completedFuture(new Lookup.Found(keys));
    }

    private boolean isTooOld(KeySet set) {
        return clock.instant().isAfter(set.fetchedAt().plus(MAXIMUM_AGE));
    }

    private boolean mayFetch(Instant now, Duration pause) {
        return underWay != null
                || lastAttempt.equals(Instant.MIN)
                || !now.isBefore(lastAttempt.plus(pause));
    }

    private synchronized List<JWK> matchingNow(@Nullable String keyId) {
        return current == null ? List.of() : matching(current, keyId);
    }

    private static List<JWK> matching(KeySet set, @Nullable String keyId) {
        return set.keys().stream()
                .filter(key -> keyId == null || keyId.equals(key.getKeyID()))
                .toList();
    }

    private CompletableFuture<Lookup> fetch(Instant now) {
        if (underWay != null) {
            return underWay;
        }
        lastAttempt = now;
        var result = new CompletableFuture<Lookup>();
        underWay = result;
        request()
                .thenApply(IssuerKeys::parse)
                .whenComplete((keys, failure) -> result.complete(fetched(keys, failure)));
        return result;
    }

    /// A URL that cannot be asked at all fails like any other: nobody is to wait for it for ever.
    private CompletionStage<String> request() {
        try {
            return documents.fetch(url);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized Lookup fetched(@Nullable List<JWK> keys, @Nullable Throwable failure) {
        underWay = null;
        if (keys != null) {
            if (current != null && !current.keys().equals(keys)) {
                changed.run();
            }
            current = new KeySet(keys, clock.instant());
        } else {
            LOG.warn("The keys at {} cannot be read: {}", url, String.valueOf(failure));
            if (current != null && isTooOld(current)) {
                current = null;
            }
        }
        return current == null ? new Lookup.Unavailable() : new Lookup.Found(current.keys());
    }

    private static List<JWK> parse(String document) {
        try {
            return JWKSet.parse(document).toPublicJWKSet().getKeys();
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a JWK set", e);
        }
    }
}
