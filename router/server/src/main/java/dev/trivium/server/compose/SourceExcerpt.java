package dev.trivium.server.compose;

/// A line of a schema as a terminal can show it: with nothing in it that would move the cursor, and
/// of a long line only what is near a column.
///
/// @param indent as wide as what stands before the column
record SourceExcerpt(String text, String indent) {
    private static final int BEFORE = 60;
    private static final int AFTER = 60;
    private static final char UNPRINTABLE = '\uFFFD';

    /// @param column of the line, from 1, in UTF-16 code units
    static SourceExcerpt of(String line, int column) {
        int at = Math.min(column - 1, line.length());
        int from = boundary(line, Math.max(at - BEFORE, 0));
        int to = boundary(line, Math.min(at + AFTER, line.length()));
        String before = printable(line.substring(from, at));
        String after = printable(line.substring(at, to));
        boolean cutBefore = from > 0;
        return new SourceExcerpt(
                (cutBefore ? "…" : "") + before + after + (to < line.length() ? "…" : ""),
                (cutBefore ? " " : "") + blank(before));
    }

    /// The text without control characters and what changes the direction of writing.
    static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().forEach(c -> printable.appendCodePoint(isPrintable(c) ? c : UNPRINTABLE));
        return printable.toString();
    }

    /// Does not split a character in two.
    private static int boundary(String line, int index) {
        boolean inside =
                index > 0
                        && index < line.length()
                        && Character.isLowSurrogate(line.charAt(index))
                        && Character.isHighSurrogate(line.charAt(index - 1));
        return inside ? index - 1 : index;
    }

    private static boolean isPrintable(int c) {
        return c == '\t'
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR ->
                            false;
                    case Character.FORMAT -> c == '\u200D' || c == '\u200C';
                    default -> true;
                };
    }

    /// Tabs stay tabs, so that what follows stands where it stands in the text.
    private static String blank(String text) {
        StringBuilder blank = new StringBuilder();
        text.codePoints().forEach(c -> blank.append(c == '\t' ? "\t" : " ".repeat(width(c))));
        return blank.toString();
    }

    /// The number of columns of a terminal that a character takes.
    private static int width(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    /// East Asian letters and symbols, and emoji.
    private static boolean isWide(int c) {
        if (c >= 0xFF61 && c <= 0xFFDC) {
            return false;
        }
        if (Character.isEmojiPresentation(c)
                || (c >= 0x3000 && c <= 0x303E)
                || (c >= 0xFF01 && c <= 0xFFE6)) {
            return true;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, YI -> true;
            default -> false;
        };
    }
}
