package dev.trivium.server.uploads;

import java.io.ByteArrayOutputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Puts other values into the place of nulls and texts of a JSON document, and leaves every other
/// byte as it is.
final class JsonLeaves {
    static final JsonFactory JSON = new JsonFactory();

    private final byte[] json;
    private final Function<Leaf, byte @Nullable []> replacement;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int copied;

    /// A null or a text.
    ///
    /// @param path names and positions, joined by dots
    /// @param text null for null
    record Leaf(String path, @Nullable String text) {}

    private JsonLeaves(byte[] json, Function<Leaf, byte @Nullable []> replacement) {
        this.json = json;
        this.replacement = replacement;
    }

    /// @param json a document that has been read before: it is JSON, in UTF-8, and not too deep
    /// @param replacement null for what stays
    static byte[] replace(byte[] json, Function<Leaf, byte @Nullable []> replacement) {
        var leaves = new JsonLeaves(json, replacement);
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            leaves.value(parser, "");
        }
        leaves.out.write(json, leaves.copied, json.length - leaves.copied);
        return leaves.out.toByteArray();
    }

    private void value(JsonParser parser, String path) {
        var token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                parser.nextToken();
                value(parser, path.isEmpty() ? name : path + "." + name);
            }
        } else if (token == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                value(parser, path + "." + i);
            }
        } else if (token == JsonToken.VALUE_NULL || token == JsonToken.VALUE_STRING) {
            leaf(parser, path);
        }
    }

    private void leaf(JsonParser parser, String path) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        var text = parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getString();
        int end = (int) parser.currentLocation().getByteOffset();
        var instead = replacement.apply(new Leaf(path, text));
        if (instead != null) {
            out.write(json, copied, start - copied);
            out.writeBytes(instead);
            copied = end;
        }
    }
}
