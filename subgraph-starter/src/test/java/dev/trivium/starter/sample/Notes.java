package dev.trivium.starter.sample;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The sample subgraph, running, with a client to talk to it.
final class Notes implements AutoCloseable {
    static final RSAKey KEY = key();
    static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    Notes(String mongodbUri, String rabbitmqUri) {
        context =
                new SpringApplicationBuilder(NotesApplication.class)
                        .run("--MONGODB_URI=" + mongodbUri, "--RABBITMQ_URI=" + rabbitmqUri);
        address = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    JsonNode ask(String query, Map<String, ?> variables, @Nullable String user) {
        return JSON.readTree(post(query, variables, user).body());
    }

    HttpResponse<String> post(String query, Map<String, ?> variables, @Nullable String user) {
        String body = JSON.writeValueAsString(Map.of("query", query, "variables", variables));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + "/graphql"))
                        .header("Content-Type", "application/json")
                        .header("traceparent", TRACE)
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (user != null) {
            request.header("Authorization", "Bearer " + token(user));
        }
        return send(request);
    }

    int health() {
        return send(HttpRequest.newBuilder(URI.create(address + "/actuator/health"))).statusCode();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(
                    request.timeout(Duration.ofSeconds(30)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("No answer", e);
        }
    }

    private static String token(String user) {
        try {
            var token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS256)
                                    .type(new JOSEObjectType("at+jwt"))
                                    .keyID(KEY.getKeyID())
                                    .build(),
                            new JWTClaimsSet.Builder()
                                    .issuer("http://127.0.0.1:4101")
                                    .audience("trivium")
                                    .subject(user)
                                    .issueTime(Date.from(Instant.now()))
                                    .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                                    .jwtID("1")
                                    .build());
            token.sign(new RSASSASigner(KEY));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("test").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }
}
