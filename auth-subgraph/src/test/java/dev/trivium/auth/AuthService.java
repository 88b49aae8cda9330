package dev.trivium.auth;

import dev.trivium.testkit.CommandCounter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The auth subgraph as it starts in production, on a free port, with a client to talk to it.
final class AuthService implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final CommandCounter commands = new CommandCounter();
    private final ConfigurableApplicationContext context;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String address;

    AuthService(String mongodbUri, String rabbitmqUri) {
        this.context =
                new SpringApplicationBuilder(AuthApplication.class)
                        .web(WebApplicationType.SERVLET)
                        .initializers(c ->
                                ((GenericApplicationContext) c)
                                        .registerBean(
                                                MongoClientSettingsBuilderCustomizer.class,
                                                () ->
                                                        settings ->
                                                                settings.addCommandListener(
                                                                        commands)))
                        .run(
                                "--MONGODB_URI=" + mongodbUri,
                                "--RABBITMQ_URI=" + rabbitmqUri,
                                "--PORT=0",
                                "--trivium.outbox.head-start=0s",
                                "--trivium.outbox.poll-interval=200ms");
        this.address =
                "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(address + path)).GET());
    }

    /// Sends an operation and returns the whole answer.
    JsonNode graphql(String query, Map<String, ?> variables, @Nullable String token) {
        return JSON.readTree(post(query, variables, token).body());
    }

    HttpResponse<String> post(String query, Map<String, ?> variables, @Nullable String token) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("query", query);
        body.put("variables", variables);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + "/graphql"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(
                    request.timeout(Duration.ofSeconds(30)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("No answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }
}
