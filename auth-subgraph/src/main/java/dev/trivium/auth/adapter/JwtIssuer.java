package dev.trivium.auth.adapter;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.trivium.auth.domain.AccessTokenIssuer;
import dev.trivium.starter.SubgraphProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Issues access tokens as RFC 9068 describes them: signed JWTs of type `at+jwt`.
@Component
final class JwtIssuer implements AccessTokenIssuer {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    private final SigningKeys keys;
    private final SubgraphProperties.Security security;
    private final Clock clock;

    JwtIssuer(SigningKeys keys, SubgraphProperties properties, Clock clock) {
        this.keys = keys;
        this.security = properties.security();
        this.clock = clock;
    }

    @Override
    public AccessToken issue(String userId) {
        RSAKey key = keys.current();
        Instant now = clock.instant();
        var header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).type(TYPE).keyID(key.getKeyID()).build();
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(security.issuer())
                        .audience(security.audience())
                        .subject(userId)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFETIME)))
                        .jwtID(UUID.randomUUID().toString())
                        .build();
        try {
            var token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key));
            return new AccessToken(token.serialize(), LIFETIME);
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot sign", e);
        }
    }
}
