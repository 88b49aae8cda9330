package dev.trivium.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sends operations to a GraphQL endpoint as one user, or as nobody.
///
/// @param token the access token; null for nobody
public record GraphQlClient(URI endpoint, @Nullable String token) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /// An answer.
    ///
    /// @param status the HTTP status
    /// @param body all of the answer; a missing node where it is not JSON
    public record Answer(int status, JsonNode body) {

        /// The value at a JSON pointer below `data`; a missing node where there is none.
        public JsonNode at(String pointer) {
            return body.at("/data" + pointer);
        }

        /// The text at a JSON pointer below `data`; fails where there is none.
        public String text(String pointer) {
            return at(pointer).stringValue();
        }

        /// The `extensions.code` of each error.
        public List<String> errorCodes() {
            return body.path("errors")
                    .valueStream()
                    .map(error -> error.at("/extensions/code").asString())
                    .toList();
        }

        /// The `extensions.field` of the first error; empty where there is none.
        public String errorField() {
            return body.at("/errors/0/extensions/field").asString();
        }
    }

    public GraphQlClient as(@Nullable String otherToken) {
        return new GraphQlClient(endpoint, otherToken);
    }

    public Answer send(String document) {
        return send(document, Map.of());
    }

    public Answer send(String document, Map<String, ?> variables) {
        byte[] body = JSON.writeValueAsBytes(Map.of("query", document, "variables", variables));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .POST(BodyPublishers.ofByteArray(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
