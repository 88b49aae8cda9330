package dev.trivium.server.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.Failure.Kind;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A subscription over the WebSocket subprotocol `graphql-transport-ws`, on a connection of its
/// own.
///
/// The client's authorization travels twice, as a header of the upgrade request and in the payload
/// of `connection_init`: servers look at the one or the other.
final class WebSocketEvents extends OpenUpstream {
    private static final String PROTOCOL = "graphql-transport-ws";

    /// One connection has one subscription.
    private static final String ID = "1";

    private static final short NORMAL = 1000;
    private static final String PING = "{\"type\":\"ping\"}";
    private static final String COMPLETE = "{\"id\":\"" + ID + "\",\"type\":\"complete\"}";

    private @Nullable WebSocket socket;
    private boolean acknowledged;
    private boolean pongIsDue;

    WebSocketEvents(Order order) {
        super(order);
    }

    WebSocketEvents open() {
        startDeadline();
        var target = order.target();
        var options =
                new WebSocketConnectOptions()
                        .setHost(target.options().getHost())
                        .setPort(target.options().getPort())
                        .setSsl(target.options().isSsl())
                        .setSslOptions(target.options().getSslOptions())
                        .setURI(target.options().getURI())
                        .setAllowOriginHeader(false)
                        .setSubProtocols(List.of(PROTOCOL));
        if (order.authorization() != null) {
            options.putHeader(HttpHeaders.AUTHORIZATION, order.authorization());
        }
        order.loop()
                .webSockets()
                .connect(options)
                .onComplete(connected -> {
                    if (connected.succeeded()) {
                        connected(connected.result());
                    } else {
                        // Never before the caller has what it can cancel.
                        order.loop().context().runOnContext(_ -> notConnected(connected.cause()));
                    }
                });
        return this;
    }

    private void notConnected(Throwable cause) {
        if (cause instanceof UpgradeRejectedException rejected) {
            fail(refusal(rejected.getStatus()), null);
        } else if (cause instanceof WebSocketHandshakeException) {
            otherProtocol();
        } else {
            fail(new Failure(Kind.UNAVAILABLE, UNREACHABLE), cause);
        }
    }

    private void connected(WebSocket connection) {
        socket = connection;
        if (isEnded()) {
            release();
            return;
        }
        connection.textMessageHandler(this::received);
        connection.binaryMessageHandler(_ -> malformed());
        connection.exceptionHandler(this::broken);
        connection.closeHandler(_ -> closed(connection.closeStatusCode()));
        if (!PROTOCOL.equals(connection.subProtocol())) {
            otherProtocol();
            return;
        }
        var init = new JsonObject().put("type", "connection_init");
        if (order.authorization() != null) {
            init.put("payload", new JsonObject().put("authorization", order.authorization()));
        }
        send(init.encode());
    }

    private void received(String text) {
        var message = isEnded() ? null : Message.read(text.getBytes(UTF_8));
        if (message == null) {
            malformed();
            return;
        }
        switch (message.text("type")) {
            case "connection_ack" -> acknowledged();
            case "ping" -> send("{\"type\":\"pong\"}");
            case "pong" -> pongIsDue = false;
            case "next" -> next(message);
            case "error" -> error(message);
            case "complete" -> {
                if (isOurs(message)) {
                    complete();
                }
            }
            default -> malformed();
        }
    }

    private void acknowledged() {
        if (acknowledged) {
            malformed();
            return;
        }
        acknowledged = true;
        accepted(this::beat);
        send(
                "{\"id\":\"%s\",\"type\":\"subscribe\",\"payload\":%s}"
                        .formatted(ID, new String(order.body(), UTF_8)));
    }

    private void beat() {
        if (pongIsDue) {
            fail(Kind.TIMEOUT, "the subgraph is silent");
        } else {
            pongIsDue = true;
            send(PING);
        }
    }

    private void next(Message message) {
        byte[] payload = message.object("payload");
        if (payload == null || !acknowledged) {
            malformed();
        } else if (isOurs(message)) {
            event(payload);
        }
    }

    /// The subgraph has not executed the operation.
    private void error(Message message) {
        byte[] errors = message.list("payload");
        if (errors == null || !acknowledged) {
            malformed();
        } else if (isOurs(message)) {
            event(Responses.withErrors(errors));
            complete();
        }
    }

    private static boolean isOurs(Message message) {
        return message.text("id").equals(ID);
    }

    private void otherProtocol() {
        fail(Kind.MALFORMED, "the subgraph does not speak " + PROTOCOL);
    }

    private void malformed() {
        fail(Kind.MALFORMED, "the subgraph does not keep to " + PROTOCOL);
    }

    private void broken(Throwable cause) {
        if (isTooLong(cause)) {
            tooLarge();
        } else if (cause instanceof CorruptedWebSocketFrameException) {
            malformed();
        } else {
            fail(new Failure(Kind.UNAVAILABLE, BROKEN_OFF), cause);
        }
    }

    /// Vert.x and Netty tell of a long message, a long frame and a long header in three ways.
    private static boolean isTooLong(Throwable cause) {
        return switch (cause) {
            case IllegalStateException _ -> true;
            case CorruptedWebSocketFrameException frame ->
                    frame.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
            default -> cause instanceof TooLongFrameException;
        };
    }

    private void tooLarge() {
        fail(Kind.TOO_LARGE, "the subgraph's event is too large");
    }

    /// @param code null where the connection has broken
    private void closed(@Nullable Short code) {
        switch (code == null ? 0 : code.intValue()) {
            case 1009 -> tooLarge();
            case 1002, 1003, 1007 -> malformed();
            case 4401 -> fail(refusal(401), null);
            case 4403 -> fail(refusal(403), null);
            case 4408, 4504 -> fail(Kind.TIMEOUT, "the subgraph did not accept it in time");
            default -> fail(Kind.UNAVAILABLE, BROKEN_OFF);
        }
    }

    private void send(String text) {
        if (socket == null || isEnded()) {
            return;
        }
        if (socket.writeQueueFull()) {
            fail(Kind.UNAVAILABLE, "the subgraph does not read");
        } else {
            // Where it cannot be sent, the close handler is called.
            var _ = socket.writeTextMessage(text);
        }
    }

    @Override
    void release() {
        if (socket == null || socket.isClosed()) {
            return;
        }
        if (acknowledged && !socket.writeQueueFull()) {
            var _ = socket.writeTextMessage(COMPLETE);
        }
        var _ = socket.close(NORMAL);
    }
}
