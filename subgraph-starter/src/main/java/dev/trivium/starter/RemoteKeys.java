package dev.trivium.starter;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The key set of the token issuer, fetched when first needed.
///
/// A set is renewed every five minutes; while the issuer is out of reach, the last one is good for
/// an hour. A token with an unknown key id causes at most one fetch in 30 seconds, so that random
/// ids cannot be turned into load on the issuer.
final class RemoteKeys implements JWKSource<SecurityContext> {
    static final Duration RENEW = Duration.ofMinutes(5);
    static final Duration EXPIRE = Duration.ofHours(1);
    static final Duration UNKNOWN_KEY_PAUSE = Duration.ofSeconds(30);
    static final Duration FAILURE_PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(RemoteKeys.class);

    /// Where the key set comes from.
    interface Source {
        JWKSet fetch() throws IOException;
    }

    private record Fetched(JWKSet set, Instant at) {}

    private final Source source;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Fetched last;
    private Instant lastAttempt = Instant.EPOCH;

    RemoteKeys(Source source) {
        this(source, Clock.systemUTC());
    }

    RemoteKeys(Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
            throws KeySourceException {
        List<JWK> found = selector.select(renewed().set());
        return found.isEmpty() ? selector.select(notOlderThan(UNKNOWN_KEY_PAUSE).set()) : found;
    }

    /// Keys that are good for a while yet, though due, do not make anybody wait but the one request
    /// that renews them.
    private Fetched renewed() throws KeySourceException {
        if (isOlder(last, EXPIRE)) {
            return notOlderThan(RENEW);
        }
        if (isOlder(last, RENEW) && fetching.tryLock()) {
            try {
                fetchIfOlder(RENEW);
            } finally {
                fetching.unlock();
            }
        }
        return usable();
    }

    private Fetched notOlderThan(Duration age) throws KeySourceException {
        if (isOlder(last, age)) {
            fetching.lock();
            try {
                fetchIfOlder(age);
            } finally {
                fetching.unlock();
            }
        }
        return usable();
    }

    private Fetched usable() throws KeySourceException {
        Fetched keys = last;
        if (keys == null || isOlder(keys, EXPIRE)) {
            throw new JWKSetUnavailableException("The issuer's keys are out of reach");
        }
        return keys;
    }

    private void fetchIfOlder(Duration age) {
        if (isOlder(last, age) && !clock.instant().isBefore(lastAttempt.plus(FAILURE_PAUSE))) {
            fetch();
        }
    }

    private void fetch() {
        try {
            last = new Fetched(source.fetch(), clock.instant());
        } catch (IOException e) {
            log.warn("Cannot fetch the issuer's keys: {}", e.toString());
        } finally {
            // When it ended: who waited for an issuer that hangs does not try once more.
            lastAttempt = clock.instant();
        }
    }

    private boolean isOlder(@Nullable Fetched keys, Duration age) {
        return keys == null || clock.instant().isAfter(keys.at().plus(age));
    }

    /// Fetches with short timeouts and a bounded size.
    static final class Http implements Source {
        private final URI uri;
        private final DefaultResourceRetriever retriever =
                new DefaultResourceRetriever(1_000, 2_000, 64 * 1024);

        Http(URI uri) {
            this.uri = uri;
        }

        @Override
        public JWKSet fetch() throws IOException {
            try {
                return JWKSet.parse(retriever.retrieveResource(uri.toURL()).getContent());
            } catch (ParseException e) {
                throw new IOException("Not a key set", e);
            }
        }
    }
}
