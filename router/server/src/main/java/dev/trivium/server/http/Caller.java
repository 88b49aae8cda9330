package dev.trivium.server.http;

import dev.trivium.server.explorer.Tracing;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who sends a request, as far as the request itself says it. Nothing of it has been verified.
///
/// @param authorization all `Authorization` headers; more than one are refused
/// @param client the program that sends it
/// @param trace under which name it wants the request recorded, or null
public record Caller(List<String> authorization, Client client, @Nullable String trace) {
    public Caller {
        authorization = List.copyOf(authorization);
    }

    public static Caller of(MultiMap headers) {
        return new Caller(
                headers.getAll(HttpHeaders.AUTHORIZATION),
                Client.of(headers),
                headers.get(Tracing.HEADER));
    }

    /// The same with what a client says when it opens a connection: web pages cannot set headers of
    /// a WebSocket.
    ///
    /// @param payload of `connection_init`, JSON; its entries, or those of its `headers`, stand for
    ///   the headers of these names
    public Caller named(byte @Nullable [] payload) {
        var fields = payload == null ? null : object(payload);
        if (fields == null) {
            return this;
        }
        var token = said(fields, "authorization");
        var name = said(fields, Tracing.HEADER);
        return new Caller(
                token == null ? authorization : List.of(token),
                client,
                name == null ? trace : name);
    }

    private static @Nullable String said(JsonObject fields, String header) {
        var value = value(fields, header);
        return value == null && fields.getValue("headers") instanceof JsonObject headers
                ? value(headers, header)
                : value;
    }

    private static @Nullable String value(JsonObject fields, String header) {
        for (var entry : fields) {
            if (entry.getKey().equalsIgnoreCase(header)
                    && entry.getValue() instanceof String value) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable JsonObject object(byte[] json) {
        try {
            return Json.decodeValue(Buffer.buffer(json)) instanceof JsonObject object
                    ? object
                    : null;
        } catch (DecodeException _) {
            return null;
        }
    }

    /// The header that subgraphs get; null for an anonymous caller.
    public @Nullable String forwarded() {
        return authorization.isEmpty() ? null : authorization.getFirst();
    }
}
