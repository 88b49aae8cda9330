package dev.trivium.language;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes maps, iterables, strings, numbers, booleans and nulls as JSON.
final class JsonText {
    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    static byte[] utf8(Map<String, ?> object) {
        JsonText json = new JsonText();
        json.write(object);
        return json.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(@Nullable Object value) {
        switch (value) {
            case null -> text.append("null");
            case String string -> writeString(string);
            case Map<?, ?> map -> writeObject(map);
            case Iterable<?> list -> writeList(list);
            case Number number -> text.append(number);
            case Boolean bool -> text.append(bool);
            default -> writeString(value.toString());
        }
    }

    private void writeObject(Map<?, ?> map) {
        char separator = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            separator = ',';
            writeString(String.valueOf(entry.getKey()));
            text.append(':');
            write(entry.getValue());
        }
        text.append(map.isEmpty() ? "{}" : "}");
    }

    private void writeList(Iterable<?> list) {
        text.append('[');
        boolean first = true;
        for (Object element : list) {
            if (!first) {
                text.append(',');
            }
            first = false;
            write(element);
        }
        text.append(']');
    }

    private void writeString(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                default -> {
                    if (c < ' ') {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
