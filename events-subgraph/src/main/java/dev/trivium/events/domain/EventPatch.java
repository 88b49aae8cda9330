package dev.trivium.events.domain;

import java.time.Instant;

/// A change of some of an event's details.
public record EventPatch(
        Change<String> title,
        Change<String> description,
        Change<Instant> startsAt,
        Change<Instant> endsAt,
        Change<String> location,
        Change<Integer> capacity,
        Change<EventVisibility> visibility) {

    sealed interface Patched {
        record Valid(EventDetails details) implements Patched {}

        record Invalid(Violation violation) implements Patched {}
    }

    Patched applyTo(EventDetails before) {
        String newTitle = title.of(before.title());
        Instant newStart = startsAt.of(before.startsAt());
        EventVisibility newVisibility = visibility.of(before.visibility());
        if (newTitle == null) {
            return missing("title", "An event has a title.");
        }
        if (newStart == null) {
            return missing("startsAt", "An event has a start.");
        }
        if (newVisibility == null) {
            return missing("visibility", "An event is public or private.");
        }
        var details =
                new EventDetails(
                        newTitle,
                        description.of(before.description()),
                        newStart,
                        endsAt.of(before.endsAt()),
                        location.of(before.location()),
                        capacity.of(before.capacity()),
                        newVisibility);
        return details.violation()
                .<Patched>map(Patched.Invalid::new)
                .orElseGet(() -> new Patched.Valid(details));
    }

    private static Patched missing(String field, String rule) {
        return new Patched.Invalid(new Violation(field, rule));
    }
}
