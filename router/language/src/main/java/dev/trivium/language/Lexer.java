package dev.trivium.language;

import org.jspecify.annotations.Nullable;

/// Cuts a text into tokens (GraphQL specification, section 2.1), one at a time.
///
/// Work and memory are linear in the text, whatever it holds: nothing is built for what is ignored.
final class Lexer {
    private static final char END_OF_TEXT = '\uffff';

    /// Longer ones exist only to keep a converter busy.
    private static final int MAX_NUMBER_LENGTH = 1_000;

    /// How much of a token a message repeats.
    private static final int MAX_SHOWN_LENGTH = 50;

    private final String text;
    private final @Nullable String source;
    private final ParserLimits limits;
    private final String syntaxCode;

    private int position;
    private int line = 1;
    private int lineStart;
    private int tokens;
    private int ignored;

    private TokenKind kind = TokenKind.END;
    private int start;
    private int tokenLine = 1;
    private int tokenColumn = 1;
    private String value = "";

    /// @param syntaxCode the code of the issue for a text that breaks the grammar
    Lexer(String text, @Nullable String source, ParserLimits limits, String syntaxCode) {
        this.text = text;
        this.source = source;
        this.limits = limits;
        this.syntaxCode = syntaxCode;
        if (text.length() > limits.maxCharacters()) {
            throw new SyntaxError(
                    new Issue(
                            "CHARACTER_LIMIT",
                            "The document is longer than %d characters."
                                    .formatted(limits.maxCharacters()),
                            location()));
        }
        advance();
    }

    /// The kind of the current token.
    TokenKind kind() {
        return kind;
    }

    /// The current token's name, digits or string value; meaningless for punctuators.
    String value() {
        return value;
    }

    /// Where the current token starts.
    SourceLocation location() {
        return new SourceLocation(source, tokenLine, tokenColumn);
    }

    ParserLimits limits() {
        return limits;
    }

    /// The error that the current token causes.
    SyntaxError error(String message) {
        return new SyntaxError(new Issue(syntaxCode, message, location()));
    }

    /// The current token as messages name it.
    String found() {
        return switch (kind) {
            case NAME -> "\"" + shortened() + "\"";
            case STRING -> "a string";
            case INT, FLOAT -> shortened();
            default -> kind.description();
        };
    }

    private String shortened() {
        return value.length() <= MAX_SHOWN_LENGTH
                ? value
                : value.substring(0, MAX_SHOWN_LENGTH) + "…";
    }

    /// Moves to the next token; stays at the end of the text.
    void advance() {
        skipIgnored();
        start = position;
        tokenLine = line;
        tokenColumn = position - lineStart + 1;
        if (position >= text.length()) {
            kind = TokenKind.END;
            return;
        }
        if (++tokens > limits.maxTokens()) {
            throw tooManyTokens();
        }
        char c = text.charAt(position);
        if (isNameStart(c)) {
            readName();
        } else if (c == '"') {
            kind = TokenKind.STRING;
            value = text.startsWith("\"\"\"", position) ? readBlockString() : readString();
        } else if (c == '-' || isDigit(c)) {
            readNumber();
        } else {
            readPunctuator(c);
        }
    }

    private void skipIgnored() {
        while (position < text.length()) {
            switch (text.charAt(position)) {
                case ' ', '\t', '\ufeff' -> position++;
                case '\n', '\r' -> readLineTerminator();
                case ',' -> {
                    countIgnored();
                    position++;
                }
                case '#' -> {
                    countIgnored();
                    while (position < text.length() && !isLineTerminator(text.charAt(position))) {
                        position++;
                    }
                }
                default -> {
                    return;
                }
            }
        }
    }

    private void countIgnored() {
        if (++ignored > limits.maxTokens()) {
            throw tooManyTokens();
        }
    }

    private SyntaxError tooManyTokens() {
        return new SyntaxError(
                new Issue(
                        "TOKEN_LIMIT",
                        "The document has more than %d tokens.".formatted(limits.maxTokens()),
                        new SourceLocation(source, line, position - lineStart + 1)));
    }

    private void readLineTerminator() {
        if (text.charAt(position++) == '\r' && current() == '\n') {
            position++;
        }
        line++;
        lineStart = position;
    }

    private void readName() {
        position++;
        while (position < text.length() && isNamePart(text.charAt(position))) {
            position++;
        }
        kind = TokenKind.NAME;
        value = text.substring(start, position);
    }

    private void readPunctuator(char c) {
        if (c == '.') {
            if (!text.startsWith("...", position)) {
                throw unexpected(c);
            }
            position += 2;
        }
        kind =
                switch (c) {
                    case '!' -> TokenKind.BANG;
                    case '$' -> TokenKind.DOLLAR;
                    case '&' -> TokenKind.AMPERSAND;
                    case '(' -> TokenKind.PARENTHESIS_LEFT;
                    case ')' -> TokenKind.PARENTHESIS_RIGHT;
                    case '.' -> TokenKind.SPREAD;
                    case ':' -> TokenKind.COLON;
                    case '=' -> TokenKind.EQUALS;
                    case '@' -> TokenKind.AT;
                    case '[' -> TokenKind.BRACKET_LEFT;
                    case ']' -> TokenKind.BRACKET_RIGHT;
                    case '{' -> TokenKind.BRACE_LEFT;
                    case '|' -> TokenKind.PIPE;
                    case '}' -> TokenKind.BRACE_RIGHT;
                    default -> throw unexpected(c);
                };
        position++;
    }

