package dev.trivium.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.trivium.testkit.GraphQlClient.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Tag("broker")
@Timeout(120)
class EventsSubgraphTest {
    private static final String ENTITIES =
            "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Event { id title"
                    + " creator { id } } ... on User { events(first: 100) { edges { node { id } } }"
                    + " } } }";
    private static final String MAY = "2026-05-01T18:00:00Z";

    private static EventsSubgraph subgraph;

    /// Users of this test alone.
    private final String ada = "ada-" + UUID.randomUUID();

    private final String bob = "bob-" + UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        subgraph = new EventsSubgraph();
    }

    @AfterAll
    static void stop() throws Exception {
        subgraph.stop();
    }

    @Test
    void answersWithItsSdlByteForByte() throws Exception {
        Answer answer = subgraph.as(null).send("{ _service { sdl } }");
        assertThat(answer.text("/_service/sdl"))
                .isEqualTo(Files.readString(Path.of("../schema/events.graphql")));
    }

    @Test
    void createsAnEventAndTellsOthers() throws Exception {
        List<JsonNode> _ = subgraph.published();
        Answer answer =
                subgraph.as(ada)
                        .send(
                                """
                                mutation { createEvent(input: {title: " Opera ", description: "One act",
                                    startsAt: "2026-05-01T20:00:00+02:00", endsAt: "2026-05-01T22:00:00+02:00",
                                    location: "Vienna", capacity: 300, visibility: PUBLIC}) {
                                  event { id title description startsAt endsAt location capacity visibility status
                                    cancellationReason version createdAt updatedAt creator { id } } } }
                                """);
        JsonNode event = answer.at("/createEvent/event");
        assertThat(event.at("/title").stringValue()).isEqualTo("Opera");
        assertThat(event.at("/startsAt").stringValue()).isEqualTo(MAY);
        assertThat(event.at("/endsAt").stringValue()).isEqualTo("2026-05-01T20:00:00Z");
        assertThat(event.at("/capacity").intValue()).isEqualTo(300);
        assertThat(event.at("/status").stringValue()).isEqualTo("SCHEDULED");
        assertThat(event.at("/version").intValue()).isEqualTo(1);
        assertThat(event.at("/cancellationReason").isNull()).isTrue();
        assertThat(event.at("/creator/id").stringValue()).isEqualTo(ada);

        String id = event.at("/id").stringValue();
        assertThat(subgraph.published())
                .singleElement()
                .satisfies(envelope -> {
                    assertThat(envelope.at("/type").stringValue()).isEqualTo("EventCreated");
                    assertThat(envelope.at("/schemaVersion").intValue()).isEqualTo(1);
                    assertThat(envelope.at("/aggregateId").stringValue()).isEqualTo(id);
                    assertThat(envelope.at("/aggregateVersion").intValue()).isEqualTo(1);
                    assertThat(envelope.at("/payload").toString())
                            .isEqualTo(
                                    "{\"eventId\":\"%s\",\"creatorId\":\"%s\",\"title\":\"Opera\",\"startsAt\":\"%s\",\"visibility\":\"PUBLIC\"}"
                                            .formatted(id, ada, MAY));
                });
    }

    @Test
    void aRetriedCreationHasOneEffectAndTheSameAnswer() throws Exception {
        List<JsonNode> _ = subgraph.published();
        String create =
                """
                mutation ($title: String!) { createEvent(input: {title: $title,
                  startsAt: "2026-05-01T18:00:00Z", idempotencyKey: "k"}) { event { id createdAt } } }
                """;
        Answer first = subgraph.as(ada).send(create, Map.of("title", "Opera"));
        Answer second = subgraph.as(ada).send(create, Map.of("title", "Opera"));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(subgraph.published()).hasSize(1);

        Answer other = subgraph.as(ada).send(create, Map.of("title", "Ballet"));
        assertThat(other.errorCodes()).containsExactly("CONFLICT");
        assertThat(other.errorField()).isEqualTo("idempotencyKey");
        Answer somebodyElse = subgraph.as(bob).send(create, Map.of("title", "Ballet"));
        assertThat(somebodyElse.errorCodes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title: ' ', startsAt: '2026-05-01T18:00:00Z' | title",
                "title: 'x', startsAt: '2026-05-01T18:00:00Z', endsAt: '2026-05-01T18:00:00Z' | endsAt",
                "title: 'x', startsAt: '2026-05-01T18:00:00Z', capacity: 0 | capacity",
                "title: 'x', startsAt: '2026-05-01T18:00:00Z', idempotencyKey: '' | idempotencyKey",
            })
    void refusesWhatIsNotValidAndNamesTheField(String input, String field) {
        Answer answer =
                subgraph.as(ada)
                        .send(
                                "mutation { createEvent(input: {%s}) { event { id } } }"
                                        .formatted(input.replace('\'', '"')));
        assertThat(answer.errorCodes()).containsExactly("BAD_USER_INPUT");
        assertThat(answer.errorField()).isEqualTo(field);
    }

    @Test
    void changesWhatIsGivenAndClearsWhatIsNull() throws Exception {
        String id = subgraph.create(ada, "Opera", MAY, "PUBLIC");
        List<JsonNode> _ = subgraph.published();
        Answer described =
                update(ada, id, "{description: \"One act\", location: \"Vienna\", capacity: 3}");
        assertThat(described.at("/updateEvent/event/version").intValue()).isEqualTo(2);
        Answer cleared = update(ada, id, "{description: null, capacity: null, expectedVersion: 2}");
        JsonNode event = cleared.at("/updateEvent/event");
        assertThat(event.at("/description").isNull()).isTrue();
        assertThat(event.at("/capacity").isNull()).isTrue();
        assertThat(event.at("/location").stringValue()).isEqualTo("Vienna");
        assertThat(event.at("/version").intValue()).isEqualTo(3);
        assertThat(subgraph.published())
                .extracting(envelope -> envelope.at("/type").stringValue())
                .containsExactly("EventUpdated", "EventUpdated");

        Answer untitled = update(ada, id, "{title: null}");
        assertThat(untitled.errorCodes()).containsExactly("BAD_USER_INPUT");
        assertThat(untitled.errorField()).isEqualTo("title");
        assertThat(update(ada, id, "{title: \"Late\", expectedVersion: 2}").errorCodes())
                .containsExactly("CONFLICT");
    }

    @Test
    void cancelsOnce() throws Exception {
        String id = subgraph.create(ada, "Opera", MAY, "PUBLIC");
        List<JsonNode> _ = subgraph.published();
        Answer cancelled = cancel(ada, id);
        assertThat(cancelled.text("/cancelEvent/event/status")).isEqualTo("CANCELLED");
        assertThat(cancelled.text("/cancelEvent/event/cancellationReason")).isEqualTo("Rain");
        assertThat(cancel(ada, id).body()).isEqualTo(cancelled.body());
        assertThat(subgraph.published())
                .singleElement()
                .satisfies(envelope -> {
                    assertThat(envelope.at("/type").stringValue()).isEqualTo("EventCancelled");
                    assertThat(envelope.at("/payload/reason").stringValue()).isEqualTo("Rain");
                });
        assertThat(update(ada, id, "{title: \"Late\"}").errorCodes()).containsExactly("CONFLICT");
    }

    @ParameterizedTest
    @CsvSource({
        ", PUBLIC, UNAUTHENTICATED",
        ", PRIVATE, UNAUTHENTICATED",
        "other, PUBLIC, FORBIDDEN",
        "other, PRIVATE, NOT_FOUND",
    })
    void othersChangeNothing(@Nullable String who, String visibility, String code) {
        String id = subgraph.create(ada, "Opera", MAY, visibility);
        @Nullable String caller = who == null ? null : bob;
        assertThat(update(caller, id, "{title: \"Mine\"}").errorCodes()).containsExactly(code);
        assertThat(cancel(caller, id).errorCodes()).containsExactly(code);
        assertThat(event(ada, id).text("/event/title")).isEqualTo("Opera");
    }

    /// Every way to an event, for everybody who may ask.
    @ParameterizedTest
    @CsvSource({
        "anonymous, PUBLIC, true",
        "other, PUBLIC, true",
        "owner, PUBLIC, true",
        "anonymous, PRIVATE, false",
        "other, PRIVATE, false",
        "owner, PRIVATE, true",
    })
    void anEventIsSeenOnEveryWayOrOnNone(String who, String visibility, boolean seen) {
        String title = "Title " + UUID.randomUUID();
        String id = subgraph.create(ada, title, MAY, visibility);
        @Nullable String viewer =
                switch (who) {
                    case "owner" -> ada;
                    case "other" -> bob;
                    default -> null;
                };
        assertThat(event(viewer, id).at("/event").isNull()).isEqualTo(!seen);

        Answer listed =
                subgraph.as(viewer)
                        .send(
                                "query ($text: String!) { events(filter: {titleContains: $text}) { edges { node { id } } } }",
                                Map.of("text", title.toUpperCase(Locale.ROOT)));
        assertThat(ids(listed.at("/events"))).isEqualTo(seen ? List.of(id) : List.of());

        Answer entities =
                subgraph.as(viewer)
                        .send(
                                ENTITIES,
                                Map.of(
                                        "of",
                                        List.of(
                                                Map.of("__typename", "Event", "id", id),
                                                Map.of("__typename", "User", "id", ada))));
        assertThat(entities.errorCodes()).isEmpty();
        assertThat(entities.at("/_entities/0").isNull()).isEqualTo(!seen);
        assertThat(ids(entities.at("/_entities/1/events")))
                .isEqualTo(seen ? List.of(id) : List.of());

        assertThat(subgraph.as(viewer).send("{ events { edges { node { id } } } }").errorCodes())
                .isEmpty();
    }

    @Test
    void aForgedOrExpiredTokenIsRefused() {
        var client = subgraph.as(ada);
        assertThat(client.as("forged").send("{ events { edges { cursor } } }").status())
                .isEqualTo(401);
        assertThat(client.as(client.token() + "x").send("{ __typename }").status()).isEqualTo(401);
        assertThat(client.as(subgraph.expired(ada)).send("{ __typename }").status()).isEqualTo(401);
    }

    @Test
    void pagesFollowTheStartAndLoseNothing() {
        List<String> expected = new ArrayList<>();
        for (String start : List.of("2026-07-01T10:00:00Z", "2026-07-02T10:00:00Z")) {
            List<String> sameStart =
                    new ArrayList<>(
                            IntStream.range(0, 5)
                                    .mapToObj(
                                            i -> subgraph.create(ada, "Day " + i, start, "PRIVATE"))
                                    .toList());
            Collections.sort(sameStart);
            expected.addAll(sameStart);
        }
        assertThat(pages(ada, "events")).isEqualTo(expected);
        assertThat(pages(ada, "user")).isEqualTo(expected);
    }

    /// Reads all of the user's list in pages of three.
    private static List<String> pages(String user, String list) {
        String fields =
                "(first: 3, after: $after) { edges { node { id } } pageInfo { endCursor hasNextPage } }";
        boolean all = list.equals("events");
        String document =
                all
                        ? "query ($after: String) { events" + fields + " }"
                        : "query ($after: String, $of: [_Any!]!) { _entities(representations: $of) { ... on User { events"
                                + fields
                                + " } } }";
        String pointer = all ? "/events" : "/_entities/0/events";
        List<String> found = new ArrayList<>();
        @Nullable String after = null;
        JsonNode page;
        do {
            Map<String, @Nullable Object> variables = new HashMap<>();
            variables.put("after", after);
            variables.put("of", List.of(Map.of("__typename", "User", "id", user)));
            page = subgraph.as(user).send(document, variables).at(pointer);
            found.addAll(ids(page));
            after = page.at("/pageInfo/endCursor").stringValue();
        } while (page.at("/pageInfo/hasNextPage").booleanValue());
        if (all) {
            // The list of everybody holds the public events of other tests too.
            List<String> own = pages(user, "user");
            found.retainAll(own);
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "first: 0 | first",
                "first: 101 | first",
                "first: -1 | first",
                "after: 'nonsense' | after",
                "after: '' | after",
                "filter: {titleContains: '%s'} | titleContains",
                "filter: {titleContains: 'a\\u0000b'} | titleContains",
            })
    void refusesBadArgumentsOfLists(String arguments, String field) {
        String text = arguments.replace('\'', '"').formatted("x".repeat(101));
        Answer answer = subgraph.as(null).send("{ events(" + text + ") { edges { cursor } } }");
        assertThat(answer.errorCodes()).containsExactly("BAD_USER_INPUT");
        assertThat(answer.errorField()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "startsAfter: '2027-01-02T00:00:00Z' | B",
                "startsBefore: '2027-01-02T00:00:00Z' | A",
                "startsAfter: '2027-01-01T00:00:00Z', startsBefore: '2027-01-02T00:00:00Z' | A",
                "status: CANCELLED | B",
                "status: SCHEDULED | A",
                "titleContains: 'STRASSE' | A",
                "titleContains: '.*' | ",
            })
    void filtersSelect(String filter, @Nullable String expected) {
        String a = subgraph.create(ada, "A Straße", "2027-01-01T00:00:00Z", "PRIVATE");
        String b = subgraph.create(ada, "B", "2027-01-02T00:00:00Z", "PRIVATE");
        assertThat(cancel(ada, b).errorCodes()).isEmpty();
        Answer answer =
                subgraph.as(ada)
                        .send(
                                "{ events(first: 100, filter: {%s}) { edges { node { id title } } } }"
                                        .formatted(filter.replace('\'', '"')));
        List<String> found = new ArrayList<>(ids(answer.at("/events")));
        found.retainAll(List.of(a, b));
        assertThat(found)
                .isEqualTo(expected == null ? List.of() : List.of(expected.equals("A") ? a : b));
    }

    @Test
    void entitiesOfAListAreReadWithOneQueryForEachType() {
        String carl = "carl-" + UUID.randomUUID();
        List<String> events =
                List.of(
                        subgraph.create(ada, "One", MAY, "PUBLIC"),
                        subgraph.create(bob, "Two", MAY, "PUBLIC"),
                        subgraph.create(carl, "Three", MAY, "PRIVATE"));
        List<Map<String, String>> representations = new ArrayList<>();
        events.forEach(id -> representations.add(Map.of("__typename", "Event", "id", id)));
        for (String user : List.of(ada, bob, carl, "nobody")) {
            representations.add(Map.of("__typename", "User", "id", user));
        }
        List<Answer> answers = new ArrayList<>();
        List<String> commands =
                subgraph.commandsOf(() ->
                        answers.add(
                                subgraph.as(ada).send(ENTITIES, Map.of("of", representations))));
        assertThat(commands).containsExactlyInAnyOrder("find", "aggregate");
        JsonNode entities = answers.getFirst().at("/_entities");
        assertThat(entities.at("/0/title").stringValue()).isEqualTo("One");
        assertThat(entities.at("/1/creator/id").stringValue()).isEqualTo(bob);
        assertThat(entities.at("/2").isNull()).isTrue();
        assertThat(ids(entities.at("/3/events"))).containsExactly(events.get(0));
        assertThat(ids(entities.at("/4/events"))).containsExactly(events.get(1));
        assertThat(ids(entities.at("/5/events"))).isEmpty();
        assertThat(ids(entities.at("/6/events"))).isEmpty();
    }

    @Test
    void aListOfEventsWithTheirCreatorsIsOneQuery() {
        subgraph.create(ada, "One", MAY, "PUBLIC");
        subgraph.create(bob, "Two", MAY, "PUBLIC");
        assertThat(
                        subgraph.commandsOf(() ->
                                subgraph.as(ada)
                                        .send(
                                                "{ events(first: 50) { edges { node { title creator { id } } } } }")))
                .containsExactly("find");
    }

    /// A creation's account and an outbox would multiply what a page of pages holds in memory.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ events(first: 100, filter: {titleContains: '%2$s'}) { edges { node { id } } } }",
                "{ _entities(representations: [{__typename: 'Event', id: '%1$s'}]) { ... on Event { title } } }",
                "{ _entities(representations: [{__typename: 'User', id: '%2$s'}]) { ... on User { events { edges { node { title } } } } } }",
            })
    void readsOfADocumentWhatAnEventIsMadeOf(String query) {
        String id =
                subgraph.as(ada)
                        .send(
                                "mutation ($title: String!) { createEvent(input: {title: $title, startsAt: \"2026-05-01T18:00:00Z\", visibility: PUBLIC, idempotencyKey: \"k\"}) { event { id } } }",
                                Map.of("title", ada))
                        .text("/createEvent/event/id");
        String document = query.formatted(id, ada).replace('\'', '"');
        List<Answer> answers = new ArrayList<>();
        List<String> replies =
                subgraph.repliesTo(() -> answers.add(subgraph.as(ada).send(document)));
        assertThat(answers.getFirst().body().toString())
                .contains(query.contains("title }") ? ada : id);
        assertThat(replies)
                .singleElement(STRING)
                .contains(id, "updatedAt")
                .doesNotContain("creation\"", "foldedTitle", "outbox");
    }

    @Test
    void theIndexesThatTheQueriesNeedAreThere() {
        assertThat(subgraph.mongo().indexOps("events").getIndexInfo())
                .extracting(index ->
                        index.getIndexFields().stream().map(field -> field.getKey()).toList())
                .contains(
                        List.of("details.startsAt", "_id"),
                        List.of("creatorId", "details.startsAt", "_id"),
                        List.of("creation.key"),
                        List.of("outboxDueAt"));
    }

    private static List<String> ids(JsonNode connection) {
        return connection
                .path("edges")
                .valueStream()
                .map(edge -> edge.at("/node/id").stringValue())
                .toList();
    }

    private static Answer event(@Nullable String viewer, String id) {
        return subgraph.as(viewer)
                .send("query ($id: ID!) { event(id: $id) { title } }", Map.of("id", id));
    }

    private static Answer update(@Nullable String caller, String id, String input) {
        return subgraph.as(caller)
                .send(
                        "mutation ($id: ID!) { updateEvent(id: $id, input: %s) { event { title description location capacity version } } }"
                                .formatted(input),
                        Map.of("id", id));
    }

    private static Answer cancel(@Nullable String caller, String id) {
        return subgraph.as(caller)
                .send(
                        "mutation ($id: ID!) { cancelEvent(id: $id, reason: \"Rain\") { event { status cancellationReason version } } }",
                        Map.of("id", id));
    }
}
