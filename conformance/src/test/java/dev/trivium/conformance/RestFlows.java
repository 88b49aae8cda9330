package dev.trivium.conformance;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The platform's first flows as a script without GraphQL walks them, and as an app does by ids.
final class RestFlows {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PASSWORD = "correct horse battery staple";

    private final HttpClient http;
    private final URI router;
    private @Nullable String token;

    private record Answer(int status, String type, JsonNode body) {}

    private RestFlows(HttpClient http, URI router) {
        this.http = http;
        this.router = router;
    }

    static void walk(HttpClient http, URI router) {
        new RestFlows(http, router).walk();
    }

    private void walk() {
        var email = UUID.randomUUID() + "@example.com";
        signUpAndLogIn(email);
        var id = createEvent();
        readEvents(id);
        readById(id);
        problems(email);
    }

    private void signUpAndLogIn(String email) {
        var account = Map.of("email", email, "password", PASSWORD, "displayName", "Ada");
        var signedUp = send("POST", "/signup", account);
        assertThat(signedUp.status()).isEqualTo(201);
        assertThat(signedUp.body().at("/user/displayName").asString()).isEqualTo("Ada");

        var loggedIn = send("POST", "/login", Map.of("email", email, "password", PASSWORD));
        assertThat(loggedIn.status()).isEqualTo(200);
        assertThat(loggedIn.body().at("/user/id")).isEqualTo(signedUp.body().at("/user/id"));
        token = loggedIn.body().at("/session/accessToken").asString();
    }

    private String createEvent() {
        var event = Map.of("title", "Tea", "startsAt", "2030-05-01T18:00:00Z", "capacity", 3);
        var created = send("POST", "/events", event);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body().at("/event/creator/displayName").asString()).isEqualTo("Ada");
        return created.body().at("/event/id").asString();
    }

    private void readEvents(String id) {
        var page =
                send(
                        "GET",
                        "/events?first=100&filter.titleContains=Tea&filter.status=SCHEDULED",
                        null);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body().at("/edges").findValuesAsString("id")).contains(id);

        var event = send("GET", "/events/" + id, null);
        assertThat(event.status()).isEqualTo(200);
        assertThat(event.body().at("/title").asString()).isEqualTo("Tea");
        assertThat(event.body().at("/capacity").asInt()).isEqualTo(3);
    }

    /// An id as the manifest has it.
    private void readById(String id) {
        var manifest = Platform.ROOT.resolve("schema/operations/manifest.json");
        try {
            for (var operation : JSON.readTree(Files.readString(manifest)).get("operations")) {
                if (operation.get("name").asString().equals("ReadEvent")) {
                    var variables = "?variables=%7B%22id%22:%22" + id + "%22%7D";
                    var path = "/graphql/persisted/" + operation.get("id").asString() + variables;
                    var answer = send("GET", path, null);
                    assertThat(answer.body().at("/data/event/id").asString()).isEqualTo(id);
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("the manifest has no ReadEvent");
    }

    private void problems(String email) {
        assertProblem(send("GET", "/events/nothing", null), 404, "NOT_FOUND");
        assertProblem(send("GET", "/events?first=x", null), 400, "BAD_USER_INPUT");
        var wrong = Map.of("title", "", "startsAt", "2030-05-01T18:00:00Z");
        var refused = send("POST", "/events", wrong);
        assertProblem(refused, 422, "BAD_USER_INPUT");
        assertThat(refused.body().at("/errors/0/pointer").asString()).isEqualTo("#/title");
        assertProblem(send("POST", "/events", Map.of("title", "x")), 400, "BAD_USER_INPUT");

        token = null;
        var event = Map.of("title", "Tea", "startsAt", "2030-05-01T18:00:00Z");
        assertProblem(send("POST", "/events", event), 401, "UNAUTHENTICATED");
        var again = Map.of("email", email, "password", PASSWORD, "displayName", "Eve");
        assertProblem(send("POST", "/signup", again), 409, "CONFLICT");
        var guess = Map.of("email", email, "password", "not the password at all");
        assertProblem(send("POST", "/login", guess), 401, "UNAUTHENTICATED");
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.body().at("/code").asString()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
    }

    private Answer send(String method, String path, @Nullable Map<String, ?> body) {
        var request = HttpRequest.newBuilder(router.resolve(path));
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            var type = response.headers().firstValue("content-type").orElse("");
            return new Answer(response.statusCode(), type, JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
