package dev.trivium.events.adapter;

import com.netflix.graphql.dgs.DgsComponent;
import com.netflix.graphql.dgs.DgsMutation;
import com.netflix.graphql.dgs.InputArgument;
import dev.trivium.events.domain.Change;
import dev.trivium.events.domain.ChangeResult;
import dev.trivium.events.domain.CreateResult;
import dev.trivium.events.domain.Event;
import dev.trivium.events.domain.EventDetails;
import dev.trivium.events.domain.EventPatch;
import dev.trivium.events.domain.EventVisibility;
import dev.trivium.events.domain.Events;
import dev.trivium.events.domain.Viewer;
import dev.trivium.starter.Caller;
import dev.trivium.starter.ProblemException;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Creates, changes and cancels events.
@DgsComponent
final class EventMutations {
    private final Events events;

    EventMutations(Events events) {
        this.events = events;
    }

    record CreateEventInput(
            String title,
            @Nullable String description,
            Instant startsAt,
            @Nullable Instant endsAt,
            @Nullable String location,
            @Nullable Integer capacity,
            EventVisibility visibility,
            @Nullable String idempotencyKey) {
        EventDetails details() {
            return new EventDetails(
                    title, description, startsAt, endsAt, location, capacity, visibility);
        }
    }

    /// The shape of every payload here.
    record EventPayload(Event event) {}

    @DgsMutation
    EventPayload createEvent(@InputArgument CreateEventInput input, Caller caller) {
        String creator = caller.require();
        return switch (events.create(creator, input.details(), input.idempotencyKey())) {
            case CreateResult.Created(var event) -> new EventPayload(event);
            case CreateResult.Invalid(var violation) ->
                    throw ProblemException.badUserInput(violation.field(), violation.rule());
            case CreateResult.KeyTaken() ->
                    throw ProblemException.conflict(
                            "idempotencyKey", "This key was used with other input.");
        };
    }

    @DgsMutation
    EventPayload updateEvent(
            @InputArgument String id, Caller caller, DataFetchingEnvironment environment) {
        var viewer = new Viewer(caller.require());
        Map<String, Object> input =
                Objects.requireNonNull(environment.<Map<String, Object>>getArgument("input"));
        Integer expectedVersion = (Integer) input.get("expectedVersion");
        return payload(
                events.update(
                        viewer,
                        id,
                        patch(input),
                        expectedVersion == null ? null : expectedVersion.longValue()));
    }

    @DgsMutation
    EventPayload cancelEvent(
            @InputArgument String id, @InputArgument @Nullable String reason, Caller caller) {
        return payload(events.cancel(new Viewer(caller.require()), id, reason));
    }

    /// A field that is null is given; one that is absent keeps its value.
    private static EventPatch patch(Map<String, Object> input) {
        Object visibility = input.get("visibility");
        return new EventPatch(
                change(input, "title", String.class),
                change(input, "description", String.class),
                change(input, "startsAt", Instant.class),
                change(input, "endsAt", Instant.class),
                change(input, "location", String.class),
                change(input, "capacity", Integer.class),
                input.containsKey("visibility")
                        ? new Change.To<>(
                                visibility == null
                                        ? null
                                        : EventVisibility.valueOf(visibility.toString()))
                        : new Change.Keep<>());
    }

    private static <T> Change<T> change(Map<String, Object> input, String field, Class<T> type) {
        return input.containsKey(field)
                ? new Change.To<>(type.cast(input.get(field)))
                : new Change.Keep<>();
    }

    private static EventPayload payload(ChangeResult result) {
        return switch (result) {
            case ChangeResult.Changed(var event) -> new EventPayload(event);
            case ChangeResult.Invalid(var violation) ->
                    throw ProblemException.badUserInput(violation.field(), violation.rule());
            case ChangeResult.NotFound() ->
                    throw ProblemException.notFound("There is no such event.");
            case ChangeResult.Forbidden() ->
                    throw ProblemException.forbidden("Only its creator may change an event.");
            case ChangeResult.Cancelled() ->
                    throw ProblemException.conflict("The event is cancelled.");
            case ChangeResult.Outdated() ->
                    throw ProblemException.conflict("The event has changed meanwhile.");
        };
    }
}
