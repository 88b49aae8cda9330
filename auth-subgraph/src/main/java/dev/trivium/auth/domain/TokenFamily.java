package dev.trivium.auth.domain;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One session as it is stored: the refresh tokens that descend from one login, of which one is
/// valid at a time. Holds hashes only.
///
/// @param id hash of the part that all tokens of the family share
/// @param currentHash hash of the valid token's secret
/// @param expiresAt when the session ends however often it is renewed
/// @param rotation how the valid token came of the one before; null before the first renewal
public record TokenFamily(
        String id,
        String userId,
        String currentHash,
        Instant expiresAt,
        @Nullable Rotation rotation) {

    /// @param previousHash hash of the secret that was exchanged
    /// @param nonce what the new secret was derived with
    public record Rotation(String previousHash, String nonce, Instant at) {}

    boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    boolean isCurrent(RefreshToken token) {
        return RefreshToken.sameHash(currentHash, token.secretHash());
    }

    /// Whether the token was exchanged so recently that this is a retry: two tabs at once, or an
    /// answer that got lost.
    boolean isRetry(RefreshToken token, Instant now, Duration grace) {
        return rotation != null
                && RefreshToken.sameHash(rotation.previousHash(), token.secretHash())
                && !now.isAfter(rotation.at().plus(grace));
    }

    TokenFamily rotated(RefreshToken from, RefreshToken to, String nonce, Instant now) {
        return new TokenFamily(
                id,
                userId,
                to.secretHash(),
                expiresAt,
                new Rotation(from.secretHash(), nonce, now));
    }
}
