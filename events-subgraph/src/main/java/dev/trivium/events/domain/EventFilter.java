package dev.trivium.events.domain;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Selects events; null leaves a condition out.
public record EventFilter(
        @Nullable Instant startsAfter,
        @Nullable Instant startsBefore,
        @Nullable String titleContains,
        @Nullable EventStatus status) {
    public static final EventFilter ALL = new EventFilter(null, null, null, null);

    private static final int LONGEST_TEXT = 100;

    public Optional<Violation> violation() {
        if (EventDetails.isLonger(titleContains, LONGEST_TEXT)) {
            return Optional.of(
                    new Violation("titleContains", "Search for at most 100 characters."));
        }
        // No title has such characters, and the store cannot even ask for some of them.
        if (titleContains != null && titleContains.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.of(new Violation("titleContains", "Search for one line of text."));
        }
        return Optional.empty();
    }
}
