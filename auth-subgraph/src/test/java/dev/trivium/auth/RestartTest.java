package dev.trivium.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.testkit.Await;
import dev.trivium.testkit.TestDatabase;
import dev.trivium.testkit.TestVirtualHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.databind.JsonNode;

/// What outlives an instance of the service: its keys, and the events that it could not publish.
@Tag("broker")
class RestartTest {
    private static final String NO_BROKER = "amqp://guest:guest@127.0.0.1:1";
    private static final String SIGN_UP =
            """
            mutation ($input: SignUpInput!) {
              signUp(input: $input) { user { id } session { accessToken refreshToken } }
            }\
            """;

    @Test
    void eventsWaitForTheBrokerAndKeysForTheNextStart() {
        try (var database = new TestDatabase();
                var broker = new TestVirtualHost();
                var subscriber = new Subscriber(broker.uri())) {
            List<String> users = new ArrayList<>();
            String token;
            String keys;
            try (var first = new AuthService(database.uri(), NO_BROKER)) {
                var input = input();
                JsonNode answer = signUp(first, input);
                // The client did not see the answer and tries again, several times at once.
                List<String> ids =
                        IntStream.range(0, 4)
                                .parallel()
                                .mapToObj(i -> signUp(first, input).at("/user/id").asString())
                                .toList();
                assertThat(ids).containsOnly(answer.at("/user/id").asString());
                users.add(ids.getFirst());
                users.add(signUp(first, input()).at("/user/id").asString());
                token = answer.at("/session/accessToken").asString();
                keys = first.get("/.well-known/jwks.json").body();
                assertThat(pending(first)).isEqualTo(2);
                assertThat(first.get("/actuator/health").statusCode()).isEqualTo(200);
            }
            try (var second = new AuthService(database.uri(), broker.uri());
                    var third = new AuthService(database.uri(), broker.uri())) {
                Await.until("the events are out", () -> pending(second) == 0);
                for (String user : users) {
                    Await.until("published " + user, () -> subscriber.eventsAbout(user) > 0);
                    JsonNode event = subscriber.firstAbout(user);
                    assertThat(event.at("/type").asString()).isEqualTo("UserCreated");
                    assertThat(event.at("/schemaVersion").asInt()).isEqualTo(1);
                    assertThat(event.at("/aggregateVersion").asInt()).isEqualTo(1);
                    assertThat(event.at("/payload").toString())
                            .isEqualTo(
                                    "{\"userId\":\"%s\",\"displayName\":\"Ann\"}".formatted(user));
                    assertThat(event.toString()).doesNotContain("@example.com");
                }
                for (AuthService instance : List.of(second, third)) {
                    assertThat(instance.get("/.well-known/jwks.json").body()).isEqualTo(keys);
                    assertThat(
                                    instance.graphql("{ me { id } }", Map.of(), token)
                                            .at("/data/me/id")
                                            .asString())
                            .isEqualTo(users.getFirst());
                }
            }
        }
    }

    private static Map<String, String> input() {
        return Map.of(
                "email",
                UUID.randomUUID() + "@example.com",
                "password",
                "correct horse battery",
                "displayName",
                "Ann",
                "idempotencyKey",
                UUID.randomUUID().toString());
    }

    private static JsonNode signUp(AuthService service, Map<String, String> input) {
        return service.graphql(SIGN_UP, Map.of("input", input), null).at("/data/signUp");
    }

    private static long pending(AuthService service) {
        return service.bean(MongoOperations.class)
                .getCollection("users")
                .countDocuments(new Document("outboxDueAt", new Document("$exists", true)));
    }
}
