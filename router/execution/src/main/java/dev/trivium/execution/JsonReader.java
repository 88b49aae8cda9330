package dev.trivium.execution;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Steps through a JSON text (RFC 8259) in UTF-8 without building anything, and refuses everything
/// that is not JSON: what it has stepped over may be copied into a response as it is.
///
/// Not accepted, though the RFC leaves it open: nesting deeper than {@link #MAX_DEPTH} and numbers
/// longer than {@link #MAX_NUMBER_LENGTH}.
final class JsonReader {

    static final int MAX_DEPTH = 200;
    static final int MAX_NUMBER_LENGTH = 1000;

    /// A number of so many characters and without an exponent fits into a double.
    private static final int SHORT_NUMBER = 300;

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long SPACES = ONES * ' ';
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';

    final byte[] bytes;
    final int end;
    int position;

    JsonReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    JsonReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.end = end;
        this.position = from;
    }

    /// The first byte of the next token, which is not consumed.
    byte peek() throws MalformedJson {
        // Subgraphs seldom send white space.
        if (position < end && bytes[position] > ' ') {
            return bytes[position];
        }
        return peekBeyondSpace();
    }

    private byte peekBeyondSpace() throws MalformedJson {
        for (int at = position; at < end; at++) {
            byte next = bytes[at];
            if (next > ' ' || (next != ' ' && next != '\n' && next != '\r' && next != '\t')) {
                position = at;
                return next;
            }
        }
        throw new MalformedJson();
    }

    /// Consumes a token of one byte.
    void expect(char token) throws MalformedJson {
        if (peek() != token) {
            throw new MalformedJson();
        }
        position++;
    }

    /// Consumes a token of one byte if it is the next.
    boolean skipIf(char token) throws MalformedJson {
        if (peek() != token) {
            return false;
        }
        position++;
        return true;
    }

    /// Makes sure that nothing but white space follows.
    void expectEnd() throws MalformedJson {
        for (; position < end; position++) {
            byte next = bytes[position];
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                throw new MalformedJson();
            }
        }
    }

    /// Steps over a value.
    ///
    /// @param depth how many objects and lists are open
    /// @return its tag, one of those of {@link Cell}
    int skipValue(int depth) throws MalformedJson {
        return switch (peek()) {
            case '"' -> {
                skipString();
                yield Cell.STRING;
            }
            case '{' -> {
                skipObject(depth + 1);
                yield Cell.RAW_OBJECT;
            }
            case '[' -> {
                skipList(depth + 1);
                yield Cell.RAW_LIST;
            }
            case 't' -> literal("true", Cell.TRUE);
            case 'f' -> literal("false", Cell.FALSE);
            case 'n' -> literal("null", Cell.TAG_NULL);
            default -> skipNumber();
        };
    }

    private void skipObject(int depth) throws MalformedJson {
        checkDepth(depth);
        position++;
        if (skipIf('}')) {
            return;
        }
        do {
            skipKey();
            skipValue(depth);
        } while (next('}'));
    }

    private void skipList(int depth) throws MalformedJson {
        checkDepth(depth);
        position++;
        if (skipIf(']')) {
            return;
        }
        do {
            skipValue(depth);
        } while (next(']'));
    }

    /// Steps over `"key":`.
    void skipKey() throws MalformedJson {
        if (peek() != '"') {
            throw new MalformedJson();
        }
        skipString();
        expect(':');
    }

    /// Consumes the comma before another element, or the end of the enclosing object or list.
    boolean next(char close) throws MalformedJson {
        byte token = peek();
        position++;
        if (token == ',') {
            return true;
        }
        if (token == close) {
            return false;
        }
        throw new MalformedJson();
    }

    static void checkDepth(int depth) throws MalformedJson {
        if (depth > MAX_DEPTH) {
            throw new MalformedJson();
        }
    }

    private int literal(String text, int tag) throws MalformedJson {
        int length = text.length();
        if (end - position < length) {
            throw new MalformedJson();
        }
        for (int i = 0; i < length; i++) {
            if (bytes[position + i] != text.charAt(i)) {
                throw new MalformedJson();
            }
        }
        position += length;
        return tag;
    }

    /// Steps over a string, whose opening quote is next. Eight bytes at a time as long as they are
    /// plain ASCII: most of an answer is that, and a loop over bytes takes three times as long.
    void skipString() throws MalformedJson {
        int at = position + 1;
        int lastWord = end - Long.BYTES;
        while (true) {
            while (at <= lastWord) {
                long word = (long) WORDS.get(bytes, at);
                // The lowest high bit that is set marks the first byte that is not plain: beyond
                // ASCII, a control character, a quote or a backslash.
                long special =
                        (word
                                        | (word - SPACES)
                                        | ((word ^ QUOTES) - ONES)
                                        | ((word ^ BACKSLASHES) - ONES))
                                & HIGH_BITS;
                if (special != 0) {
                    at += Long.numberOfTrailingZeros(special) >>> 3;
                    break;
                }
                at += Long.BYTES;
            }
            byte next = at(at);
            if (next == '"') {
                position = at + 1;
                return;
            }
            at = afterCharacter(next, at);
        }
    }

    private int afterCharacter(byte first, int at) throws MalformedJson {
        if (first < 0) {
            return afterMultibyte(first & 0xFF, at);
        }
        if (first == '\\') {
            return afterEscape(at);
        }
        if (first < ' ') {
            throw new MalformedJson();
        }
        return at + 1;
    }

    private int afterEscape(int at) throws MalformedJson {
        return switch (at(at + 1)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
            case 'u' -> {
                for (int i = 2; i < 6; i++) {
                    if (Character.digit(at(at + i), 16) < 0) {
                        throw new MalformedJson();
                    }
                }
                yield at + 6;
            }
            default -> throw new MalformedJson();
        };
    }

    /// Well-formed sequences only (Unicode, table 3-7): neither overlong forms nor surrogates.
    private int afterMultibyte(int first, int at) throws MalformedJson {
        int low = 0x80;
        int high = 0xBF;
        int length;
        if (first >= 0xC2 && first <= 0xDF) {
            length = 2;
        } else if (first >= 0xE0 && first <= 0xEF) {
            length = 3;
            low = first == 0xE0 ? 0xA0 : low;
            high = first == 0xED ? 0x9F : high;
        } else if (first >= 0xF0 && first <= 0xF4) {
            length = 4;
            low = first == 0xF0 ? 0x90 : low;
            high = first == 0xF4 ? 0x8F : high;
        } else {
            throw new MalformedJson();
        }
        int second = at(at + 1) & 0xFF;
        if (second < low || second > high) {
            throw new MalformedJson();
        }
        for (int i = 2; i < length; i++) {
            if ((at(at + i) & 0xC0) != 0x80) {
                throw new MalformedJson();
            }
        }
        return at + length;
    }

    private int skipNumber() throws MalformedJson {
        int start = position;
        int at = start;
        if (bytes[at] == '-') {
            at++;
        }
        if (at < end && bytes[at] == '0') {
            at++;
        } else {
            at = afterDigits(at);
        }
        int tag = Cell.INTEGER;
        int shortEnd = start + SHORT_NUMBER;
        if (at < end && bytes[at] == '.') {
            tag = Cell.DECIMAL;
            at = afterDigits(at + 1);
        }
        if (at < end && (bytes[at] | 0x20) == 'e') {
            tag = Cell.DECIMAL;
            shortEnd = start;
            at++;
            if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            at = afterDigits(at);
        }
        position = at;
        return at <= shortEnd ? tag : afterUnusualNumber(start, tag);
    }

    private int afterUnusualNumber(int start, int tag) throws MalformedJson {
        int length = position - start;
        if (length > MAX_NUMBER_LENGTH) {
            throw new MalformedJson();
        }
        double value = Double.parseDouble(JsonText.utf8(bytes, start, length));
        return Double.isInfinite(value) ? Cell.HUGE : tag;
    }

    private int afterDigits(int from) throws MalformedJson {
        int at = from;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw new MalformedJson();
        }
        return at;
    }

    private byte at(int index) throws MalformedJson {
        if (index >= end) {
            throw new MalformedJson();
        }
        return bytes[index];
    }
}