    private SyntaxError unexpected(char c) {
        String shown = c > ' ' && c < '\u007f' ? "\"" + c + "\"" : String.format("U+%04X", (int) c);
        return error("A token cannot start with the character " + shown + ".");
    }

    private void readNumber() {
        kind = TokenKind.INT;
        if (current() == '-') {
            position++;
        }
        if (current() == '0') {
            position++;
        } else {
            readDigits();
        }
        if (current() == '.') {
            kind = TokenKind.FLOAT;
            position++;
            readDigits();
        }
        if (current() == 'e' || current() == 'E') {
            kind = TokenKind.FLOAT;
            position++;
            if (current() == '+' || current() == '-') {
                position++;
            }
            readDigits();
        }
        char next = current();
        if (isDigit(next) || next == '.' || isNameStart(next)) {
            throw malformedNumber();
        }
        if (position - start > MAX_NUMBER_LENGTH) {
            throw error("A number cannot have more than " + MAX_NUMBER_LENGTH + " characters.");
        }
        value = text.substring(start, position);
    }

    private void readDigits() {
        if (!isDigit(current())) {
            throw malformedNumber();
        }
        while (isDigit(current())) {
            position++;
        }
    }

    private SyntaxError malformedNumber() {
        return error("This is not a number.");
    }

    private String readString() {
        position++;
        int clean = position;
        StringBuilder decoded = null;
        while (true) {
            char c = current();
            if (c == '"') {
                String tail = text.substring(clean, position++);
                return decoded == null ? tail : decoded.append(tail).toString();
            }
            if (position >= text.length() || isLineTerminator(c)) {
                throw error("The string has no end on its line.");
            }
            if (c == '\\') {
                decoded = decoded == null ? new StringBuilder() : decoded;
                decoded.append(text, clean, position);
                readEscape(decoded);
                clean = position;
            } else {
                readSourceCharacter(c);
            }
        }
    }

    private void readEscape(StringBuilder target) {
        position++;
        char c = current();
        position++;
        switch (c) {
            case '"', '\\', '/' -> target.append(c);
            case 'b' -> target.append('\b');
            case 'f' -> target.append('\f');
            case 'n' -> target.append('\n');
            case 'r' -> target.append('\r');
            case 't' -> target.append('\t');
            case 'u' -> target.appendCodePoint(readUnicodeEscape());
            default -> throw error("The string has an unknown escape sequence.");
        }
    }

    /// What follows the escape character and `u`: `{…}`, four digits, or a pair of four-digit
    /// escapes.
    private int readUnicodeEscape() {
        if (current() == '{') {
            int end = text.indexOf('}', position);
            int codePoint = end < 0 || end - position > 9 ? -1 : hex(position + 1, end);
            position = end + 1;
            return requireScalar(codePoint);
        }
        int unit = hex(position, position + 4);
        position += 4;
        if (unit >= 0xd800 && unit <= 0xdbff && text.startsWith("\\u", position)) {
            int low = hex(position + 2, position + 6);
            if (low >= 0xdc00 && low <= 0xdfff) {
                position += 6;
                return Character.toCodePoint((char) unit, (char) low);
            }
        }
        return requireScalar(unit);
    }

    private int requireScalar(int codePoint) {
        if (codePoint < 0
                || codePoint > Character.MAX_CODE_POINT
                || (codePoint >= 0xd800 && codePoint <= 0xdfff)) {
            throw error("The string has an invalid Unicode escape sequence.");
        }
        return codePoint;
    }

    /// The number between two positions, or -1 where there are no hexadecimal digits.
    private int hex(int from, int to) {
        if (from >= to || to > text.length()) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            number = number * 16 + digit;
        }
        return number > Character.MAX_CODE_POINT ? -1 : (int) number;
    }

    private String readBlockString() {
        position += 3;
        int clean = position;
        StringBuilder raw = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '"' && text.startsWith("\"\"\"", position)) {
                raw.append(text, clean, position);
                position += 3;
                return StringLiteral.blockValue(raw.toString());
            }
            if (c == '\\' && text.startsWith("\\\"\"\"", position)) {
                raw.append(text, clean, position);
                clean = position + 1;
                position += 4;
            } else if (isLineTerminator(c)) {
                readLineTerminator();
            } else {
                readSourceCharacter(c);
            }
        }
        throw error("The block string has no end.");
    }

    /// Passes one character of a string; half a surrogate pair is none.
    private void readSourceCharacter(char c) {
        position++;
        if (Character.isSurrogate(c)) {
            if (Character.isLowSurrogate(c) || !Character.isLowSurrogate(current())) {
                throw error("The string holds half a surrogate pair.");
            }
            position++;
        }
    }

    private char current() {
        return position < text.length() ? text.charAt(position) : END_OF_TEXT;
    }

    private static boolean isLineTerminator(char c) {
        return c == '\n' || c == '\r';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c);
    }
}
