package dev.trivium.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.trivium.testkit.Await;
import dev.trivium.testkit.TestDatabase;
import dev.trivium.testkit.TestVirtualHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.databind.JsonNode;

/// The service as its clients see it, over HTTP.
@Tag("broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthServiceTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String SIGN_UP =
            """
            mutation ($input: SignUpInput!) {
              signUp(input: $input) {
                user { id displayName email createdAt }
                session { accessToken refreshToken expiresIn }
              }
            }\
            """;
    private static final String LOG_IN =
            """
            mutation ($input: LogInInput!) {
              logIn(input: $input) { user { id email } session { accessToken refreshToken } }
            }\
            """;
    private static final String REFRESH =
            """
            mutation ($token: String!) {
              refreshSession(refreshToken: $token) { session { accessToken refreshToken } }
            }\
            """;
    private static final String LOG_OUT =
            "mutation ($token: String!) { logOut(refreshToken: $token) { loggedOut } }";
    private static final String ENTITIES =
            """
            query ($keys: [_Any!]!) {
              _entities(representations: $keys) { ... on User { id displayName email } }
            }\
            """;

    private final TestDatabase database = new TestDatabase();
    private final TestVirtualHost broker = new TestVirtualHost();
    private final Subscriber subscriber = new Subscriber(broker.uri());
    private @Nullable AuthService started;

    @BeforeAll
    void start() {
        started = new AuthService(database.uri(), broker.uri());
    }

    @AfterAll
    void stop() {
        service().close();
        subscriber.close();
        broker.close();
        database.close();
    }

    private AuthService service() {
        return Objects.requireNonNull(started);
    }

    @Test
    void answersItsSdlByteForByte() throws IOException {
        String sdl = ask("{ _service { sdl } }", null).at("/data/_service/sdl").asString();
        assertThat(sdl.getBytes(StandardCharsets.UTF_8))
                .isEqualTo(Files.readAllBytes(Path.of("../schema/auth.graphql")));
    }

    @Test
    void whoSignsUpIsLoggedIn() {
        JsonNode answer = signUp(email(), "Ann", null);
        JsonNode user = answer.at("/data/signUp/user");
        assertThat(user.at("/displayName").asString()).isEqualTo("Ann");
        assertThat(user.at("/email").asString()).endsWith("@example.com");
        assertThat(Instant.parse(user.at("/createdAt").asString())).isBefore(Instant.now());
        assertThat(answer.at("/data/signUp/session/expiresIn").asInt()).isEqualTo(600);

        String token = answer.at("/data/signUp/session/accessToken").asString();
        assertThat(ask("{ me { id displayName email } }", token).at("/data/me/id"))
                .isEqualTo(user.at("/id"));
    }

    @Test
    void nobodyIsMeWithoutAToken() {
        JsonNode answer = ask("{ me { id } }", null);
        assertThat(answer.at("/data/me").isNull()).isTrue();
        assertThat(answer.has("errors")).isFalse();
    }

    @Test
    void anEmailAddressIsForItsUserOnly() {
        Ann ann = ann();
        Ann other = ann();
        String query = "{ user(id: \"%s\") { displayName email } }".formatted(ann.id);
        assertThat(ask(query, ann.token).at("/data/user/email").asString()).isEqualTo(ann.email);
        for (@Nullable String token : new @Nullable String[] {other.token, null}) {
            JsonNode user = ask(query, token).at("/data/user");
            assertThat(user.at("/displayName").asString()).isEqualTo("Ann");
            assertThat(user.at("/email").isNull()).isTrue();
        }
        JsonNode entities =
                service().graphql(ENTITIES, Map.of("keys", List.of(key(ann.id))), other.token);
        assertThat(entities.at("/data/_entities/0/email").isNull()).isTrue();
        assertThat(entities.at("/data/_entities/0/id").asString()).isEqualTo(ann.id);
    }

    @Test
    void anUnknownUserIsNull() {
        assertThat(ask("{ user(id: \"nobody\") { id } }", null).at("/data/user").isNull()).isTrue();
    }

    @Test
    void manyUsersAreOneQuery() {
        List<Ann> people = List.of(ann(), ann(), ann());
        List<Map<String, String>> keys = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            keys.add(key(people.get(i % 3).id));
        }
        keys.add(key("nobody"));
        settle();
        service().commands.reset();
        JsonNode answer = service().graphql(ENTITIES, Map.of("keys", keys), null);
        assertThat(service().commands.commands()).filteredOn("find"::equals).hasSize(1);
        for (int i = 0; i < 60; i++) {
            assertThat(answer.at("/data/_entities/" + i + "/id").asString())
                    .isEqualTo(people.get(i % 3).id);
        }
        assertThat(answer.at("/data/_entities/60").isNull()).isTrue();

        service().commands.reset();
        ask(
                "{ me { id } a: user(id: \"%s\") { id } b: user(id: \"%s\") { id } }"
                        .formatted(people.get(1).id, people.get(2).id),
                people.get(0).token);
        assertThat(service().commands.commands()).filteredOn("find"::equals).hasSize(1);
    }

    @Test
    void aKeyWithoutItsFieldFailsAloneAndSaysSo() {
        Ann ann = ann();
        JsonNode answer =
                service()
                        .graphql(
                                ENTITIES,
                                Map.of("keys", List.of(key(ann.id), Map.of("__typename", "User"))),
                                null);
        assertThat(answer.at("/data/_entities/0/id").asString()).isEqualTo(ann.id);
        assertThat(answer.at("/data/_entities/1").isNull()).isTrue();
        assertError(answer, "BAD_USER_INPUT", "representations");
        assertThat(answer.at("/errors/0/path").toString()).isEqualTo("[\"_entities\",1]");
    }

    @Test
    void theWrongFieldIsNamed() {
        JsonNode answer = signUp("no address", "Ann", null);
        assertError(answer, "BAD_USER_INPUT", "email");
        assertThat(answer.at("/errors/0/path").toString()).isEqualTo("[\"signUp\"]");
        assertThat(answer.at("/data").isNull()).isTrue();
    }

    @Test
    void anAddressIsTakenOnce() {
        String email = email();
        signUp(email, "Ann", null);
        assertError(signUp(email.toUpperCase(Locale.ROOT), "Eve", null), "CONFLICT", "email");
    }

    @Test
    void aKeyMakesARetryHarmless() {
        String email = email();
        String key = UUID.randomUUID().toString();
        JsonNode first = signUp(email, "Ann", key);
        JsonNode second = signUp(email, "Ann", key);
        assertThat(second.at("/data/signUp/user")).isEqualTo(first.at("/data/signUp/user"));
        String token = second.at("/data/signUp/session/accessToken").asString();
        assertThat(ask("{ me { id } }", token).at("/data/me/id"))
                .isEqualTo(first.at("/data/signUp/user/id"));
        assertError(signUp(email, "Eve", key), "CONFLICT", "idempotencyKey");
        assertError(signUp(email(), "Ann", key), "CONFLICT", "idempotencyKey");
    }

    @Test
    void thePasswordLogsIn() {
        Ann ann = ann();
        JsonNode answer = logIn(ann.email, PASSWORD);
        assertThat(answer.at("/data/logIn/user/id").asString()).isEqualTo(ann.id);
        assertThat(answer.at("/data/logIn/user/email").asString()).isEqualTo(ann.email);
        JsonNode wrong = logIn(ann.email, "wrong horse battery");
        JsonNode unknown = logIn(email(), PASSWORD);
        assertError(wrong, "UNAUTHENTICATED", null);
        assertThat(unknown).isEqualTo(wrong);
    }

    @Test
    void aSessionIsRenewedOnceAndEnds() {
        Ann ann = ann();
        String first = ann.refreshToken;
        JsonNode renewed = mutate(REFRESH, first).at("/data/refreshSession/session");
        String second = renewed.at("/refreshToken").asString();
        assertThat(second).isNotEqualTo(first);
        JsonNode me = ask("{ me { id } }", renewed.at("/accessToken").asString());
        assertThat(me.at("/data/me/id").asString()).isEqualTo(ann.id);
        assertThat(mutate(LOG_OUT, second).at("/data/logOut/loggedOut").asBoolean()).isTrue();
        assertError(mutate(REFRESH, second), "UNAUTHENTICATED", null);
        assertThat(mutate(LOG_OUT, "unknown").at("/data/logOut/loggedOut").asBoolean()).isTrue();
    }

    @Test
    void twoRefreshesAtOnceLeaveOneLiveSession() {
        String token = ann().refreshToken;
        List<String> renewed =
                Stream.generate(() -> token)
                        .limit(8)
                        .parallel()
                        .map(t ->
                                mutate(REFRESH, t).at("/data/refreshSession/session/refreshToken"))
                        .map(JsonNode::asString)
                        .toList();
        assertThat(renewed).hasSize(8).containsOnly(renewed.getFirst());
        assertThat(mutate(REFRESH, renewed.getFirst()).has("errors")).isFalse();
    }

    @Test
    void publishesTheKeyThatVerifiesItsTokensAndNothingPrivate() throws Exception {
        String body = service().get("/.well-known/jwks.json").body();
        RSAKey key = JWKSet.parse(body).getKeys().getFirst().toRSAKey();
        assertThat(key.isPrivate()).isFalse();
        assertThat(key.size()).isEqualTo(2048);

        Ann ann = ann();
        SignedJWT token = SignedJWT.parse(ann.token);
        assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
        assertThat(token.getHeader().getKeyID()).isEqualTo(key.getKeyID());
        assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo(ann.id);
        assertThat(claims.getIssuer()).isEqualTo("http://127.0.0.1:4101");
        assertThat(claims.getAudience()).containsExactly("trivium");
        assertThat(claims.getJWTID()).isNotBlank();
        assertThat(claims.getExpirationTime().toInstant())
                .isEqualTo(claims.getIssueTime().toInstant().plusSeconds(600));
    }

    @Test
    void aTokenThatIsNotOursIsRefused() throws Exception {
        RSAKey ours = signingKey();
        RSAKey theirs = new RSAKeyGenerator(2048).keyID(ours.getKeyID()).generate();
        JWTClaimsSet good = claims().build();
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("good", sign(ours, "at+jwt", good));
        tokens.put("garbage", "abc");
        tokens.put("unsigned", new PlainJWT(good).serialize());
        tokens.put("signed with the public key as secret", hmac(ours, good));
        tokens.put("another key", sign(theirs, "at+jwt", good));
        tokens.put("an id token", sign(ours, "JWT", good));
        tokens.put("another issuer", sign(ours, "at+jwt", claims().issuer("http://x").build()));
        tokens.put("another audience", sign(ours, "at+jwt", claims().audience("x").build()));
        tokens.put("expired", sign(ours, "at+jwt", claims().expirationTime(ago(120)).build()));
        tokens.put("without expiry", sign(ours, "at+jwt", claims().expirationTime(null).build()));
        tokens.put(
                "from the future", sign(ours, "at+jwt", claims().notBeforeTime(ago(-120)).build()));
        tokens.put("without subject", sign(ours, "at+jwt", claims().subject(null).build()));
        tokens.put("changed", sign(ours, "at+jwt", good).replaceFirst("\\.", ".e"));

        Map<String, Integer> statuses = new LinkedHashMap<>();
        tokens.forEach((name, token) ->
                statuses.put(name, service().post("{ me { id } }", Map.of(), token).statusCode()));
        assertThat(statuses.remove("good")).isEqualTo(200);
        assertThat(statuses.values()).as("%s", statuses).hasSize(12).containsOnly(401);
    }

    @Test
    void aRefreshTokenIsNoAccessToken() {
        var answer = service().post("{ me { id } }", Map.of(), ann().refreshToken);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("UNAUTHENTICATED");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @Test
    void requestsThatAreNoGraphqlHaveACode() {
        assertError(ask("{ nope }", null), "GRAPHQL_VALIDATION_FAILED", null);
        assertError(ask("{ me", null), "GRAPHQL_PARSE_FAILED", null);
        assertError(
                service().graphql(SIGN_UP, Map.of("input", Map.of("email", 1)), null),
                "BAD_USER_INPUT",
                null);
    }

    @Test
    void otherPathsAreClosed() {
        assertThat(service().get("/actuator/env").statusCode()).isEqualTo(401);
        assertThat(service().get("/graphiql").statusCode()).isEqualTo(401);
        assertThat(service().get("/actuator/health").body()).contains("UP");
    }

    @Test
    void storesNoPasswordAndNoToken() {
        Ann ann = ann();
        MongoOperations mongo = service().bean(MongoOperations.class);
        StringBuilder stored = new StringBuilder();
        for (String collection : List.of("users", "sessions")) {
            mongo.getCollection(collection).find().forEach(d -> stored.append(d.toJson()));
        }
        assertThat(stored.toString())
                .contains("$argon2id$v=19$m=19456,t=2,p=1$")
                .doesNotContain(PASSWORD)
                .doesNotContain(ann.refreshToken.substring(23));
    }

    private record Ann(String id, String email, String token, String refreshToken) {}

    private Ann ann() {
        String email = email();
        JsonNode payload = signUp(email, "Ann", null).at("/data/signUp");
        return new Ann(
                payload.at("/user/id").asString(),
                email,
                payload.at("/session/accessToken").asString(),
                payload.at("/session/refreshToken").asString());
    }

    private JsonNode signUp(String email, String name, @Nullable String key) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("email", email);
        input.put("password", PASSWORD);
        input.put("displayName", name);
        if (key != null) {
            input.put("idempotencyKey", key);
        }
        return service().graphql(SIGN_UP, Map.of("input", input), null);
    }

    private JsonNode logIn(String email, String password) {
        var input = Map.of("email", email, "password", password);
        return service().graphql(LOG_IN, Map.of("input", input), null);
    }

    private JsonNode mutate(String mutation, String token) {
        return service().graphql(mutation, Map.of("token", token), null);
    }

    private JsonNode ask(String query, @Nullable String token) {
        return service().graphql(query, Map.of(), token);
    }

    /// Until the relay has nothing left to do: its queries would be counted, too.
    private void settle() {
        MongoOperations mongo = service().bean(MongoOperations.class);
        Await.until(
                "the outboxes are empty",
                () ->
                        mongo.getCollection("users")
                                        .countDocuments(
                                                new Document(
                                                        "outboxDueAt",
                                                        new Document("$exists", true)))
                                == 0);
    }

    private RSAKey signingKey() throws ParseException {
        MongoOperations mongo = service().bean(MongoOperations.class);
        var stored = Objects.requireNonNull(mongo.getCollection("signingKeys").find().first());
        return RSAKey.parse(stored.getString("jwk"));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("http://127.0.0.1:4101")
                .audience("trivium")
                .subject("somebody")
                .issueTime(ago(1))
                .expirationTime(ago(-300))
                .jwtID("1");
    }

    private static Date ago(int seconds) {
        return Date.from(Instant.now().minusSeconds(seconds));
    }

    private static String sign(RSAKey key, String type, JWTClaimsSet claims) throws JOSEException {
        return sign(JWSAlgorithm.RS256, new RSASSASigner(key), key.getKeyID(), type, claims);
    }

    private static String hmac(RSAKey key, JWTClaimsSet claims) throws JOSEException {
        byte[] secret = key.toRSAPublicKey().getEncoded();
        return sign(JWSAlgorithm.HS256, new MACSigner(secret), key.getKeyID(), "at+jwt", claims);
    }

    private static String sign(
            JWSAlgorithm algorithm,
            JWSSigner signer,
            String keyId,
            String type,
            JWTClaimsSet claims)
            throws JOSEException {
        var token =
                new SignedJWT(
                        new JWSHeader.Builder(algorithm)
                                .type(new JOSEObjectType(type))
                                .keyID(keyId)
                                .build(),
                        claims);
        token.sign(signer);
        return token.serialize();
    }

    private static void assertError(JsonNode answer, String code, @Nullable String field) {
        JsonNode extensions = answer.at("/errors/0/extensions");
        assertThat(extensions.at("/code").asString()).as("%s", answer).isEqualTo(code);
        assertThat(extensions.at("/field").asString("")).isEqualTo(field == null ? "" : field);
    }

    private static String email() {
        return UUID.randomUUID() + "@example.com";
    }

    private static Map<String, String> key(String id) {
        return Map.of("__typename", "User", "id", id);
    }
}
