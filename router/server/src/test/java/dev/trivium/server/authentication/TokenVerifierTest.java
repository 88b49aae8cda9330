package dev.trivium.server.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.trivium.server.authentication.Verdict.Ambiguous;
import dev.trivium.server.authentication.Verdict.Anonymous;
import dev.trivium.server.authentication.Verdict.Authenticated;
import dev.trivium.server.authentication.Verdict.Denied;
import dev.trivium.server.authentication.Verdict.Undecidable;
import dev.trivium.server.configuration.Configuration.JwtIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rows J01 to J13 of the list of hostile inputs.
class TokenVerifierTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final RSAKey KEY = rsa("k1");
    private static final RSAKey OTHER_KEY = rsa("k2");
    private static final ECKey EC_KEY = ec("e1");
    private static final JwtIssuer RULES =
            new JwtIssuer(
                    URI.create("http://issuer.test/jwks.json"),
                    List.of("http://issuer.test"),
                    List.of("trivium"),
                    List.of("RS256", "ES256"),
                    Duration.ofMinutes(5));

    private final Issuer issuer = new Issuer(KEY, EC_KEY);
    private final MovingClock clock = new MovingClock();
    private final TokenVerifier verifier = new TokenVerifier(List.of(RULES), issuer, clock);

    @Test
    void noTokenMeansAnonymous() {
        assertThat(verifier.verify(List.of()).join()).isEqualTo(new Anonymous());
        assertThat(issuer.fetches).isZero();
    }

    @Test
    void withoutIssuersNobodyIsJudged() {
        var open = new TokenVerifier(List.of(), issuer, clock);

        assertThat(open.verify(List.of("Bearer x")).join()).isEqualTo(new Anonymous());
    }

    @Test
    void aGoodTokenTellsItsClaims() {
        assertThat(verdict(token(claims -> claims)))
                .isInstanceOfSatisfying(
                        Authenticated.class,
                        good -> assertThat(good.claims()).containsEntry("sub", "ada"));
        assertThat(
                        verdict(
                                sign(
                                        EC_KEY,
                                        header(JWSAlgorithm.ES256, "e1").build(),
                                        claims().build())))
                .isInstanceOf(Authenticated.class);
        assertThat(issuer.fetches).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "at+jwt", "application/at+jwt"})
    void theseTypesAreAccessTokens(String type) {
        var header = header(JWSAlgorithm.RS256, "k1").type(new JOSEObjectType(type)).build();

        assertThat(verdict(sign(KEY, header, claims().build()))).isInstanceOf(Authenticated.class);
    }

    @Test
    void aRememberedTokenStillExpires() {
        var token = token(claims -> claims);
        assertThat(verdict(token)).isInstanceOf(Authenticated.class);
        clock.forward(Duration.ofMinutes(10).plus(TokenVerifier.LEEWAY));

        assertDenied(token, "expired");
    }

    @Test
    void j01UnsignedTokens() {
        var head = base64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}");

        assertDenied(head + "." + base64(claims().build().toString()) + ".", "not a signed JWT");
    }

    @Test
    void j02AnHmacMadeWithThePublicKey() throws Exception {
        var jwt = new SignedJWT(header(JWSAlgorithm.HS256, "k1").build(), claims().build());
        jwt.sign(new MACSigner(KEY.toRSAPublicKey().getEncoded()));

        assertDenied(jwt.serialize(), "not from a trusted issuer");
    }

    @Test
    void j03AFloodOfUnknownKeysFetchesOnceInThirtySeconds() {
        verdict(token(claims -> claims));
        clock.forward(Duration.ofSeconds(31));
        for (int i = 0; i < 100; i++) {
            var header = header(JWSAlgorithm.RS256, "random-" + i).build();
            assertDenied(sign(OTHER_KEY, header, claims().build()), "signature");
            clock.forward(Duration.ofMillis(200));
        }

        assertThat(issuer.fetches).isEqualTo(2);
    }

    @Test
    void aNewKeyOfTheIssuerIsFound() {
        verdict(token(claims -> claims));
        clock.forward(Duration.ofSeconds(31));
        issuer.keys = new JWKSet(List.of(KEY, OTHER_KEY));

        var header = header(JWSAlgorithm.RS256, "k2").build();
        assertThat(verdict(sign(OTHER_KEY, header, claims().build())))
                .isInstanceOf(Authenticated.class);
    }

    @Test
    void aTokenOfARetiredKeyIsForgotten() {
        var token = token(claims -> claims);
        verdict(token);
        issuer.keys = new JWKSet(List.<JWK>of(OTHER_KEY));
        clock.forward(Duration.ofSeconds(301));
        verdict(sign(OTHER_KEY, header(JWSAlgorithm.RS256, "k2").build(), claims().build()));

        assertDenied(token, "signature");
    }

    @Test
    void j04KeysThatTheTokenBrings() {
        var header =
                header(JWSAlgorithm.RS256, "k1")
                        .jwk(OTHER_KEY.toPublicJWK())
                        .jwkURL(URI.create("http://evil.test/jwks.json"))
                        .x509CertURL(URI.create("http://evil.test/cert.pem"))
                        .build();

        assertDenied(sign(OTHER_KEY, header, claims().build()), "signature");
        assertThat(issuer.lastUrl).isEqualTo(RULES.jwksUrl());
    }

    @Test
    void j05Times() {
        var leeway = TokenVerifier.LEEWAY;
        assertThat(
                        verdict(
                                token(claims ->
                                        claims.expirationTime(
                                                date(leeway.negated().plusSeconds(1))))))
                .isInstanceOf(Authenticated.class);
        assertDenied(token(claims -> claims.expirationTime(date(leeway.negated()))), "expired");
        assertDenied(token(claims -> claims.expirationTime(null)), "expired");
        assertDenied(
                token(claims -> claims.notBeforeTime(date(leeway.plusSeconds(1)))),
                "not valid yet");
    }

    @Test
    void j06IssuerAndAudience() {
        assertDenied(token(claims -> claims.issuer("http://evil.test")), "trusted issuer");
        assertDenied(token(claims -> claims.issuer(null)), "trusted issuer");
        assertDenied(token(claims -> claims.audience("other")), "another audience");
        assertDenied(token(claims -> claims.audience((String) null)), "another audience");
        assertThat(verdict(token(claims -> claims.audience(List.of("other", "trivium")))))
                .isInstanceOf(Authenticated.class);
    }

    @Test
    void j07OtherTokens() {
        assertDenied("3q2-opaque-refresh-token", "not a signed JWT");
        var header =
                header(JWSAlgorithm.RS256, "k1").type(new JOSEObjectType("refresh+jwt")).build();
        assertDenied(sign(KEY, header, claims().build()), "not an access token");
        assertThat(verifier.verify(List.of("Basic YTpi")).join()).isInstanceOf(Denied.class);
    }

    @Test
    void j08TwoHeaders() {
        var good = "Bearer " + token(claims -> claims);

        assertThat(verifier.verify(List.of(good, good)).join()).isEqualTo(new Ambiguous());
    }

    @Test
    void j09LongAndDeepTokens() {
        assertDenied("a".repeat(16 * 1024), "too long");
        var deep = base64("{\"alg\":\"RS256\",\"x\":" + "[".repeat(2000) + "]".repeat(2000) + "}");
        assertDenied(deep + "." + base64("{}") + ".AAAA", "not a signed JWT");
    }

    @Test
    void j10AnEncryptedTokenIsNotOpened() {
        var head =
                base64(
                        "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128GCM\",\"p2c\":2147483647,"
                                + "\"p2s\":\"AAAA\"}");

        assertDenied(head + ".AAAA.AAAA.AAAA.AAAA", "not a signed JWT");
    }

    @Test
    void j11AnEmptyEcdsaSignatureAndAnUnknownCriticalHeader() {
        var head = base64("{\"alg\":\"ES256\",\"kid\":\"e1\",\"typ\":\"JWT\"}");
        var zeros = Base64URL.encode(new byte[64]);
        assertDenied(head + "." + base64(claims().build().toString()) + "." + zeros, "signature");

        var critical =
                header(JWSAlgorithm.RS256, "k1")
                        .criticalParams(Set.of("urn:x"))
                        .customParam("urn:x", true)
                        .build();
        assertDenied(sign(KEY, critical, claims().build()), "signature");
    }

    @Test
    void j13LastGoodKeysCountForAWhileWhenTheIssuerIsSilent() {
        verdict(token(claims -> claims));
        issuer.keys = null;
        clock.forward(Duration.ofHours(1));
        assertThat(verdict(token(claims -> claims.jwtID("2")))).isInstanceOf(Authenticated.class);
        clock.forward(IssuerKeys.MAXIMUM_AGE);

        assertThat(verdict(token(claims -> claims.jwtID("3")))).isEqualTo(new Undecidable());
    }

    @Test
    void withoutKeysNobodyGetsInAndTheNextRequestTriesAgain() {
        issuer.keys = null;
        assertThat(verdict(token(claims -> claims))).isEqualTo(new Undecidable());
        issuer.keys = new JWKSet(List.<JWK>of(KEY));
        assertThat(verdict(token(claims -> claims))).isEqualTo(new Undecidable());
        clock.forward(IssuerKeys.RETRY_PAUSE);

        assertThat(verdict(token(claims -> claims))).isInstanceOf(Authenticated.class);
    }

    private void assertDenied(String token, String reason) {
        assertThat(verdict(token))
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.reason()).contains(reason));
    }

    private Verdict verdict(String token) {
        return verifier.verify(List.of("Bearer " + token)).join();
    }

    private String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(KEY, header(JWSAlgorithm.RS256, "k1").build(), change.apply(claims()).build());
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("http://issuer.test")
                .audience("trivium")
                .subject("ada")
                .expirationTime(date(Duration.ofMinutes(10)));
    }

    private Date date(Duration fromNow) {
        return Date.from(clock.instant().plus(fromNow));
    }

    private static JWSHeader.Builder header(JWSAlgorithm algorithm, String keyId) {
        return new JWSHeader.Builder(algorithm).keyID(keyId).type(new JOSEObjectType("at+jwt"));
    }

    private static String sign(JWK key, JWSHeader header, JWTClaimsSet claims) {
        try {
            var jwt = new SignedJWT(header, claims);
            jwt.sign(
                    key instanceof RSAKey rsa
                            ? new RSASSASigner(rsa)
                            : new ECDSASigner(key.toECKey()));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /// An issuer that answers at once, or does not answer.
    private static final class Issuer implements KeyDocuments {
        private @Nullable JWKSet keys;
        private int fetches;
        private @Nullable URI lastUrl;

        Issuer(JWK... keys) {
            this.keys = new JWKSet(List.of(keys));
        }

        @Override
        public CompletionStage<String> fetch(URI url) {
            fetches++;
            lastUrl = url;
            return keys == null
                    ? CompletableFuture.failedFuture(new IOException("connection refused"))
                    : CompletableFuture.completedFuture(keys.toString(true));
        }
    }

    private static final class MovingClock extends Clock {
        private Instant now = NOW;

        void forward(Duration amount) {
            now = now.plus(amount);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
