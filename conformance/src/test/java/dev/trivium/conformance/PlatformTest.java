package dev.trivium.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.conformance.GraphQlCaller.Answer;
import dev.trivium.conformance.Platform.Program;
import dev.trivium.testkit.GraphQlStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Walks every flow of the platform through the router, with all programs as processes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlatformTest {

    private static final String PASSWORD = "correct horse battery staple";
    private static final String SIGN_UP =
            """
            mutation SignUp($input: SignUpInput!) {
              signUp(input: $input) {
                user { id displayName email }
                session { accessToken refreshToken expiresIn }
              }
            }
            """;
    private static final String LOG_IN =
            """
            mutation LogIn($input: LogInInput!) {
              logIn(input: $input) { user { id } session { accessToken refreshToken expiresIn } }
            }
            """;
    private static final String CREATE_EVENT =
            """
            mutation Create($input: CreateEventInput!) {
              createEvent(input: $input) {
                event { id title startsAt version creator { id displayName } }
              }
            }
            """;
    private static final String NOTIFICATIONS =
            """
            query Notifications($unreadOnly: Boolean = false) {
              me {
                notifications(first: 10, unreadOnly: $unreadOnly) {
                  edges {
                    node {
                      id kind text createdAt readAt
                      event { id title creator { displayName } }
                    }
                  }
                }
                unreadNotificationCount
              }
            }
            """;

    @TempDir static Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Platform platform;
    private GraphQlCaller anonymous;

    /// Somebody with an account and a session.
    private record Member(String id, String email, String refreshToken, GraphQlCaller caller) {}

    @BeforeAll
    void startPlatform() {
        platform = Platform.start(folder);
        anonymous = new GraphQlCaller(http, platform.graphql(Program.ROUTER), null);
    }

    @AfterAll
    void stopPlatform() {
        if (platform != null) {
            platform.close();
        }
        http.close();
    }

    @Test
    void signsUpAndLogsIn() {
        Member ada = signUp("Ada");

        Answer login =
                anonymous.send(
                        LOG_IN,
                        input("email", ada.email().toUpperCase(Locale.ROOT), "password", PASSWORD));
        assertThat(login.text("/logIn/user/id")).isEqualTo(ada.id());
        assertThat(login.data("/logIn/session/expiresIn").asInt()).isBetween(1, 600);

        JsonNode me = ada.caller().send("{ me { id displayName email } }").data("/me");
        assertThat(me.get("id").asString()).isEqualTo(ada.id());
        assertThat(me.get("displayName").asString()).isEqualTo("Ada");
        assertThat(me.get("email").asString()).isEqualTo(ada.email());
        assertThat(anonymous.send("{ me { id } }").data("/me").isNull()).isTrue();
    }

    @Test
    void pushesNotificationsWithTheFieldsOfOtherServices() {
        Member ada = signUp("Ada");
        String document =
                "subscription { notificationReceived { kind event { title creator { displayName } } } }";
        try (var stream =
                GraphQlStream.open(
                        platform.graphql(Program.ROUTER), document, null, ada.caller().token())) {
            // The notifications service is subscribed to a moment later, so that events are created
            // until one is told.
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        createEvent(ada, "Premiere", "PUBLIC");
                        return stream.events().stream()
                                .map(JsonNode::toString)
                                .anyMatch(it ->
                                        it.contains("\"title\":\"Premiere\"")
                                                && it.contains("\"displayName\":\"Ada\""));
                    });
            assertThat(stream.errors()).isEmpty();
        }
    }

    @Test
    void theFirstFlowsWorkAsPlainRest() {
        RestFlows.walk(http, platform.graphql(Program.ROUTER).resolve("/"));
    }

    @Test
    void aRouterForAppsRefusesDocuments() {
        var caller = new GraphQlCaller(http, platform.graphql(Program.MOBILE_ROUTER), null);

        Answer answer = caller.send("{ events { edges { cursor } } }");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("PERSISTED_QUERY_ID_REQUIRED");
        assertThat(answer.body().has("data")).isFalse();
    }

    @Test
    void theFirstFlowsWorkFromAGeneratedClientByIdsOnly() {
        try (var flows = new MobileFlows(platform.graphql(Program.MOBILE_ROUTER))) {
            flows.walk();
        }
    }

    @Test
    void showsAnEmailAddressToItsOwnerOnly() {
        Member ada = signUp("Ada");
        Member eve = signUp("Eve");
        String query = "query U($id: ID!) { user(id: $id) { displayName email } }";
        Map<String, String> variables = Map.of("id", ada.id());

        assertThat(ada.caller().send(query, variables).text("/user/email")).isEqualTo(ada.email());
        for (GraphQlCaller other : List.of(eve.caller(), anonymous)) {
            Answer answer = other.send(query, variables);
            assertThat(answer.text("/user/displayName")).isEqualTo("Ada");
            assertThat(answer.data("/user/email").isNull()).isTrue();
        }
    }

    @Test
    void refusesBadCredentialsAndAccounts() {
        Member ada = signUp("Ada");

        assertThat(
                        anonymous
                                .send(
                                        LOG_IN,
                                        input("email", ada.email(), "password", "not this one, no"))
                                .errorCode())
                .isEqualTo("UNAUTHENTICATED");
        assertThat(
                        anonymous
                                .send(
                                        LOG_IN,
                                        input("email", "no@example.org", "password", PASSWORD))
                                .errorCode())
                .isEqualTo("UNAUTHENTICATED");
        assertThat(
                        anonymous
                                .send(
                                        SIGN_UP,
                                        input(
                                                "email",
                                                ada.email(),
                                                "password",
                                                PASSWORD,
                                                "displayName",
                                                "Other"))
                                .errorCode())
                .isEqualTo("CONFLICT");
        Answer weak =
                anonymous.send(
                        SIGN_UP,
                        input("email", newEmail(), "password", "short", "displayName", "Weak"));
        assertThat(weak.errorCode()).isEqualTo("BAD_USER_INPUT");
        assertThat(weak.body().at("/errors/0/extensions/field").asString()).contains("password");
    }

    @Test
    void aRetriedSignUpHasOneEffect() {
        Map<String, Object> input =
                input(
                        "email",
                        newEmail(),
                        "password",
                        PASSWORD,
                        "displayName",
                        "Twice",
                        "idempotencyKey",
                        UUID.randomUUID().toString());

        Answer first = anonymous.send(SIGN_UP, input);
        Answer second = anonymous.send(SIGN_UP, input);

        assertThat(second.text("/signUp/user/id")).isEqualTo(first.text("/signUp/user/id"));
    }

    @Test
    void rotatesAndEndsSessions() {
        Member ada = signUp("Ada");
        String refresh =
                """
                mutation R($token: String!) {
                  refreshSession(refreshToken: $token) { session { accessToken refreshToken } }
                }
                """;
        Answer renewed = anonymous.send(refresh, Map.of("token", ada.refreshToken()));
        String next = renewed.text("/refreshSession/session/refreshToken");
        assertThat(next).isNotEqualTo(ada.refreshToken());
        String access = renewed.text("/refreshSession/session/accessToken");
        assertThat(anonymous.withToken(access).send("{ me { id } }").text("/me/id"))
                .isEqualTo(ada.id());

        String logOut =
                "mutation L($token: String!) { logOut(refreshToken: $token) { loggedOut } }";
        assertThat(
                        anonymous
                                .send(logOut, Map.of("token", next))
                                .data("/logOut/loggedOut")
                                .asBoolean())
                .isTrue();
        assertThat(anonymous.send(refresh, Map.of("token", next)).errorCode())
                .isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void createsAnEventAndListsItWithItsCreator() {
        Member ada = signUp("Ada");
        String id = createEvent(ada, "Analytical engines", "PUBLIC");

        for (GraphQlCaller caller : List.of(anonymous, ada.caller())) {
            JsonNode event = findListed(caller, id);
            assertThat(event.get("title").asString()).isEqualTo("Analytical engines");
            assertThat(event.at("/creator/displayName").asString()).isEqualTo("Ada");
            assertThat(
                            caller.send(
                                            "query E($id: ID!) { event(id: $id) { id title"
                                                    + " description creator { displayName } } }",
                                            Map.of("id", id))
                                    .text("/event/creator/displayName"))
                    .isEqualTo("Ada");
        }
        assertThat(
                        anonymous
                                .send(
                                        "query U($id: ID!) { user(id: $id) { displayName"
                                                + " events(first: 5) { edges { node { title } } } } }",
                                        Map.of("id", ada.id()))
                                .text("/user/events/edges/0/node/title"))
                .isEqualTo("Analytical engines");
    }

    @Test
    void aRetriedCreateEventHasOneEffect() {
        Member ada = signUp("Ada");
        Map<String, Object> input = new HashMap<>(eventInput("Once", "PUBLIC"));
        input.put("idempotencyKey", UUID.randomUUID().toString());

        Answer first = ada.caller().send(CREATE_EVENT, Map.of("input", input));
        Answer second = ada.caller().send(CREATE_EVENT, Map.of("input", input));

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(
                        anonymous
                                .send(
                                        "query U($id: ID!) { user(id: $id) { events { edges { node {"
                                                + " id } } } } }",
                                        Map.of("id", ada.id()))
                                .data("/user/events/edges"))
                .hasSize(1);
    }

    @Test
    void keepsPrivateEventsFromOthersOnEveryPath() {
        Member ada = signUp("Ada");
        Member eve = signUp("Eve");
        String id = createEvent(ada, "Secret", "PRIVATE");
        String one = "query E($id: ID!) { event(id: $id) { title } }";
        String ofUser =
                "query U($id: ID!) { user(id: $id) { events { edges { node { title } } } } }";

        assertThat(ada.caller().send(one, Map.of("id", id)).text("/event/title"))
                .isEqualTo("Secret");
        assertThat(ada.caller().send(ofUser, Map.of("id", ada.id())).data("/user/events/edges"))
                .hasSize(1);
        for (GraphQlCaller other : List.of(anonymous, eve.caller())) {
            assertThat(other.send(one, Map.of("id", id)).data("/event").isNull()).isTrue();
            assertThat(other.send(ofUser, Map.of("id", ada.id())).data("/user/events/edges"))
                    .isEmpty();
            Answer entities =
                    new GraphQlCaller(http, platform.graphql(Program.EVENTS), other.token())
                            .send(
                                    "query ($r: [_Any!]!) { _entities(representations: $r) { ... on"
                                            + " Event { title } } }",
                                    Map.of("r", List.of(Map.of("__typename", "Event", "id", id))));
            assertThat(entities.body().toString()).doesNotContain("Secret");
        }
    }

    @Test
    void changesEventsForTheirCreatorOnly() {
        Member ada = signUp("Ada");
        Member eve = signUp("Eve");
        String id = createEvent(ada, "Draft", "PUBLIC");
        String update =
                """
                mutation U($id: ID!, $input: UpdateEventInput!) {
                  updateEvent(id: $id, input: $input) { event { title version } }
                }
                """;
        Map<String, Object> rename =
                Map.of("id", id, "input", Map.of("title", "Final", "expectedVersion", 1));

        assertThat(eve.caller().send(update, rename).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(anonymous.send(update, rename).errorCode()).isEqualTo("UNAUTHENTICATED");
        assertThat(ada.caller().send(update, rename).text("/updateEvent/event/title"))
                .isEqualTo("Final");
        assertThat(ada.caller().send(update, rename).errorCode()).isEqualTo("CONFLICT");
        assertThat(
                        ada.caller()
                                .send(
                                        update,
                                        Map.of(
                                                "id",
                                                UUID.randomUUID().toString(),
                                                "input",
                                                Map.of("title", "None")))
                                .errorCode())
                .isEqualTo("NOT_FOUND");

        String cancel =
                """
                mutation C($id: ID!) {
                  cancelEvent(id: $id, reason: "rain") { event { status cancellationReason } }
                }
                """;
        assertThat(eve.caller().send(cancel, Map.of("id", id)).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(ada.caller().send(cancel, Map.of("id", id)).text("/cancelEvent/event/status"))
                .isEqualTo("CANCELLED");
    }

    @Test
    void pagesThroughEvents() {
        Member ada = signUp("Ada");
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            created.add(createEvent(ada, "Talk " + i, "PUBLIC"));
        }
        String page =
                """
                query P($id: ID!, $after: String) {
                  user(id: $id) {
                    events(first: 2, after: $after) {
                      edges { cursor node { id } } pageInfo { endCursor hasNextPage }
                    }
                  }
                }
                """;
        List<String> seen = new ArrayList<>();
        Map<String, String> variables = Map.of("id", ada.id());
        JsonNode connection;
        do {
            connection = anonymous.send(page, variables).data("/user/events");
            connection.get("edges").forEach(edge -> seen.add(edge.at("/node/id").asString()));
            variables =
                    Map.of(
                            "id",
                            ada.id(),
                            "after",
                            connection.at("/pageInfo/endCursor").asString());
        } while (connection.at("/pageInfo/hasNextPage").asBoolean());
        assertThat(seen).containsExactlyInAnyOrderElementsOf(created);

        String list =
                "query L($after: String) { events(first: 10, after: $after) { edges { cursor } } }";
        assertThat(anonymous.send(list, Map.of("after", "bm90IGEgY3Vyc29y")).errorCode())
                .isEqualTo("BAD_USER_INPUT");
        assertThat(anonymous.send("{ events(first: 101) { edges { cursor } } }").errorCode())
                .isEqualTo("BAD_USER_INPUT");
    }

    @Test
    void notifiesAboutTheAccountAndTheEvent() {
        Member ada = signUp("Ada");
        Member eve = signUp("Eve");
        String event = createEvent(ada, "Launch", "PUBLIC");
        JsonNode confirmation = awaitNotification(ada, "EVENT_CREATED");

        assertThat(confirmation.at("/event/id").asString()).isEqualTo(event);
        assertThat(confirmation.at("/event/creator/displayName").asString()).isEqualTo("Ada");
        assertThat(awaitNotification(ada, "WELCOME").get("event").isNull()).isTrue();
        assertThat(ada.caller().send(NOTIFICATIONS).data("/me/unreadNotificationCount").asInt())
                .isEqualTo(2);

        String id = confirmation.get("id").asString();
        String markRead =
                "mutation M($id: ID!) { markNotificationRead(id: $id) { notification { id readAt } } }";
        assertThat(eve.caller().send(markRead, Map.of("id", id)).errorCode())
                .isEqualTo("NOT_FOUND");
        assertThat(anonymous.send(markRead, Map.of("id", id)).errorCode())
                .isEqualTo("UNAUTHENTICATED");
        assertThat(
                        eve.caller()
                                .send(
                                        "query N($id: ID!) { notification(id: $id) { text } }",
                                        Map.of("id", id))
                                .data("/notification")
                                .isNull())
                .isTrue();
        assertThat(
                        ada.caller()
                                .send(markRead, Map.of("id", id))
                                .text("/markNotificationRead/notification/readAt"))
                .isNotEmpty();
        Answer unread = ada.caller().send(NOTIFICATIONS, Map.of("unreadOnly", true));
        assertThat(unread.data("/me/notifications/edges")).hasSize(1);
        assertThat(unread.data("/me/unreadNotificationCount").asInt()).isEqualTo(1);
        assertThat(
                        eve.caller()
                                .send(
                                        "query U($id: ID!) { user(id: $id) { notifications { edges {"
                                                + " node { text } } } unreadNotificationCount } }",
                                        Map.of("id", ada.id()))
                                .data("/user/notifications")
                                .isNull())
                .isTrue();
    }

    @Test
    void refusesMissingAndForgedTokens() {
        assertThat(
                        anonymous
                                .send(CREATE_EVENT, Map.of("input", eventInput("No", "PUBLIC")))
                                .errorCode())
                .isEqualTo("UNAUTHENTICATED");
        Member ada = signUp("Ada");
        String token = Objects.requireNonNull(ada.caller().token());
        String forged = token.substring(0, token.lastIndexOf('.') + 1) + "c2lnbmF0dXJl";

        Answer answer = anonymous.withToken(forged).send("{ events { edges { cursor } } }");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.errorCode()).isEqualTo("UNAUTHENTICATED");
        assertThat(answer.body().has("data")).isFalse();
    }

    @Test
    void listsEventsWhileAuthIsDown() {
        Member ada = signUp("Ada");
        String id = createEvent(ada, "Still here", "PUBLIC");
        platform.kill(Program.AUTH);
        try {
            Answer answer =
                    anonymous.send(
                            "{ events(first: 100) { edges { node { id title creator { displayName } } } } }");

            JsonNode edges = answer.body().at("/data/events/edges");
            List<String> creators = new ArrayList<>();
            for (int i = 0; i < edges.size(); i++) {
                assertThat(edges.get(i).at("/node/title").asString()).isNotEmpty();
                assertThat(edges.get(i).at("/node/creator/displayName").isMissingNode()).isTrue();
                creators.add("[\"events\",\"edges\"," + i + ",\"node\",\"creator\"");
            }
            assertThat(edges.findValuesAsString("id")).contains(id);
            List<String> paths = new ArrayList<>();
            answer.body().get("errors").forEach(error -> paths.add(error.get("path").toString()));
            for (String creator : creators) {
                assertThat(paths).anyMatch(path -> path.startsWith(creator));
            }
        } finally {
            platform.restart(Program.AUTH);
        }
    }

    @Test
    void deliversNotificationsOnceTheirServiceIsBack() {
        Member ada = signUp("Ada");
        awaitNotification(ada, "WELCOME");
        platform.kill(Program.NOTIFICATIONS);
        String event;
        try {
            event = createEvent(ada, "While away", "PUBLIC");
        } finally {
            platform.restart(Program.NOTIFICATIONS);
        }

        JsonNode confirmation = awaitNotification(ada, "EVENT_CREATED");
        assertThat(confirmation.at("/event/id").asString()).isEqualTo(event);
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTH", "EVENTS", "NOTIFICATIONS"})
    void everySubgraphAnswersItsContract(Program program) throws IOException {
        String name = program.name().toLowerCase(Locale.ROOT);
        String contract = Files.readString(Platform.ROOT.resolve("schema/" + name + ".graphql"));

        Answer answer =
                new GraphQlCaller(http, platform.graphql(program), null)
                        .send("{ _service { sdl } }");

        assertThat(answer.text("/_service/sdl")).isEqualTo(contract);
    }

    private Member signUp(String displayName) {
        String email = newEmail();
        Answer answer =
                anonymous.send(
                        SIGN_UP,
                        input("email", email, "password", PASSWORD, "displayName", displayName));
        return new Member(
                answer.text("/signUp/user/id"),
                email,
                answer.text("/signUp/session/refreshToken"),
                anonymous.withToken(answer.text("/signUp/session/accessToken")));
    }

    private static String newEmail() {
        return UUID.randomUUID() + "@example.org";
    }

    private static String createEvent(Member member, String title, String visibility) {
        Answer answer =
                member.caller().send(CREATE_EVENT, Map.of("input", eventInput(title, visibility)));
        assertThat(answer.text("/createEvent/event/creator/id")).isEqualTo(member.id());
        return answer.text("/createEvent/event/id");
    }

    private static Map<String, Object> eventInput(String title, String visibility) {
        return Map.of(
                "title",
                title,
                "description",
                "About " + title,
                "startsAt",
                "2030-05-01T18:00:00Z",
                "endsAt",
                "2030-05-01T20:00:00+01:00",
                "location",
                "Here",
                "capacity",
                10,
                "visibility",
                visibility);
    }

    private JsonNode findListed(GraphQlCaller caller, String id) {
        String after = null;
        while (true) {
            Map<String, String> variables = after == null ? Map.of() : Map.of("after", after);
            JsonNode events =
                    caller.send(
                                    """
                                    query L($after: String) {
                                      events(first: 10, after: $after) {
                                        edges { cursor node { id title creator { displayName } } }
                                        pageInfo { endCursor hasNextPage }
                                      }
                                    }
                                    """,
                                    variables)
                            .data("/events");
            for (JsonNode edge : events.get("edges")) {
                if (edge.at("/node/id").asString().equals(id)) {
                    return edge.get("node");
                }
            }
            assertThat(events.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
            after = events.at("/pageInfo/endCursor").asString();
        }
    }

    private JsonNode awaitNotification(Member member, String kind) {
        return Awaitility.await(kind)
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            for (JsonNode edge :
                                    member.caller()
                                            .send(NOTIFICATIONS)
                                            .data("/me/notifications/edges")) {
                                if (edge.at("/node/kind").asString().equals(kind)) {
                                    return edge.get("node");
                                }
                            }
                            return null;
                        },
                        node -> node != null);
    }

    private static Map<String, Object> input(String... namesAndValues) {
        Map<String, Object> input = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            input.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Map.of("input", input);
    }
}
