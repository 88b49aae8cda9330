package dev.trivium.events.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Creates, changes and shows events.
public final class Events {
    private static final int LONGEST_KEY = 100;
    private static final int LONGEST_REASON = 500;

    /// How often a change is tried again that lost against another one and did not ask for a
    /// version.
    private static final int ATTEMPTS = 5;

    private final EventStore store;
    private final Clock clock;

    public Events(EventStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// The events with these ids that the viewer may see, in any order.
    public List<Event> find(Viewer viewer, Set<String> ids) {
        return store.byIds(ids).stream().filter(event -> event.isVisibleTo(viewer)).toList();
    }

    /// See [EventStore#list].
    public List<Event> list(Viewer viewer, EventFilter filter, EventPage page) {
        return store.list(viewer, filter, page);
    }

    /// See [EventStore#listByCreator].
    public Map<String, List<Event>> listByCreator(
            Viewer viewer, Set<String> creators, EventPage page) {
        return store.listByCreator(viewer, creators, page);
    }

    /// Creates an event. With an idempotency key, a repetition finds the event that the first
    /// attempt created.
    public CreateResult create(
            String creatorId, EventDetails details, @Nullable String idempotencyKey) {
        Violation violation = violation(details, idempotencyKey).orElse(null);
        if (violation != null) {
            return new CreateResult.Invalid(violation);
        }
        Instant now = now();
        var event =
                new Event(
                        UUID.randomUUID().toString(),
                        creatorId,
                        details,
                        EventStatus.SCHEDULED,
                        null,
                        1,
                        now,
                        now);
        if (idempotencyKey == null) {
            boolean _ = store.add(event, null, EventChanged.EventCreated.of(event));
            return new CreateResult.Created(event);
        }
        // Creators cannot meet each other's keys.
        var creation = new Creation(creatorId + ":" + idempotencyKey, details);
        return repeated(creation)
                .or(() ->
                        store.add(event, creation, EventChanged.EventCreated.of(event))
                                ? Optional.of(new CreateResult.Created(event))
                                : repeated(creation))
                .orElseThrow(() -> new IllegalStateException("A key is taken and is not there"));
    }

    private static Optional<Violation> violation(
            EventDetails details, @Nullable String idempotencyKey) {
        if (idempotencyKey != null
                && (idempotencyKey.isBlank()
                        || EventDetails.isLonger(idempotencyKey, LONGEST_KEY))) {
            return Optional.of(new Violation("idempotencyKey", "A key has 1 to 100 characters."));
        }
        return details.violation();
    }

    private Optional<CreateResult> repeated(Creation creation) {
        return store.byCreationKey(creation.key())
                .map(existing ->
                        existing.creation().equals(creation)
                                ? new CreateResult.Created(existing.event())
                                : new CreateResult.KeyTaken());
    }

    /// Changes an event.
    ///
    /// @param expectedVersion the version that the change is meant for; null for any
    public ChangeResult update(
            Viewer viewer, String id, EventPatch patch, @Nullable Long expectedVersion) {
        return change(
                viewer,
                id,
                event -> {
                    if (event.isCancelled()) {
                        return new Step.Done(new ChangeResult.Cancelled());
                    }
                    if (expectedVersion != null && expectedVersion != event.version()) {
                        return new Step.Done(new ChangeResult.Outdated());
                    }
                    return switch (patch.applyTo(event.details())) {
                        case EventPatch.Patched.Invalid(var violation) ->
                                new Step.Done(new ChangeResult.Invalid(violation));
                        case EventPatch.Patched.Valid(var details) -> replace(event, details);
                    };
                });
    }

    private Step replace(Event event, EventDetails details) {
        if (details.equals(event.details())) {
            return new Step.Done(new ChangeResult.Changed(event));
        }
        Event changed = event.with(details, now());
        return new Step.Write(changed, EventChanged.EventUpdated.of(changed));
    }

    /// Calls an event off; a cancelled event stays as it is.
    public ChangeResult cancel(Viewer viewer, String id, @Nullable String reason) {
        if (EventDetails.isLonger(reason, LONGEST_REASON)) {
            return new ChangeResult.Invalid(
                    new Violation("reason", "A reason has at most 500 characters."));
        }
        return change(
                viewer,
                id,
                event -> {
                    if (event.isCancelled()) {
                        return new Step.Done(new ChangeResult.Changed(event));
                    }
                    Event cancelled = event.cancelled(reason, now());
                    return new Step.Write(cancelled, EventChanged.EventCancelled.of(cancelled));
                });
    }

    /// What a rule makes of the present state of an event.
    private sealed interface Step {
        record Done(ChangeResult result) implements Step {}

        record Write(Event event, EventChanged change) implements Step {}
    }

    private ChangeResult change(Viewer viewer, String id, Function<Event, Step> rule) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Event event = find(viewer, Set.of(id)).stream().findAny().orElse(null);
            if (event == null) {
                return new ChangeResult.NotFound();
            }
            if (!event.isOf(viewer)) {
                return new ChangeResult.Forbidden();
            }
            switch (rule.apply(event)) {
                case Step.Done(var result) -> {
                    return result;
                }
                case Step.Write(var changed, var change) -> {
                    if (store.replace(changed, change)) {
                        return new ChangeResult.Changed(changed);
                    }
                }
            }
        }
        return new ChangeResult.Outdated();
    }

    /// As fine as the store keeps it.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
