package dev.trivium.starter.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.starter.DomainEvent;
import dev.trivium.testkit.Await;
import dev.trivium.testkit.TestDatabase;
import dev.trivium.testkit.TestVirtualHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.databind.JsonNode;

/// The starter at work in a subgraph, over HTTP, with the database and the broker.
@Tag("broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotesTest {
    private static final String DEAD_LETTERS = "notes.domain-events.dlq";

    private final TestDatabase database = new TestDatabase();
    private final TestVirtualHost broker = new TestVirtualHost();
    private @Nullable Notes started;

    @BeforeAll
    void start() {
        started = new Notes(database.uri(), broker.uri());
    }

    @AfterAll
    void stop() {
        notes().close();
        broker.close();
        database.close();
    }

    @Test
    void theSdlIsTheFile() throws IOException {
        assertThat(ask("{ _service { sdl } }").at("/data/_service/sdl").asString())
                .isEqualTo(Files.readString(Path.of("src/test/resources/schema/notes.graphql")));
    }

    @Test
    void callersAtOnceAreNotMixedUpInBatchLoaders() {
        List<String> seen =
                IntStream.range(0, 100)
                        .parallel()
                        .mapToObj(i -> i % 5 == 0 ? null : "user" + i)
                        .map(user ->
                                user
                                        + "="
                                        + notes().ask("{ whoAmI }", Map.of(), user)
                                                .at("/data/whoAmI")
                                                .asString())
                        .toList();
        assertThat(seen)
                .allSatisfy(pair -> {
                    String[] sides = pair.split("=", 2);
                    assertThat(sides[1]).isEqualTo(sides[0].equals("null") ? "nobody" : sides[0]);
                });
    }

    /// A failure of the code, and a null where the schema allows none.
    @ParameterizedTest
    @ValueSource(strings = {"broken", "nothing"})
    void anUnexpectedFailureShowsAReferenceOnly(String field) {
        JsonNode answer = ask("{ " + field + " }");
        assertThat(answer.at("/errors/0/extensions").toString())
                .isEqualTo("{\"code\":\"INTERNAL_SERVER_ERROR\"}");
        assertThat(answer.at("/errors/0/message").asString())
                .matches("Internal error, reference [0-9a-f-]{36}");
        assertThat(answer.toString()).doesNotContain("secret", "Exception", "non null");
    }

    @Test
    void aRequestNamesSoManyEntities() {
        String query =
                "query ($a: [_Any!]!, $b: [_Any!]!) { a: _entities(representations: $a) { __typename }"
                        + " b: _entities(representations: $b) { __typename } }";
        JsonNode most =
                notes().ask(query, Map.of("a", noEntities(600), "b", noEntities(400)), null);
        assertThat(most.at("/errors")).hasSize(1_000);
        JsonNode more =
                notes().ask(query, Map.of("a", noEntities(600), "b", noEntities(401)), null);
        assertThat(more.at("/errors").valueStream())
                .filteredOn(error ->
                        error.at("/message")
                                .asString()
                                .equals("A request names at most 1,000 entities."))
                .singleElement()
                .satisfies(error ->
                        assertThat(error.at("/extensions").toString())
                                .isEqualTo(
                                        "{\"code\":\"BAD_USER_INPUT\",\"field\":\"representations\"}"));
    }

    private static List<Map<String, String>> noEntities(int count) {
        return Collections.nCopies(count, Map.of("__typename", "Query"));
    }

    @Test
    void anOperationNestsSoManyFields() {
        assertThat(ask(nested(50)).has("errors")).isFalse();
        assertTooLarge(ask(nested(51)), "The operation nests more than 50 fields.");
    }

    private static String nested(int depth) {
        return "{ note(id: \"none\") "
                + "{ next ".repeat(depth - 2)
                + "{ id }"
                + " }".repeat(depth - 1);
    }

    /// As fragments that double each other, of which a few lines are billions of fields.
    @Test
    void anOperationHasSoManyFields() {
        var document = new StringBuilder("{ note(id: \"none\") { ...F0 } } ");
        for (int i = 0; i < 32; i++) {
            document.append(
                    "fragment F%d on Note { ...F%d ... { ...F%d } } ".formatted(i, i + 1, i + 1));
        }
        document.append("fragment F32 on Note { id }");
        assertTooLarge(ask(document.toString()), "The operation has more than 10,000 fields.");
    }

    private static void assertTooLarge(JsonNode answer, String message) {
        assertThat(code(answer)).isEqualTo("GRAPHQL_VALIDATION_FAILED");
        assertThat(answer.at("/errors/0/message").asString()).isEqualTo(message);
    }

    @Test
    void aDenialDependsOnWhetherTheCallerIsKnown() {
        assertThat(code(ask("{ protected }"))).isEqualTo("UNAUTHENTICATED");
        JsonNode forbidden = notes().ask("{ protected }", Map.of(), "ann");
        assertThat(code(forbidden)).isEqualTo("FORBIDDEN");
        assertThat(forbidden.toString()).doesNotContain("Internals");
        assertThat(code(ask("mutation { addNote(text: \"x\") { id } }")))
                .isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void instantsAreReadWithAnyOffsetAndShownInUtc() {
        String query = "query ($at: DateTime!) { echo(at: $at) }";
        assertThat(
                        notes().ask(query, Map.of("at", "2026-05-01T20:00:00+02:00"), null)
                                .at("/data/echo")
                                .asString())
                .isEqualTo("2026-05-01T18:00:00Z");
        assertThat(code(notes().ask(query, Map.of("at", "tomorrow"), null)))
                .isEqualTo("BAD_USER_INPUT");
    }

    @Test
    void aChangeAndItsEventAreOneAndTheEventArrives() {
        String id = addNote("hello");
        Await.until("the event arrives", () -> heardOf(id).size() == 1);
        DomainEvent event = heardOf(id).getFirst();
        assertThat(event.aggregateVersion()).isEqualTo(1);
        assertThat(event.traceparent()).isEqualTo(Notes.TRACE);
        assertThat(event.payload()).containsEntry("noteId", id);
        awaitEmptyOutbox(id);
    }

    @Test
    void ofManyChangesToOneVersionOneWins() {
        String id = addNote("hello");
        List<Boolean> won =
                IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(i -> !changeNote(id, 1, "change " + i).isNull())
                        .toList();
        assertThat(won).containsOnlyOnce(true);
        JsonNode note = ask("{ note(id: \"%s\") { version } }".formatted(id)).at("/data/note");
        assertThat(note.at("/version").asInt()).isEqualTo(2);
        Await.until("both events arrive", () -> heardOf(id).size() >= 2);
        assertThat(heardOf(id)).extracting(DomainEvent::aggregateVersion).contains(1L, 2L);
        awaitEmptyOutbox(id);
    }

    @Test
    void aPoisonedMessageIsTriedSoOftenAndThenADeadLetterAndOthersFlow() {
        String id = addNote("hello");
        changeNote(id, 1, "poison");
        changeNote(id, 2, "good again");
        Message dead = awaitDeadLetter();
        assertThat(new String(dead.getBody(), StandardCharsets.UTF_8)).contains(id, "poison");
        assertThat(heard().failures).filteredOn(id::equals).hasSize(3);
        Await.until(
                "the next event arrives",
                () -> heardOf(id).stream().anyMatch(event -> event.aggregateVersion() == 3));
    }

    @Test
    void garbageIsADeadLetterAtOnce() {
        rabbit().send(
                        "trivium.domain-events",
                        "NoteChanged",
                        new Message("garbage".getBytes(StandardCharsets.UTF_8)));
        assertThat(new String(awaitDeadLetter().getBody(), StandardCharsets.UTF_8))
                .isEqualTo("garbage");
    }

    @Test
    void anEventThatNoQueueTakesWaitsUntilOneDoes() {
        String id = addNote("hello");
        awaitEmptyOutbox(id);
        changeNote(id, 1, "unheard");
        Await.until("the other event of the change is out", () -> pending(id).size() == 1);
        assertThat(pending(id).getFirst().getString("type")).isEqualTo("NoteUnheard");

        AmqpAdmin admin = notes().context.getBean(AmqpAdmin.class);
        admin.declareQueue(new Queue("late"));
        admin.declareBinding(
                new Binding(
                        "late",
                        Binding.DestinationType.QUEUE,
                        "trivium.domain-events",
                        "NoteUnheard",
                        Map.of()));
        awaitEmptyOutbox(id);
        assertThat(rabbit().receive("late", 5_000)).isNotNull();
    }

    @Test
    void aQueueThatIsDeletedIsDeclaredAnew() {
        AmqpAdmin admin = notes().context.getBean(AmqpAdmin.class);
        assertThat(admin.deleteQueue("notes.domain-events")).isTrue();
        if (!tellsConsumersOfDeletion()) {
            notes().context.getBean(CachingConnectionFactory.class).resetConnection();
        }
        String id = addNote("hello");
        Await.until("the event arrives", () -> !heardOf(id).isEmpty());
        awaitEmptyOutbox(id);
    }

    /// Qpid does not; there, the consumer finds out by its next connection.
    private boolean tellsConsumersOfDeletion() {
        return rabbit().execute(channel ->
                channel.getConnection().getServerProperties().get("capabilities")
                                instanceof Map<?, ?> capabilities
                        && Boolean.TRUE.equals(capabilities.get("consumer_cancel_notify")));
    }

    private String addNote(String text) {
        return notes().ask(
                        "mutation ($text: String!) { addNote(text: $text) { id } }",
                        Map.of("text", text),
                        "ann")
                .at("/data/addNote/id")
                .asString();
    }

    private JsonNode changeNote(String id, int version, String text) {
        return notes().ask(
                        """
                        mutation ($id: ID!, $version: Int!, $text: String!) {
                          changeNote(id: $id, version: $version, text: $text) { version }
                        }\
                        """,
                        Map.of("id", id, "version", version, "text", text),
                        null)
                .at("/data/changeNote");
    }

    private JsonNode ask(String query) {
        return notes().ask(query, Map.of(), null);
    }

    private static String code(JsonNode answer) {
        return answer.at("/errors/0/extensions/code").asString();
    }

    private List<DomainEvent> heardOf(String id) {
        return heard().events.stream().filter(e -> e.aggregateId().equals(id)).toList();
    }

    private Message awaitDeadLetter() {
        return Objects.requireNonNull(rabbit().receive(DEAD_LETTERS, 20_000), "no dead letter");
    }

    private void awaitEmptyOutbox(String id) {
        Await.until(
                "the outbox is empty",
                () -> pending(id).isEmpty() && !stored(id).containsKey("outboxDueAt"));
    }

    private List<Document> pending(String id) {
        return stored(id).getList("outbox", Document.class);
    }

    private Document stored(String id) {
        return Objects.requireNonNull(
                notes().context
                        .getBean(MongoOperations.class)
                        .getCollection("notes")
                        .find(new Document("_id", id))
                        .first());
    }

    private RabbitTemplate rabbit() {
        return notes().context.getBean(RabbitTemplate.class);
    }

    private NotesApplication.Heard heard() {
        return notes().context.getBean(NotesApplication.Heard.class);
    }

    private Notes notes() {
        return Objects.requireNonNull(started);
    }
}
