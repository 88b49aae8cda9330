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
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.Queue;
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

    @Test
    void anUnexpectedFailureShowsAReferenceOnly() {
        JsonNode answer = ask("{ broken }");
        assertThat(answer.at("/errors/0/extensions").toString())
                .isEqualTo("{\"code\":\"INTERNAL_SERVER_ERROR\"}");
        assertThat(answer.at("/errors/0/message").asString())
                .matches("Internal error, reference [0-9a-f-]{36}");
        assertThat(answer.toString()).doesNotContain("secret").doesNotContain("Exception");
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
