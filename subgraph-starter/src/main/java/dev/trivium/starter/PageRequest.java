package dev.trivium.starter;

import org.jspecify.annotations.Nullable;

/// The page that a client asks for.
///
/// @param size how many items at most, 1 to 100
/// @param after where the page before ended; null for the first page
public record PageRequest(int size, @Nullable Position after) {
    public static final int LARGEST = 100;

    /// Checks the arguments of a connection field: `first` must be 1 to 100, `after` a cursor of
    /// this list; otherwise a `BAD_USER_INPUT` problem names the argument.
    ///
    /// @param first null only where a client sends `null` in place of the schema's default
    public static PageRequest of(@Nullable Integer first, @Nullable String after, Cursors cursors) {
        if (first == null || first < 1 || first > LARGEST) {
            throw ProblemException.badUserInput("first", "Ask for 1 to " + LARGEST + " items.");
        }
        return new PageRequest(first, after == null ? null : cursors.read(after));
    }

    /// How many items to read to fill the page and to learn whether another one follows.
    public int lookahead() {
        return size + 1;
    }
}
