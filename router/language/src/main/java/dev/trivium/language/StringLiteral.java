package dev.trivium.language;

import java.util.ArrayList;
import java.util.List;

/// The two ways to write a string (GraphQL specification, section 2.9.4).
final class StringLiteral {
    private StringLiteral() {}

    /// The value of a block string: common indentation and blank lines at both ends removed.
    ///
    /// @param raw the text between the triple quotes, `\"""` already resolved
    static String blockValue(String raw) {
        List<String> lines = lines(raw);
        int common = commonIndent(lines);
        int first = 0;
        while (first < lines.size() && isBlank(lines.get(first))) {
            first++;
        }
        int last = lines.size() - 1;
        while (last > first && isBlank(lines.get(last))) {
            last--;
        }
        StringBuilder value = new StringBuilder(raw.length());
        for (int i = first; i <= last; i++) {
            String line = lines.get(i);
            if (i > first) {
                value.append('\n');
            }
            value.append(line, i == 0 ? 0 : Math.min(common, line.length()), line.length());
        }
        return value.toString();
    }

    /// A string in double quotes, on one line.
    static void quote(String value, StringBuilder target) {
        target.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> target.append("\\\"");
                case '\\' -> target.append("\\\\");
                case '\n' -> target.append("\\n");
                case '\r' -> target.append("\\r");
                case '\t' -> target.append("\\t");
                case '\b' -> target.append("\\b");
                case '\f' -> target.append("\\f");
                default -> {
                    if (c < ' ' || c == '\u007f') {
                        target.append(String.format("\\u%04X", (int) c));
                    } else {
                        target.append(c);
                    }
                }
            }
        }
        target.append('"');
    }

    /// Whether a block string can say this value, on lines of its own.
    static boolean fitsBlock(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\n' && c != '\t') || c == '\u007f') {
                return false;
            }
        }
        return blockValue("\n" + value + "\n").equals(value);
    }

    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                lines.add(text.substring(start, i));
                if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
                start = i + 1;
            }
        }
        lines.add(text.substring(start));
        return lines;
    }

    private static int commonIndent(List<String> lines) {
        int common = Integer.MAX_VALUE;
        for (String line : lines.subList(1, lines.size())) {
            int indent = indent(line);
            if (indent < line.length()) {
                common = Math.min(common, indent);
            }
        }
        return common == Integer.MAX_VALUE ? 0 : common;
    }

    private static int indent(String line) {
        int indent = 0;
        while (indent < line.length()
                && (line.charAt(indent) == ' ' || line.charAt(indent) == '\t')) {
            indent++;
        }
        return indent;
    }

    private static boolean isBlank(String line) {
        return indent(line) == line.length();
    }
}
