package dev.trivium.execution;

import java.nio.charset.StandardCharsets;

/// Strings to and from JSON, away from the hot path.
final class JsonText {

    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String utf8(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    /// A JSON string with its quotes, in UTF-8.
    static byte[] quoted(String text) {
        return utf8(quote(text));
    }

    /// A JSON string with its quotes.
    static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            switch (next) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (next < ' ' || isLoneSurrogate(text, i)) {
                        out.append("\\u");
                        for (int shift = 12; shift >= 0; shift -= 4) {
                            out.append(HEX.charAt((next >> shift) & 0xF));
                        }
                    } else {
                        out.append(next);
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    private static boolean isLoneSurrogate(String text, int index) {
        char here = text.charAt(index);
        if (Character.isHighSurrogate(here)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(here)
                && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

    /// The text of a JSON string that a {@link JsonReader} has stepped over.
    ///
    /// @param from where its opening quote stands
    /// @param end after its closing quote
    static String unquoted(byte[] bytes, int from, int end) {
        String raw = utf8(bytes, from + 1, end - from - 2);
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder out = new StringBuilder(raw.length());
        int at = 0;
        while (at < raw.length()) {
            char next = raw.charAt(at);
            if (next != '\\') {
                out.append(next);
                at++;
            } else if (raw.charAt(at + 1) == 'u') {
                out.append((char) Integer.parseInt(raw, at + 2, at + 6, 16));
                at += 6;
            } else {
                out.append(unescaped(raw.charAt(at + 1)));
                at += 2;
            }
        }
        return out.toString();
    }

    private static char unescaped(char letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }
}
