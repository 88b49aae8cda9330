package dev.trivium.server.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.trivium.server.authentication.IssuerKeys.Lookup;
import dev.trivium.server.authentication.Verdict.Ambiguous;
import dev.trivium.server.authentication.Verdict.Anonymous;
import dev.trivium.server.authentication.Verdict.Authenticated;
import dev.trivium.server.authentication.Verdict.Denied;
import dev.trivium.server.authentication.Verdict.Undecidable;
import dev.trivium.server.configuration.Configuration.JwtIssuer;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Verifies bearer tokens (RFC 7519, RFC 9068): signature, algorithm, issuer, audience, times.
///
/// A good token is remembered until it expires, so that its signature is computed once.
/// Thread-safe.
public final class TokenVerifier {
    /// How far the clocks of issuers may be off.
    static final Duration LEEWAY = Duration.ofSeconds(30);

    /// Beyond what issuers write; keeps parsing cheap.
    static final int LONGEST_TOKEN = 8 * 1024;

    private static final int REMEMBERED_TOKENS = 10_000;
    private static final Set<String> TYPES = Set.of("at+jwt", "application/at+jwt", "jwt");
    private static final CompletableFuture<Verdict> ANONYMOUS =
            CompletableFuture.completedFuture(new Anonymous());

    private final List<Trusted> trusted;
    private final Clock clock;
    private final Cache<String, Remembered> verified =
            Caffeine.newBuilder().maximumSize(REMEMBERED_TOKENS).build();

    private record Trusted(JwtIssuer rules, IssuerKeys keys) {}

    private record Remembered(Authenticated verdict, Instant expiry) {}

    public TokenVerifier(List<JwtIssuer> issuers, KeyDocuments documents, Clock clock) {
        this.clock = clock;
        this.trusted =
                issuers.stream()
                        .map(issuer -> new Trusted(issuer, keys(issuer, documents, clock)))
                        .toList();
    }

    private IssuerKeys keys(JwtIssuer issuer, KeyDocuments documents, Clock clock) {
        return new IssuerKeys(
                issuer.jwksUrl(), issuer.pollInterval(), documents, clock, verified::invalidateAll);
    }

    /// Judges the `Authorization` headers of a request. Without configured issuers, everyone is
    /// anonymous, and what to make of a token is left to the subgraphs.
    ///
    /// @return completed already, unless keys must be fetched first
    public CompletableFuture<Verdict> verify(List<String> headers) {
        if (headers.size() > 1) {
            return done(new Ambiguous());
        }
        if (trusted.isEmpty() || headers.isEmpty()) {
            return ANONYMOUS;
        }
        var token = bearerToken(headers.getFirst());
        if (token == null) {
            return done(new Denied("the Authorization header must be a bearer token"));
        }
        var known = verified.getIfPresent(token);
        if (known == null) {
            return verifyUnknown(token);
        }
        if (clock.instant().isBefore(known.expiry())) {
            return done(known.verdict());
        }
        verified.invalidate(token);
        return done(new Denied("the token has expired"));
    }

    private static @Nullable String bearerToken(String header) {
        return header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).strip() : null;
    }

    private CompletableFuture<Verdict> verifyUnknown(String token) {
        if (token.length() > LONGEST_TOKEN) {
            return done(new Denied("the token is too long"));
        }
        SignedJWT jwt;
        JWTClaimsSet claims;
        try {
            jwt = SignedJWT.parse(token);
            claims = jwt.getJWTClaimsSet();
        } catch (ParseException | RuntimeException _) {
            return done(new Denied("the token is not a signed JWT"));
        }
        var type = jwt.getHeader().getType();
        if (type != null && !TYPES.contains(type.getType().toLowerCase(Locale.ROOT))) {
            return done(new Denied("the token is not an access token"));
        }
        var algorithm = jwt.getHeader().getAlgorithm().getName();
        for (var each : trusted) {
            var issuers = each.rules().issuers();
            if (each.rules().algorithms().contains(algorithm)
                    && (issuers.isEmpty() || names(claims.getIssuer(), issuers))) {
                return each.keys()
                        .find(jwt.getHeader().getKeyID())
                        .thenApply(lookup -> judge(token, jwt, claims, each.rules(), lookup));
            }
        }
        return done(new Denied("the token is not from a trusted issuer"));
    }

    private Verdict judge(
            String token, SignedJWT jwt, JWTClaimsSet claims, JwtIssuer rules, Lookup lookup) {
        return switch (lookup) {
            case Lookup.Unavailable() -> new Undecidable();
            case Lookup.Found(var keys) -> {
                if (keys.stream().noneMatch(key -> signed(jwt, key))) {
                    yield new Denied("the token's signature is not valid");
                }
                yield judgeClaims(token, claims, rules);
            }
        };
    }

    private Verdict judgeClaims(String token, JWTClaimsSet claims, JwtIssuer rules) {
        var now = clock.instant();
        var expiry = instant(claims.getExpirationTime());
        var start = instant(claims.getNotBeforeTime());
        if (expiry == null || !now.isBefore(expiry.plus(LEEWAY))) {
            return new Denied("the token has expired");
        }
        if (start != null && now.isBefore(start.minus(LEEWAY))) {
            return new Denied("the token is not valid yet");
        }
        var audiences = rules.audiences();
        if (!audiences.isEmpty()
                && claims.getAudience().stream().noneMatch(each -> names(each, audiences))) {
            return new Denied("the token is for another audience");
        }
        var present = new HashMap<>(claims.getClaims());
        present.values().removeIf(Objects::isNull);
        var verdict = new Authenticated(present);
        verified.put(token, new Remembered(verdict, expiry.plus(LEEWAY)));
        return verdict;
    }

    private static boolean names(@Nullable String claim, List<String> expected) {
        return claim != null && expected.contains(claim);
    }

    private static boolean signed(SignedJWT jwt, JWK key) {
        try {
            var verifier = verifier(key);
            return verifier != null
                    && !KeyUse.ENCRYPTION.equals(key.getKeyUse())
                    && verifier.supportedJWSAlgorithms().contains(jwt.getHeader().getAlgorithm())
                    && jwt.verify(verifier);
        } catch (JOSEException _) {
            return false;
        }
    }

    private static @Nullable JWSVerifier verifier(JWK key) throws JOSEException {
        return switch (key) {
            case RSAKey rsa -> new RSASSAVerifier(rsa);
            case ECKey ec -> new ECDSAVerifier(ec);
            case JWK _ -> null;
        };
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private static CompletableFuture<Verdict> done(Verdict verdict) {
        return CompletableFuture.completedFuture(verdict);
    }
}
