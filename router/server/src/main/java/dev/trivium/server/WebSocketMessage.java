package dev.trivium.server;

import dev.trivium.server.http.GraphQlRequestReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A message of a client of GraphQL over WebSocket.
///
/// @param id of the operation, or null
/// @param payload JSON, or null if there is none
record WebSocketMessage(String type, @Nullable String id, byte @Nullable [] payload) {
    private static final int LONGEST_ID = 512;

    /// @return null if the text is no such message
    static @Nullable WebSocketMessage read(String text) {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        try (var parser = GraphQlRequestReader.parser(json)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? read(parser, json) : null;
        } catch (JacksonException _) {
            return null;
        }
    }

    private static @Nullable WebSocketMessage read(JsonParser parser, byte[] json) {
        String type = null;
        String id = null;
        byte[] payload = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            switch (name) {
                case "type" -> type = token == JsonToken.VALUE_STRING ? parser.getString() : null;
                case "id" -> {
                    if (!token.isScalarValue() || parser.getStringLength() > LONGEST_ID) {
                        return null;
                    }
                    id = token == JsonToken.VALUE_NULL ? null : parser.getString();
                }
                case "payload" -> {
                    int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
                    GraphQlRequestReader.skip(parser);
                    int end = Math.toIntExact(parser.currentLocation().getByteOffset());
                    payload = Arrays.copyOfRange(json, start, end);
                }
                default -> GraphQlRequestReader.skip(parser);
            }
        }
        return type == null ? null : new WebSocketMessage(type, id, payload);
    }
}
