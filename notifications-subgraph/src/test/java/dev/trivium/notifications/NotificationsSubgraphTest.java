package dev.trivium.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.testkit.Await;
import dev.trivium.testkit.GraphQlClient.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@Tag("broker")
@Timeout(120)
class NotificationsSubgraphTest {
    static final String LIST =
            """
            query ($of: [_Any!]!, $unreadOnly: Boolean, $first: Int = 100, $after: String) {
              _entities(representations: $of) { ... on User {
                unreadNotificationCount
                notifications(first: $first, after: $after, unreadOnly: $unreadOnly) {
                  edges { node { id kind text createdAt readAt event { id } } }
                  pageInfo { endCursor hasNextPage } } } } }
            """;

    private static NotificationsSubgraph subgraph;

    /// Users of this test alone.
    private final String ada = "ada-" + UUID.randomUUID();

    private final String bob = "bob-" + UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        subgraph = new NotificationsSubgraph();
    }

    @AfterAll
    static void stop() throws Exception {
        subgraph.stop();
    }

    static Map<String, Object> variables(String user, boolean unreadOnly) {
        return Map.of(
                "of", List.of(Map.of("__typename", "User", "id", user)), "unreadOnly", unreadOnly);
    }

    @Test
    void answersWithItsSdlByteForByte() throws Exception {
        Answer answer = subgraph.as(null).send("{ _service { sdl } }");
        assertThat(answer.text("/_service/sdl"))
                .isEqualTo(Files.readString(Path.of("../schema/notifications.graphql")));
    }

    @Test
    void welcomesANewUserAndConfirmsTheirEvents() {
        subgraph.userCreated(id(), ada, "Ada");
        subgraph.awaitCount(ada, 1);
        subgraph.eventCreated(id(), ada, "opera", "Opera");
        subgraph.awaitCount(ada, 2);

        JsonNode user = list(ada, ada).at("/_entities/0");
        assertThat(user.at("/unreadNotificationCount").intValue()).isEqualTo(2);
        JsonNode newest = user.at("/notifications/edges/0/node");
        assertThat(newest.at("/kind").stringValue()).isEqualTo("EVENT_CREATED");
        assertThat(newest.at("/text").stringValue()).contains("Opera");
        assertThat(newest.at("/event/id").stringValue()).isEqualTo("opera");
        assertThat(newest.at("/readAt").isNull()).isTrue();
        JsonNode oldest = user.at("/notifications/edges/1/node");
        assertThat(oldest.at("/kind").stringValue()).isEqualTo("WELCOME");
        assertThat(oldest.at("/text").stringValue()).isEqualTo("Welcome to Trivium, Ada!");
        assertThat(oldest.at("/event").isNull()).isTrue();
    }

    @Test
    void aMessageThatComesThreeTimesIsOneNotification() {
        String news = id();
        for (int i = 0; i < 3; i++) {
            subgraph.eventCreated(news, ada, "opera", "Opera");
        }
        subgraph.userCreated(id(), ada, "Ada");
        subgraph.awaitCount(ada, 2);
        Await.until("the queue is empty", () -> subgraph.waiting(NotificationsSubgraph.QUEUE) == 0);
        assertThat(subgraph.count(ada)).isEqualTo(2);
    }

    static List<String> poison() {
        return List.of(
                "not JSON",
                "{}",
                NotificationsSubgraph.envelope(id(), "UserCreated", 2, Map.of()),
                NotificationsSubgraph.envelope(id(), "UserCreated", 1, Map.of("userId", "x")),
                NotificationsSubgraph.envelope(id(), "SomethingElse", 1, Map.of()));
    }

    @ParameterizedTest
    @MethodSource("poison")
    void poisonBecomesADeadLetterAndTheRestGoesOn(String body) {
        long before = subgraph.waiting(NotificationsSubgraph.DEAD_LETTERS);
        subgraph.publish("UserCreated", body);
        subgraph.userCreated(id(), ada, "Ada");
        subgraph.awaitCount(ada, 1);
        Await.until(
                "the message is a dead letter",
                () -> subgraph.waiting(NotificationsSubgraph.DEAD_LETTERS) == before + 1);
    }

    /// Every way to a notification, for everybody who may ask.
    @ParameterizedTest
    @CsvSource({"anonymous, false", "other, false", "owner, true"})
    void aNotificationIsSeenByItsRecipientOnEveryWayAndByNobodyElse(String who, boolean seen) {
        String news = id();
        subgraph.eventCreated(news, ada, "opera", "Opera");
        subgraph.awaitCount(ada, 1);
        String id = news + ":" + ada;
        @Nullable String viewer =
                switch (who) {
                    case "owner" -> ada;
                    case "other" -> bob;
                    default -> null;
                };
        Answer single =
                subgraph.as(viewer)
                        .send(
                                "query ($id: ID!) { notification(id: $id) { id } }",
                                Map.of("id", id));
        assertThat(single.errorCodes()).isEmpty();
        assertThat(single.at("/notification").isNull()).isEqualTo(!seen);

        Answer entity =
                subgraph.as(viewer)
                        .send(
                                "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Notification { text } } }",
                                Map.of(
                                        "of",
                                        List.of(Map.of("__typename", "Notification", "id", id))));
        assertThat(entity.errorCodes()).isEmpty();
        assertThat(entity.at("/_entities/0").isNull()).isEqualTo(!seen);

        JsonNode user = list(viewer, ada).at("/_entities/0");
        assertThat(user.at("/notifications").isNull()).isEqualTo(!seen);
        assertThat(user.at("/unreadNotificationCount").isNull()).isEqualTo(!seen);
    }

    @Test
    void readingCountsOnceAndOnlyForTheRecipient() {
        String news = id();
        subgraph.eventCreated(news, ada, "opera", "Opera");
        subgraph.userCreated(id(), ada, "Ada");
        subgraph.awaitCount(ada, 2);
        String id = news + ":" + ada;
        assertThat(markRead(null, id).errorCodes()).containsExactly("UNAUTHENTICATED");
        assertThat(markRead(bob, id).errorCodes()).containsExactly("NOT_FOUND");
        assertThat(markRead(ada, "none").errorCodes()).containsExactly("NOT_FOUND");

        Answer read = markRead(ada, id);
        String readAt = read.text("/markNotificationRead/notification/readAt");
        assertThat(readAt).isNotEmpty();
        assertThat(markRead(ada, id).body()).isEqualTo(read.body());

        JsonNode user = subgraph.as(ada).send(LIST, variables(ada, true)).at("/_entities/0");
        assertThat(user.at("/unreadNotificationCount").intValue()).isEqualTo(1);
        assertThat(user.at("/notifications/edges").size()).isEqualTo(1);
        assertThat(user.at("/notifications/edges/0/node/kind").stringValue()).isEqualTo("WELCOME");
        assertThat(subgraph.count(ada)).isEqualTo(2);
    }

    @Test
    void pagesGoFromTheNewestToTheOldestAndLoseNothing() {
        for (int i = 0; i < 7; i++) {
            subgraph.eventCreated(id(), ada, "event-" + i, "Event " + i);
        }
        subgraph.awaitCount(ada, 7);
        List<String> all = ids(list(ada, ada).at("/_entities/0/notifications"));
        List<String> paged = new ArrayList<>();
        Map<String, Object> variables = new HashMap<>(variables(ada, false));
        variables.put("first", 3);
        JsonNode page;
        do {
            page = subgraph.as(ada).send(LIST, variables).at("/_entities/0/notifications");
            paged.addAll(ids(page));
            variables.put("after", page.at("/pageInfo/endCursor").stringValue());
        } while (page.at("/pageInfo/hasNextPage").booleanValue());
        assertThat(paged).isEqualTo(all).hasSize(7);
    }

    @ParameterizedTest
    @CsvSource({"first, 0", "first, 101", "after, nonsense"})
    void refusesBadArgumentsOfLists(String argument, String value) {
        Map<String, Object> variables = new HashMap<>(variables(ada, false));
        variables.put(argument, argument.equals("first") ? (Object) Integer.valueOf(value) : value);
        Answer answer = subgraph.as(ada).send(LIST, variables);
        assertThat(answer.errorCodes()).containsExactly("BAD_USER_INPUT");
        assertThat(answer.errorField()).isEqualTo(argument);
    }

    @Test
    void entitiesOfAListAreReadWithOneQuery() {
        List<Map<String, String>> representations = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String news = id();
            subgraph.eventCreated(news, ada, "event-" + i, "Event " + i);
            representations.add(Map.of("__typename", "Notification", "id", news + ":" + ada));
        }
        subgraph.awaitCount(ada, 4);
        List<String> commands =
                subgraph.commandsOf(() ->
                        subgraph.as(ada)
                                .send(
                                        "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Notification { text event { id } } } }",
                                        Map.of("of", representations)));
        assertThat(commands).containsExactly("find");
    }

    @Test
    void theListsOfManyUsersCostOneQueryForTheCallersOwn() {
        List<Map<String, String>> users =
                List.of(
                        Map.of("__typename", "User", "id", ada),
                        Map.of("__typename", "User", "id", bob),
                        Map.of("__typename", "User", "id", "carl"));
        assertThat(subgraph.commandsOf(() -> subgraph.as(ada).send(LIST, Map.of("of", users))))
                .containsExactlyInAnyOrder("find", "aggregate");
    }

    @Test
    void theIndexesThatTheQueriesNeedAreThere() {
        assertThat(subgraph.mongo().indexOps("notifications").getIndexInfo())
                .extracting(index ->
                        index.getIndexFields().stream().map(field -> field.getKey()).toList())
                .contains(
                        List.of("recipientId", "createdAt", "_id"),
                        List.of("recipientId", "readAt"));
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private static Answer list(@Nullable String viewer, String user) {
        return subgraph.as(viewer).send(LIST, variables(user, false));
    }

    private static List<String> ids(JsonNode connection) {
        return connection
                .path("edges")
                .valueStream()
                .map(edge -> edge.at("/node/id").stringValue())
                .toList();
    }

    private static Answer markRead(@Nullable String caller, String id) {
        return subgraph.as(caller)
                .send(
                        "mutation ($id: ID!) { markNotificationRead(id: $id) { notification { id readAt } } }",
                        Map.of("id", id));
    }
}
