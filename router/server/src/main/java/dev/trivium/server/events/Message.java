package dev.trivium.server.events;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// A JSON object of a protocol. Its objects and lists keep their bytes: a payload is handed on as
/// it came.
final class Message {
    private static final int DEEPEST = 210;
    private static final int MOST_MEMBERS = 50;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                    .build();

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, byte[]> structures = new HashMap<>();

    private Message() {}

    /// @return null for what is no JSON object
    static @Nullable Message read(byte[] json) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? read(parser, json) : null;
        } catch (JacksonException _) {
            return null;
        }
    }

    private static @Nullable Message read(JsonParser parser, byte[] json) {
        var message = new Message();
        for (int i = 0; parser.nextToken() != JsonToken.END_OBJECT; i++) {
            if (i == MOST_MEMBERS) {
                return null;
            }
            String name = parser.currentName();
            var token = parser.nextToken();
            if (token == JsonToken.VALUE_STRING) {
                message.texts.put(name, parser.getString());
            } else if (token.isStructStart()) {
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                int end = (int) parser.currentLocation().getByteOffset();
                message.structures.put(name, Arrays.copyOfRange(json, start, end));
            }
        }
        return parser.nextToken() == null ? message : null;
    }

    /// A text, or the empty one where there is none.
    String text(String name) {
        return texts.getOrDefault(name, "");
    }

    /// The text of an object, or null where there is none.
    byte @Nullable [] object(String name) {
        byte[] json = structures.get(name);
        return json != null && json[0] == '{' ? json : null;
    }

    /// The text of a list, or null where there is none with elements.
    byte @Nullable [] list(String name) {
        byte[] json = structures.get(name);
        return json != null && json[0] == '[' && !isEmpty(json) ? json : null;
    }

    private static boolean isEmpty(byte[] list) {
        for (int i = 1; i < list.length; i++) {
            if (list[i] > ' ') {
                return list[i] == ']';
            }
        }
        return true;
    }
}
