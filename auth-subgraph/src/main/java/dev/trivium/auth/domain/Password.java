package dev.trivium.auth.domain;

import java.text.Normalizer;
import java.util.Optional;

/// A password as somebody typed it, in Unicode's compatible composed form, so that it is the same
/// password on every keyboard. Make one with [#parse] or [#typed].
public record Password(String value) {
    public static final int SHORTEST = 15;
    public static final int LONGEST = 128;

    /// A new password; empty unless it has 15 to 128 characters.
    public static Optional<Password> parse(String text) {
        Optional<Password> typed = typed(text);
        return typed.filter(p -> p.value.codePointCount(0, p.value.length()) >= SHORTEST);
    }

    /// A password to compare with; empty when it is so long that it cannot be anybody's.
    public static Optional<Password> typed(String text) {
        if (text.codePointCount(0, text.length()) > LONGEST) {
            return Optional.empty();
        }
        return Optional.of(new Password(Normalizer.normalize(text, Normalizer.Form.NFKC)));
    }

    /// Shows nothing, so that no log does.
    @Override
    public String toString() {
        return "Password[…]";
    }
}
