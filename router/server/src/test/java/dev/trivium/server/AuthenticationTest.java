package dev.trivium.server;

import static dev.trivium.server.TestRouter.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens over the whole stack: what is refused reaches no subgraph, what is accepted reaches all.
class AuthenticationTest {
    private static final String QUERY = "{\"query\":\"{item(id: 1) {name}}\"}";

    private static RSAKey key;
    private static ScriptedSubgraph issuer;
    private static ScriptedSubgraph items;
    private static TestRouter router;

    @BeforeAll
    static void start() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("k1").generate();
        issuer = ScriptedSubgraph.answering(new JWKSet(key).toString(true));
        items = ScriptedSubgraph.answering("{\"data\":{\"item\":{\"name\":\"lamp\"}}}");
        router = TestRouter.start(configuration(issuer.url()));
    }

    @AfterAll
    static void stop() {
        router.close();
        items.close();
        issuer.close();
    }

    @BeforeEach
    void forget() {
        items.exchanges().clear();
    }

    private static String configuration(String jwks) {
        return TestRouter.addresses(items, items)
                + """
                authentication:
                  router:
                    jwt:
                      jwks:
                        - url: %s
                          issuers: [http://issuer.test]
                          audiences: [trivium]
                          algorithms: [RS256]
                """
                        .formatted(jwks);
    }

    @Test
    void aGoodTokenReachesTheSubgraph() throws JOSEException {
        var header = authorization(token(Duration.ofMinutes(5)));

        assertThat(router.post(JSON + header, QUERY).body())
                .isEqualTo("{\"data\":{\"item\":{\"name\":\"lamp\"}}}");
        router.post(JSON + header, QUERY);
        assertThat(items.exchanges()).hasSize(2);
        assertThat(items.exchanges().getFirst().head()).containsIgnoringCase(header);
        assertThat(issuer.exchanges()).hasSize(1);
    }

    @Test
    void noTokenMeansAnonymous() {
        assertThat(router.post(QUERY).status()).isEqualTo(200);
        assertThat(items.exchanges().getFirst().head()).doesNotContain("authorization");
    }

    @Test
    void aBadTokenReachesNobody() throws JOSEException {
        for (var token :
                List.of(
                        "forged",
                        token(Duration.ofMinutes(-5)),
                        token(Duration.ofMinutes(5)) + "A")) {
            var response = router.post(JSON + authorization(token), QUERY);

            assertThat(response.status()).isEqualTo(401);
            assertThat(response.body()).contains("UNAUTHENTICATED").doesNotContain("data");
            assertThat(response.headers())
                    .contains("www-authenticate: bearer error=\"invalid_token\"");
        }
        assertThat(items.exchanges()).isEmpty();
    }

    @Test
    void j08TwoHeaders() throws JOSEException {
        var header = authorization(token(Duration.ofMinutes(5)));

        assertThat(router.post(JSON + header + header, QUERY).status()).isEqualTo(400);
        assertThat(items.exchanges()).isEmpty();
    }

    @Test
    void j09ALongToken() {
        var response = router.post(JSON + authorization("a".repeat(16 * 1024)), QUERY);

        assertThat(response.status()).isEqualTo(401);
    }

    @Test
    void h34AHopByHopListHasNoEffectOnTheToken() throws JOSEException {
        var header = authorization(token(Duration.ofMinutes(5)));

        router.post(JSON + header + "Connection: authorization\r\n", QUERY);
        assertThat(items.exchanges().getFirst().head()).containsIgnoringCase(header);
    }

    @Test
    void j13WithoutKeysTheDoorStaysClosed() throws JOSEException {
        try (var closed = TestRouter.start(configuration("http://127.0.0.1:1/jwks.json"))) {
            var header = authorization(token(Duration.ofMinutes(5)));
            var response = closed.post(JSON + header, QUERY);

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.body()).contains("SERVICE_UNAVAILABLE");
            assertThat(closed.post(QUERY).status()).isEqualTo(200);
            assertThat(items.exchanges()).hasSize(1);
        }
    }

    private static String authorization(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private static String token(Duration validity) throws JOSEException {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("k1")
                        .type(new JOSEObjectType("at+jwt"))
                        .build();
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer("http://issuer.test")
                        .audience("trivium")
                        .subject("ada")
                        .expirationTime(Date.from(Instant.now().plus(validity)))
                        .build();
        var jwt = new SignedJWT(header, claims);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }
}
