package dev.trivium.server;

import dev.trivium.language.Issue;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The two protocols of GraphQL over WebSocket, which differ in how messages are called.
enum WebSocketProtocol {
    /// What the package `graphql-ws` speaks.
    TRANSPORT("graphql-transport-ws", "subscribe", "complete", "next"),
    /// What `subscriptions-transport-ws` spoke, which is not maintained any longer.
    LEGACY("graphql-ws", "start", "stop", "data");

    private final String name;
    private final String start;
    private final String stop;
    private final String next;

    /// @param name the WebSocket subprotocol
    /// @param start how the client asks for an operation
    /// @param stop how the client ends one
    /// @param next how the server sends a result
    WebSocketProtocol(String name, String start, String stop, String next) {
        this.name = name;
        this.start = start;
        this.stop = stop;
        this.next = next;
    }

    static @Nullable WebSocketProtocol of(@Nullable String name) {
        for (var protocol : values()) {
            if (protocol.name.equals(name)) {
                return protocol;
            }
        }
        return null;
    }

    static List<String> names(boolean legacy) {
        return legacy ? List.of(TRANSPORT.name, LEGACY.name) : List.of(TRANSPORT.name);
    }

    /// What a message of a client is for.
    enum Kind {
        INIT,
        START,
        STOP,
        PING,
        PONG,
        TERMINATE
    }

    /// @return null if there is no such message
    @Nullable Kind kind(String type) {
        if (type.equals("connection_init")) {
            return Kind.INIT;
        } else if (type.equals(start)) {
            return Kind.START;
        } else if (type.equals(stop)) {
            return Kind.STOP;
        }
        return switch (this) {
            case TRANSPORT ->
                    switch (type) {
                        case "ping" -> Kind.PING;
                        case "pong" -> Kind.PONG;
                        default -> null;
                    };
            case LEGACY -> type.equals("connection_terminate") ? Kind.TERMINATE : null;
        };
    }

    /// How the legacy protocol refuses a connection.
    static Buffer connectionError(Issue issue) {
        var payload =
                JsonObject.of(
                        "message",
                        issue.message(),
                        "extensions",
                        JsonObject.of("code", issue.code()));
        return JsonObject.of("type", "connection_error", "payload", payload).toBuffer();
    }

    /// @param id as JSON
    Buffer next(String id, Buffer payload) {
        return message(id, next, payload);
    }

    /// @param id as JSON
    /// @param errors a response with nothing but `errors`
    Buffer error(String id, Buffer errors) {
        int key = "{\"errors\":".length();
        var list = errors.slice(key, errors.length() - 1);
        return switch (this) {
            case TRANSPORT -> message(id, "error", list);
            // Clients take one error only, and fail the subscription with it.
            case LEGACY ->
                    message(
                            id,
                            "error",
                            Buffer.buffer("{\"message\":\"the operation failed\",\"errors\":")
                                    .appendBuffer(list)
                                    .appendString("}"));
        };
    }

    /// @param id as JSON
    Buffer complete(String id) {
        return Buffer.buffer("{\"id\":" + id + ",\"type\":\"complete\"}");
    }

    private static Buffer message(String id, String type, Buffer payload) {
        return Buffer.buffer(payload.length() + 64)
                .appendString("{\"id\":" + id + ",\"type\":\"" + type + "\",\"payload\":")
                .appendBuffer(payload)
                .appendString("}");
    }
}
