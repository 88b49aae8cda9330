package dev.trivium.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Adds a few users and events through the router, as a client would. Running it again adds
/// nothing: each mutation has a fixed idempotency key.
final class DemoData {

    private static final String PASSWORD = "correct horse battery staple";
    private static final Pattern ACCESS_TOKEN =
            Pattern.compile("\"accessToken\"\\s*:\\s*\"([^\"]+)\"");

    private record Gathering(String creator, String title, int inDays, String location) {}

    private static final List<String> NAMES = List.of("Ada", "Grace", "Alan");
    private static final List<Gathering> GATHERINGS =
            List.of(
                    new Gathering("Ada", "An evening with the analytical engine", 7, "London"),
                    new Gathering("Grace", "Compilers for breakfast", 14, "New York"),
                    new Gathering("Grace", "Nanoseconds, in lengths of wire", 21, "Arlington"),
                    new Gathering("Alan", "Can machines think? A discussion", 28, "Manchester"));

    private DemoData() {}

    /// @param arguments the URL of the router's GraphQL endpoint
    public static void main(String[] arguments) throws IOException, InterruptedException {
        URI endpoint = URI.create(arguments[0]);
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String name : NAMES) {
                String token = signUp(http, endpoint, name);
                for (Gathering gathering : GATHERINGS) {
                    if (gathering.creator().equals(name)) {
                        createEvent(http, endpoint, token, gathering);
                    }
                }
            }
        }
        System.out.println(
                "Demo users: ada@example.org, grace@example.org and alan@example.org, password: "
                        + PASSWORD);
    }

    private static String signUp(HttpClient http, URI endpoint, String name)
            throws IOException, InterruptedException {
        String email = name.toLowerCase(Locale.ROOT) + "@example.org";
        String answer =
                send(
                        http,
                        endpoint,
                        "",
                        """
                        mutation { signUp(input: {email: "%s", password: "%s", displayName: "%s", \
                        idempotencyKey: "demo-%s"}) { session { accessToken } } }\
                        """
                                .formatted(email, PASSWORD, name, name));
        Matcher token = ACCESS_TOKEN.matcher(answer);
        if (!token.find()) {
            throw new IOException("signing up " + email + " failed: " + answer);
        }
        return token.group(1);
    }

    private static void createEvent(
            HttpClient http, URI endpoint, String token, Gathering gathering)
            throws IOException, InterruptedException {
        Instant startsAt =
                Instant.now()
                        .truncatedTo(ChronoUnit.DAYS)
                        .plus(gathering.inDays(), ChronoUnit.DAYS);
        String answer =
                send(
                        http,
                        endpoint,
                        token,
                        """
                        mutation { createEvent(input: {title: "%s", startsAt: "%s", location: "%s", \
                        visibility: PUBLIC, idempotencyKey: "demo-%s"}) { event { id } } }\
                        """
                                .formatted(
                                        gathering.title(),
                                        startsAt.plus(18, ChronoUnit.HOURS),
                                        gathering.location(),
                                        gathering.title()));
        // Another day's start time under the same key is a conflict: the event is there already.
        if (answer.contains("\"errors\"") && !answer.contains("CONFLICT")) {
            throw new IOException("creating an event failed: " + answer);
        }
    }

    private static String send(HttpClient http, URI endpoint, String token, String operation)
            throws IOException, InterruptedException {
        String escaped = operation.replace("\\", "\\\\").replace("\"", "\\\"");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .POST(BodyPublishers.ofString("{\"query\":\"" + escaped + "\"}"));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        return response.body();
    }
}
