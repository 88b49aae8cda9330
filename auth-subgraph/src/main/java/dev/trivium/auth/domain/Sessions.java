package dev.trivium.auth.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Opens, renews and ends sessions, by refresh token rotation (RFC 9700, section 4.14): a refresh
/// token is good for one renewal, and one that is shown again ends the session, because two parties
/// hold it. A retry within a few seconds is not that: it gets the very token that the first attempt
/// got.
public final class Sessions {
    static final Duration LIFETIME = Duration.ofDays(30);
    static final Duration RETRY_GRACE = Duration.ofSeconds(10);

    private final SessionStore store;
    private final AccessTokenIssuer accessTokens;
    private final Clock clock;

    public Sessions(SessionStore store, AccessTokenIssuer accessTokens, Clock clock) {
        this.store = store;
        this.accessTokens = accessTokens;
        this.clock = clock;
    }

    /// Opens a session of a user whose identity is proved.
    public Session open(String userId) {
        RefreshToken token = RefreshToken.random();
        store.add(
                new TokenFamily(
                        token.familyHash(),
                        userId,
                        token.secretHash(),
                        now().plus(LIFETIME),
                        null));
        return session(userId, token);
    }

    public RefreshResult refresh(String refreshToken) {
        return RefreshToken.parse(refreshToken)
                .flatMap(token -> renew(token).or(() -> retry(token)))
                .<RefreshResult>map(RefreshResult.Refreshed::new)
                .orElseGet(RefreshResult.Refused::new);
    }

    public void end(String refreshToken) {
        RefreshToken.parse(refreshToken).ifPresent(token -> store.remove(token.familyHash()));
    }

    private Optional<Session> renew(RefreshToken token) {
        TokenFamily family = live(token).orElse(null);
        if (family == null || !family.isCurrent(token)) {
            return Optional.empty();
        }
        String nonce = RefreshToken.nonce();
        RefreshToken successor = token.successor(nonce);
        return store.rotate(family, family.rotated(token, successor, nonce, now()))
                ? Optional.of(session(family.userId(), successor))
                : Optional.empty();
    }

    /// Answers a token that is not the current one, perhaps because another attempt with it has
    /// just succeeded.
    private Optional<Session> retry(RefreshToken token) {
        TokenFamily family = live(token).orElse(null);
        if (family == null) {
            return Optional.empty();
        }
        TokenFamily.Rotation rotation = family.rotation();
        if (rotation == null || !family.isRetry(token, now(), RETRY_GRACE)) {
            store.remove(family.id());
            return Optional.empty();
        }
        return Optional.of(session(family.userId(), token.successor(rotation.nonce())));
    }

    private Optional<TokenFamily> live(RefreshToken token) {
        return store.find(token.familyHash()).filter(family -> !family.isExpired(now()));
    }

    private Session session(String userId, RefreshToken token) {
        AccessTokenIssuer.AccessToken access = accessTokens.issue(userId);
        return new Session(access.value(), token.text(), (int) access.lifetime().toSeconds());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
