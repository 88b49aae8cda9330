package dev.trivium.conformance;

import dev.trivium.planner.proof.CheckedPlans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A GraphQL client over HTTP, as a script would be one. The plans of what it sends are checked.
///
/// @param token the access token to send, or null for an anonymous caller
record GraphQlCaller(HttpClient http, URI endpoint, @Nullable String token) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final CheckedPlans PLANS = new CheckedPlans(supergraph());

    private static String supergraph() {
        try {
            return Files.readString(Platform.ROOT.resolve("schema/supergraph.graphql"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An answer.
    record Answer(int status, JsonNode body) {

        /// The value at a JSON pointer below `data`; fails when there are errors.
        JsonNode data(String pointer) {
            if (body.has("errors") || !body.has("data")) {
                throw new AssertionError("expected an answer without errors, not " + body);
            }
            return body.get("data").at(pointer);
        }

        String text(String pointer) {
            return data(pointer).asString();
        }

        /// The code of the only error.
        String errorCode() {
            JsonNode errors = body.path("errors");
            if (errors.size() != 1) {
                throw new AssertionError("expected one error, not " + body);
            }
            return errors.get(0).at("/extensions/code").asString();
        }
    }

    GraphQlCaller withToken(@Nullable String newToken) {
        return new GraphQlCaller(http, endpoint, newToken);
    }

    Answer send(String query) {
        return send(query, Map.of());
    }

    Answer send(String query, Map<String, ?> variables) {
        PLANS.check(query);
        String body = JSON.writeValueAsString(Map.of("query", query, "variables", variables));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
