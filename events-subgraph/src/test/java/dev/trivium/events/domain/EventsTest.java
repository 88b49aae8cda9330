package dev.trivium.events.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.events.domain.EventChanged.EventCancelled;
import dev.trivium.events.domain.EventChanged.EventCreated;
import dev.trivium.events.domain.EventChanged.EventUpdated;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant START = Instant.parse("2026-05-01T18:00:00Z");
    private static final Viewer ADA = new Viewer("ada");
    private static final Viewer BOB = new Viewer("bob");
    private static final Viewer ANYBODY = new Viewer(null);
    private static final EventPatch NO_CHANGE =
            new EventPatch(
                    new Change.Keep<>(),
                    new Change.Keep<>(),
                    new Change.Keep<>(),
                    new Change.Keep<>(),
                    new Change.Keep<>(),
                    new Change.Keep<>(),
                    new Change.Keep<>());

    private final FakeEventStore store = new FakeEventStore();
    private final Events events = new Events(store, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aNewEventIsScheduledAndTold() {
        Event event = create("  Opera ", EventVisibility.PUBLIC, null);
        assertThat(event.title()).isEqualTo("Opera");
        assertThat(event.status()).isEqualTo(EventStatus.SCHEDULED);
        assertThat(event.version()).isEqualTo(1);
        assertThat(event.createdAt()).isEqualTo(NOW).isEqualTo(event.updatedAt());
        assertThat(store.told)
                .containsExactly(
                        new EventCreated(
                                event.id(), "ada", "Opera", START, EventVisibility.PUBLIC));
    }

    @Test
    void aRepeatedCreationHasOneEffectAndTheSameAnswer() {
        Event first = create("Opera", EventVisibility.PUBLIC, "key");
        assertThat(create("Opera", EventVisibility.PUBLIC, "key")).isEqualTo(first);
        assertThat(store.told).hasSize(1);
    }

    @Test
    void aKeyIsForOneInputAndOneCreator() {
        Event first = create("Opera", EventVisibility.PUBLIC, "key");
        assertThat(events.create("ada", details("Ballet", EventVisibility.PUBLIC), "key"))
                .isEqualTo(new CreateResult.KeyTaken());
        assertThat(events.create("bob", details("Opera", EventVisibility.PUBLIC), "key"))
                .isInstanceOfSatisfying(
                        CreateResult.Created.class,
                        created -> assertThat(created.event().id()).isNotEqualTo(first.id()));
    }

    @ParameterizedTest
    @CsvSource({
        "title, ' ', 10, 10, , 60",
        "title, x, 201, 10, , 60",
        "description, x, 10, 10001, , 60",
        "endsAt, x, 10, 10, , 0",
        "endsAt, x, 10, 10, , -5",
        "capacity, x, 10, 10, 0, 60",
        "capacity, x, 10, 10, 1000001, 60",
        "none, x, 200, 10000, 1000000, 1",
    })
    void eachFieldHasItsRule(
            String field,
            String letter,
            int titleLength,
            int descriptionLength,
            @Nullable Integer capacity,
            long minutes) {
        var details =
                new EventDetails(
                        letter.repeat(titleLength),
                        "d".repeat(descriptionLength),
                        START,
                        START.plusSeconds(minutes * 60),
                        "l".repeat(500),
                        capacity,
                        EventVisibility.PUBLIC);
        assertThat(details.violation().map(Violation::field).orElse("none")).isEqualTo(field);
    }

    @Test
    void lengthsCountCharactersAndNotTheirHalves() {
        assertThat(details("🎭".repeat(200), EventVisibility.PUBLIC).violation()).isEmpty();
        assertThat(details("🎭".repeat(201), EventVisibility.PUBLIC).violation()).isPresent();
        assertThat(details("two\nlines", EventVisibility.PUBLIC).violation()).isPresent();
    }

    @Test
    void aKeyHasTextOfLimitedLength() {
        var details = details("Opera", EventVisibility.PUBLIC);
        for (String key : new String[] {" ", "k".repeat(101)}) {
            assertThat(events.create("ada", details, key))
                    .isInstanceOfSatisfying(
                            CreateResult.Invalid.class,
                            invalid ->
                                    assertThat(invalid.violation().field())
                                            .isEqualTo("idempotencyKey"));
        }
    }

    @Test
    void privateEventsAreForTheirCreator() {
        Event event = create("Diary", EventVisibility.PRIVATE, null);
        assertThat(events.find(ADA, Set.of(event.id()))).containsExactly(event);
        assertThat(events.find(BOB, Set.of(event.id()))).isEmpty();
        assertThat(events.find(ANYBODY, Set.of(event.id()))).isEmpty();
    }

    @Test
    void onlyWhatIsGivenChanges() {
        Event event = create("Opera", EventVisibility.PUBLIC, null);
        var patch = patch(new Change.To<>("Ballet"), new Change.To<>(null));
        Event changed = changed(events.update(ADA, event.id(), patch, 1L));
        assertThat(changed.title()).isEqualTo("Ballet");
        assertThat(changed.description()).isNull();
        assertThat(changed.location()).isEqualTo("Vienna");
        assertThat(changed.version()).isEqualTo(2);
        assertThat(store.told).last().isInstanceOf(EventUpdated.class);
    }

    @Test
    void aChangeToTheSameIsNone() {
        Event event = create("Opera", EventVisibility.PUBLIC, null);
        assertThat(changed(events.update(ADA, event.id(), NO_CHANGE, null))).isEqualTo(event);
        assertThat(store.told).hasSize(1);
    }

    @Test
    void aTitleCannotBeTakenAway() {
        Event event = create("Opera", EventVisibility.PUBLIC, null);
        var patch = patch(new Change.To<>(null), new Change.Keep<>());
        assertThat(events.update(ADA, event.id(), patch, null))
                .isInstanceOfSatisfying(
                        ChangeResult.Invalid.class,
                        invalid -> assertThat(invalid.violation().field()).isEqualTo("title"));
    }

    @Test
    void othersMayNotChangeAndLearnNothingOfPrivateEvents() {
        Event open = create("Opera", EventVisibility.PUBLIC, null);
        Event hidden = create("Diary", EventVisibility.PRIVATE, null);
        assertThat(events.update(BOB, open.id(), NO_CHANGE, null))
                .isEqualTo(new ChangeResult.Forbidden());
        assertThat(events.update(BOB, hidden.id(), NO_CHANGE, null))
                .isEqualTo(new ChangeResult.NotFound());
        assertThat(events.cancel(BOB, open.id(), null)).isEqualTo(new ChangeResult.Forbidden());
        assertThat(events.cancel(BOB, hidden.id(), null)).isEqualTo(new ChangeResult.NotFound());
        assertThat(events.cancel(ADA, "none", null)).isEqualTo(new ChangeResult.NotFound());
    }

    @Test
    void aVersionThatHasPassedIsAConflict() {
        Event event = create("Opera", EventVisibility.PUBLIC, null);
        var patch = patch(new Change.To<>("Ballet"), new Change.Keep<>());
        assertThat(events.update(ADA, event.id(), patch, 2L))
                .isEqualTo(new ChangeResult.Outdated());
    }

    @Test
    void aChangeThatLosesAgainstAnotherIsTriedAgainUnlessAVersionIsExpected() {
        Event event = create("Opera", EventVisibility.PUBLIC, null);
        var title = patch(new Change.To<>("Ballet"), new Change.Keep<>());
        var description = patch(new Change.Keep<>(), new Change.To<>("Two acts"));
        store.interfere(() -> changed(events.update(ADA, event.id(), title, null)));
        Event both = changed(events.update(ADA, event.id(), description, null));
        assertThat(both.title()).isEqualTo("Ballet");
        assertThat(both.description()).isEqualTo("Two acts");
        assertThat(both.version()).isEqualTo(3);

        store.interfere(() -> changed(events.cancel(ADA, event.id(), null)));
        assertThat(events.update(ADA, event.id(), NO_CHANGE, 3L))
                .isInstanceOf(ChangeResult.Changed.class);
        assertThat(
                        events.update(
                                ADA,
                                event.id(),
                                patch(new Change.To<>("Opera"), new Change.Keep<>()),
                                3L))
                .isEqualTo(new ChangeResult.Cancelled());
    }

    @Test
    void cancellingTwiceIsCancellingOnce() {
        Event event = create("Opera", EventVisibility.PUBLIC, null);
        Event cancelled = changed(events.cancel(ADA, event.id(), "The tenor is ill"));
        assertThat(cancelled.status()).isEqualTo(EventStatus.CANCELLED);
        assertThat(changed(events.cancel(ADA, event.id(), "Other"))).isEqualTo(cancelled);
        assertThat(store.told).hasSize(2).last().isInstanceOf(EventCancelled.class);
        var patch = patch(new Change.To<>("Ballet"), new Change.Keep<>());
        assertThat(events.update(ADA, event.id(), patch, null))
                .isEqualTo(new ChangeResult.Cancelled());
    }

    @Test
    void aReasonHasLimitedLength() {
        Event event = create("Opera", EventVisibility.PUBLIC, null);
        assertThat(events.cancel(ADA, event.id(), "r".repeat(501)))
                .isInstanceOf(ChangeResult.Invalid.class);
        assertThat(events.cancel(ADA, event.id(), "r".repeat(500)))
                .isInstanceOf(ChangeResult.Changed.class);
    }

    private Event create(String title, EventVisibility visibility, @Nullable String key) {
        CreateResult result = events.create("ada", details(title, visibility), key);
        assertThat(result).isInstanceOf(CreateResult.Created.class);
        return ((CreateResult.Created) result).event();
    }

    private static Event changed(ChangeResult result) {
        assertThat(result).isInstanceOf(ChangeResult.Changed.class);
        return ((ChangeResult.Changed) result).event();
    }

    private static EventDetails details(String title, EventVisibility visibility) {
        return new EventDetails(title, "One act", START, null, "Vienna", null, visibility);
    }

    private static EventPatch patch(Change<String> title, Change<String> description) {
        return new EventPatch(
                title,
                description,
                new Change.Keep<>(),
                new Change.Keep<>(),
                new Change.Keep<>(),
                new Change.Keep<>(),
                new Change.Keep<>());
    }
}
