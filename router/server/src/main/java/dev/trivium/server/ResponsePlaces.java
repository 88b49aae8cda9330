package dev.trivium.server;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Where the parts of a GraphQL response stand in its bytes. What is not there has no length.
///
/// @param value of the root field, or of `data`
record ResponsePlaces(int value, int valueEnd, int errors, int errorsEnd) {
    private static final JsonFactory JSON = new JsonFactory();

    /// @param rootKey null for all of `data`
    static ResponsePlaces find(byte[] buffer, int length, @Nullable String rootKey) {
        int[] value = {0, 0};
        int[] errors = {0, 0};
        try (var parser = JSON.createParser(ObjectReadContext.empty(), buffer, 0, length)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = parser.currentName();
                var token = parser.nextToken();
                if (name.equals("errors")) {
                    errors = skip(parser);
                } else if (name.equals("data") && rootKey != null && token.isStructStart()) {
                    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                        var key = parser.currentName();
                        parser.nextToken();
                        int[] place = skip(parser);
                        value = key.equals(rootKey) ? place : value;
                    }
                } else if (name.equals("data") && rootKey == null) {
                    value = skip(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return new ResponsePlaces(value[0], value[1], errors[0], errors[1]);
    }

    /// Steps over a value.
    ///
    /// @return where it begins and ends
    private static int[] skip(JsonParser parser) {
        int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        parser.skipChildren();
        // Texts and numbers are read only when somebody asks for them.
        var _ = parser.currentToken().isScalarValue() ? parser.getString() : "";
        return new int[] {from, Math.toIntExact(parser.currentLocation().getByteOffset())};
    }
}
