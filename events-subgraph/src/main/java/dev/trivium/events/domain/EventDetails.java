package dev.trivium.events.domain;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a creator says of an event. Spaces around the title do not count.
public record EventDetails(
        String title,
        @Nullable String description,
        Instant startsAt,
        @Nullable Instant endsAt,
        @Nullable String location,
        @Nullable Integer capacity,
        EventVisibility visibility) {
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_DESCRIPTION = 10_000;
    private static final int LONGEST_LOCATION = 500;
    private static final int LARGEST_CAPACITY = 1_000_000;

    public EventDetails {
        title = title.strip();
    }

    /// The first rule that these details break.
    public Optional<Violation> violation() {
        if (title.isEmpty() || isLonger(title, LONGEST_TITLE)) {
            return Optional.of(new Violation("title", "A title has 1 to 200 characters."));
        }
        if (title.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.of(new Violation("title", "A title is one line of text."));
        }
        if (isLonger(description, LONGEST_DESCRIPTION)) {
            return Optional.of(
                    new Violation("description", "A description has at most 10,000 characters."));
        }
        if (endsAt != null && !endsAt.isAfter(startsAt)) {
            return Optional.of(new Violation("endsAt", "An event ends after its start."));
        }
        if (isLonger(location, LONGEST_LOCATION)) {
            return Optional.of(new Violation("location", "A location has at most 500 characters."));
        }
        if (capacity != null && (capacity < 1 || capacity > LARGEST_CAPACITY)) {
            return Optional.of(new Violation("capacity", "A capacity is 1 to 1,000,000."));
        }
        return Optional.empty();
    }

    static boolean isLonger(@Nullable String text, int limit) {
        return text != null && text.codePointCount(0, text.length()) > limit;
    }
}
