package dev.trivium.server.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.composition.SubgraphSource;
import dev.trivium.language.Issue;
import dev.trivium.language.SourceLocation;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssueTextTest {

    /// The caret stands below the `X`, as wide as a terminal shows what is before it.
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    plain,           'a: X',               '    ^'
                    tabs,            '\ta:\tX',            ' \t  \t^'
                    wide letters,    '"名前" X',            '        ^'
                    half-width,      '"ﾅ" X',              '     ^'
                    emoji,           '"😀" X',             '      ^'
                    combining marks, '"e\u0301" X',        '     ^'
                    """)
    void theCaretStandsBelowItsCharacter(String name, String line, String expected) {
        String text = text("type Query {\n" + line + "\n}", 2, line.indexOf('X') + 1);
        assertThat(text.lines().toList())
                .containsExactly(
                        "error[CODE]: message",
                        "  --> users:2:" + (line.indexOf('X') + 1),
                        "  |",
                        "2 | " + line,
                        // The first blank is that of the margin.
                        "  |" + expected);
    }

    @ParameterizedTest
    @CsvSource({"'\\r\\n'", "'\\r'", "'\\n'"})
    void anyLineTerminatorEndsALine(String escaped) {
        String terminator = escaped.translateEscapes();
        String sdl = String.join(terminator, "type Query {", "  a: X", "}");
        assertThat(text(sdl, 2, 6)).endsWith("2 |   a: X\n  |      ^\n").doesNotContain("\r");
    }

    @Test
    void aLongLineIsCutAroundItsMistake() {
        String line = "😀".repeat(1000) + "X" + "y".repeat(1000);
        List<String> lines = text(line, 1, line.indexOf('X') + 1).lines().toList();
        String excerpt = lines.get(3);
        assertThat(excerpt).startsWith("1 | …😀").endsWith("y…").hasSizeLessThan(140);
        assertThat(excerpt.codePoints()).allMatch(Character::isDefined);
        int wide = (int) excerpt.codePoints().filter(c -> c == 0x1F600).count();
        assertThat(lines.get(4)).isEqualTo("  |  " + " ".repeat(2 * wide) + "^");
    }

    @Test
    void nothingOfASchemaMovesTheCursor() {
        String text =
                new IssueText(List.of(new SubgraphSource("users", "", "a\u001b[2J\u202Eb X")))
                        .of(
                                "error",
                                new Issue(
                                        "CODE",
                                        "first \u001b[31m\nsecond",
                                        new SourceLocation("users", 1, 9)));
        assertThat(text)
                .contains("first \uFFFD[31m\nsecond\n", "a\uFFFD[2J\uFFFDb X")
                .doesNotContain("\u001b", "\u202E");
    }

    @Test
    void whatStandsInNoSubgraphHasNoExcerpt() {
        assertThat(text("type Query { a: Int }", 7, 1))
                .isEqualTo("error[CODE]: message\n  --> users:7:1\n");
        Issue nowhere = new Issue("CODE", "message", List.of());
        assertThat(new IssueText(List.of()).of("hint", nowhere)).isEqualTo("hint[CODE]: message\n");
    }

    @Test
    void ofManyCausesTheFirstAreShown() {
        List<SourceLocation> locations = Collections.nCopies(12, at(1, 1));
        String text =
                new IssueText(List.of(new SubgraphSource("users", "", "X")))
                        .of("error", new Issue("CODE", "message", locations));
        assertThat(text.split("-->", -1)).hasSize(11);
        assertThat(text).endsWith("  and 2 more\n");
    }

    private static String text(String sdl, int line, int column) {
        return new IssueText(List.of(new SubgraphSource("users", "", sdl)))
                .of("error", new Issue("CODE", "message", at(line, column)));
    }

    private static SourceLocation at(int line, int column) {
        return new SourceLocation("users", line, column);
    }
}
