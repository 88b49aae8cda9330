package dev.trivium.testkit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One subscription over `graphql-transport-ws`, and what has come of it.
public final class GraphQlStream implements WebSocket.Listener, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String document;
    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private volatile int closed;
    private volatile boolean subscribed;

    /// Set once.
    private @Nullable WebSocket socket;

    private GraphQlStream(String document) {
        this.document = document;
    }

    /// Subscribes.
    ///
    /// @param endpoint an `http` URL
    /// @param header the token in the upgrade request, or null
    /// @param payload the token in the payload of `connection_init`, or null
    public static GraphQlStream open(
            URI endpoint, String document, @Nullable String header, @Nullable String payload) {
        var stream = new GraphQlStream(document);
        var builder = HTTP.newWebSocketBuilder().subprotocols("graphql-transport-ws");
        if (header != null) {
            builder.header("Authorization", "Bearer " + header);
        }
        URI address = URI.create(endpoint.toString().replaceFirst("^http", "ws"));
        var socket = builder.buildAsync(address, stream).join();
        stream.socket = socket;
        Map<String, Object> init = new HashMap<>(Map.of("type", "connection_init"));
        if (payload != null) {
            init.put("payload", Map.of("authorization", "Bearer " + payload));
        }
        socket.sendText(JSON.writeValueAsString(init), true).join();
        return stream;
    }

    /// The payload of each `next`.
    public List<JsonNode> events() {
        return payloads("next");
    }

    /// The payload of each `error`.
    public List<JsonNode> errors() {
        return payloads("error");
    }

    private List<JsonNode> payloads(String type) {
        return messages.stream()
                .filter(message -> message.path("type").asString().equals(type))
                .map(message -> message.path("payload"))
                .toList();
    }

    /// Whether the connection was accepted and the subscription sent.
    public boolean isSubscribed() {
        return subscribed;
    }

    /// The code that the server closed with; 0 while it is open.
    public int closeCode() {
        return closed;
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            JsonNode message = JSON.readTree(text.toString());
            text.setLength(0);
            received(from, message);
        }
        from.request(1);
        return null;
    }

    private void received(WebSocket from, JsonNode message) {
        messages.add(message);
        switch (message.path("type").asString()) {
            case "connection_ack" -> {
                subscribed = true;
                Map<String, Object> payload = Map.of("query", document);
                send(from, Map.of("id", "1", "type", "subscribe", "payload", payload));
            }
            case "ping" -> send(from, Map.of("type", "pong"));
            default -> {
                // Kept for the test.
            }
        }
    }

    /// Where it cannot be sent, the connection has gone, which the test notices.
    private static void send(WebSocket to, Map<String, Object> message) {
        var _ = to.sendText(JSON.writeValueAsString(message), true);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed = code;
        return null;
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }
}
