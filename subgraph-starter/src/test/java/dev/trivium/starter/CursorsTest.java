package dev.trivium.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {
    private static final Position POSITION =
            new Position(Instant.parse("2026-05-01T18:00:00.123Z"), "2c5ea4c0-4067");

    private final Cursors cursors = new Cursors("events.byStart");

    @Test
    void readsWhatItWrote() {
        assertThat(cursors.read(cursors.write(POSITION))).isEqualTo(POSITION);
    }

    @Test
    void showsNothingOfThePositionAsPlainText() {
        assertThat(cursors.write(POSITION)).doesNotContain("2c5ea4c0").doesNotContain("2026");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "!", "AQ", "null", "eyJpZCI6MX0", "ÿÿÿÿ", "=", "AQAO"})
    void rejectsGarbage(String garbage) {
        assertRejected(garbage);
    }

    @Test
    void rejectsEveryCursorWithOneCharacterChanged() {
        String cursor = cursors.write(POSITION);
        for (int i = 0; i < cursor.length(); i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            assertRejected(cursor.substring(0, i) + other + cursor.substring(i + 1));
        }
    }

    @Test
    void rejectsACutOrLengthenedCursor() {
        String cursor = cursors.write(POSITION);
        assertRejected(cursor.substring(0, cursor.length() - 1));
        assertRejected(cursor + "A");
        assertRejected(cursor + "==");
        assertRejected("A".repeat(100_000));
    }

    @Test
    void rejectsTheCursorOfAnotherListAndOfAnotherVersion() {
        assertRejected(new Cursors("notifications").write(POSITION));
        byte[] bytes = Base64.getUrlDecoder().decode(cursors.write(POSITION));
        bytes[0]++;
        assertRejected(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private void assertRejected(String cursor) {
        assertThatExceptionOfType(ProblemException.class)
                .as(cursor)
                .isThrownBy(() -> cursors.read(cursor))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ErrorCode.BAD_USER_INPUT);
                    assertThat(problem.field()).isEqualTo("after");
                });
    }
}
