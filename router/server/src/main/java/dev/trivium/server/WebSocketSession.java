package dev.trivium.server;

import dev.trivium.server.RequestPipeline.Asked;
import dev.trivium.server.authentication.Verdict;
import dev.trivium.server.http.Caller;
import dev.trivium.server.http.ErrorCode;
import dev.trivium.server.http.GraphQlRequestReader;
import dev.trivium.server.http.Refusal;
import dev.trivium.server.http.Step;
import dev.trivium.server.subgraphs.Deadlines.Deadline;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.Json;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection of a client of GraphQL over WebSocket. For one event loop.
final class WebSocketSession implements ManyOperations.Channel {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketSession.class);

    /// For the client to say who it is.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ServerWebSocket socket;
    private final WebSocketProtocol protocol;
    private final Caller opener;
    private final RequestPipeline pipeline;
    private final Supplier<Generation> generations;
    private final WebSocketSessions sessions;
    private final ManyOperations operations;
    private Deadline deadline;

    /// Who the client is; null until it is known.
    private @Nullable Caller caller;

    private boolean initialising;

    /// Whether anything was heard since the last heartbeat.
    private boolean alive = true;

    /// @param opener who asked for the connection
    WebSocketSession(
            ServerWebSocket socket,
            WebSocketProtocol protocol,
            Caller opener,
            RequestPipeline pipeline,
            Supplier<Generation> generations,
            WebSocketSessions sessions) {
        this.socket = socket;
        this.protocol = protocol;
        this.opener = opener;
        this.pipeline = pipeline;
        this.generations = generations;
        this.sessions = sessions;
        this.operations = new ManyOperations(pipeline, this);
        this.deadline =
                pipeline.loop()
                        .deadlines()
                        .in(PATIENCE.toMillis(), () -> close(CloseReason.INIT_TIMEOUT));
    }

    void start() {
        sessions.add(this);
        socket.textMessageHandler(this::message);
        socket.binaryMessageHandler(_ -> close(CloseReason.BAD_REQUEST));
        socket.pongHandler(_ -> alive = true);
        socket.exceptionHandler(_ -> close(CloseReason.BAD_REQUEST));
        socket.closeHandler(_ -> closed());
    }

    void close(CloseReason reason) {
        if (!socket.isClosed()) {
            var _ = socket.close((short) reason.code(), reason.text());
        }
    }

    private void closed() {
        sessions.remove(this);
        deadline.cancel();
        operations.stopAll();
    }

    private void message(String text) {
        alive = true;
        var message = WebSocketMessage.read(text);
        var kind = message == null ? null : protocol.kind(message.type());
        if (message == null || kind == null) {
            close(CloseReason.BAD_REQUEST);
            return;
        }
        try {
            switch (kind) {
                case INIT -> initialise(message);
                case START -> start(message);
                case STOP -> stop(message.id());
                case PING -> send(Buffer.buffer("{\"type\":\"pong\"}"));
                case PONG -> {}
                case TERMINATE -> close(CloseReason.NORMAL);
            }
        } catch (RuntimeException bug) {
            broken(bug);
        }
    }

    private void broken(Throwable failure) {
        LOG.error("A WebSocket failed", failure);
        close(CloseReason.INTERNAL_ERROR);
    }

    private void initialise(WebSocketMessage message) {
        if (initialising) {
            close(CloseReason.TOO_MANY_INITS);
            return;
        }
        initialising = true;
        if (protocol == WebSocketProtocol.LEGACY) {
            // These clients ask at once, and are heard when it is known who they are.
            socket.pause();
        }
        var named = opener.named(message.payload());
        Step.after(
                        generations.get().tokens().verify(named.authorization()),
                        pipeline::onLoop,
                        WebSocketSession::judge)
                .finish(_ -> acknowledge(named), this::refuse, this::broken);
    }

    private static Step<Verdict> judge(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Anonymous _, Verdict.Authenticated _ -> new Step.Next<>(verdict);
            case Verdict.Denied _, Verdict.Ambiguous _, Verdict.Undecidable _ ->
                    new Step.Refuse<>(
                            new Refusal.OfRequest(ErrorCode.UNAUTHENTICATED, "not authenticated"));
        };
    }

    /// Clients of the legacy protocol learn why from a message, and not from how the socket closes.
    private void refuse(Refusal refusal) {
        if (protocol == WebSocketProtocol.LEGACY) {
            send(WebSocketProtocol.connectionError(refusal.issues().getFirst()));
        }
        close(CloseReason.FORBIDDEN);
        socket.resume();
    }

    private void acknowledge(Caller named) {
        deadline.cancel();
        if (socket.isClosed()) {
            return;
        }
        caller = named;
        send(Buffer.buffer("{\"type\":\"connection_ack\"}"));
        beat();
        socket.resume();
    }

    private void beat() {
        var interval = generations.get().configuration().subscription().pingInterval();
        if (interval.isPositive()) {
            deadline = pipeline.loop().deadlines().in(interval.toMillis(), this::heartbeat);
        }
    }

    private void heartbeat() {
        if (!alive) {
            close(CloseReason.GONE);
            return;
        }
        alive = false;
        var _ = socket.writePing(Buffer.buffer());
        if (protocol == WebSocketProtocol.LEGACY) {
            send(Buffer.buffer("{\"type\":\"ka\"}"));
        }
        beat();
    }

    private void start(WebSocketMessage message) {
        var known = caller;
        var id = message.id();
        var payload = message.payload();
        if (known == null) {
            close(CloseReason.UNAUTHORIZED);
        } else if (id == null || payload == null) {
            close(CloseReason.BAD_REQUEST);
        } else if (operations.has(id)) {
            close(CloseReason.subscriberExists(id));
        } else if (operations.isFull()) {
            close(CloseReason.TOO_MANY_OPERATIONS);
        } else {
            var operation = operations.reserve(id);
            var generation = generations.get();
            GraphQlRequestReader.readBody(payload)
                    .then(request ->
                            pipeline.prepare(
                                    new Asked(generation, known, request, ManyOperations.ANYTHING)))
                    .finish(operation::run, operation::refuse, operation::broken);
        }
    }

    private void stop(@Nullable String id) {
        if (id != null) {
            operations.stop(id);
        }
    }

    private void send(Buffer json) {
        if (!socket.isClosed()) {
            var _ = socket.writeTextMessage(json.toString());
        }
    }

    @Override
    public String name() {
        return socket.remoteAddress().toString();
    }

    @Override
    public void next(String id, Buffer payload) {
        send(protocol.next(Json.encode(id), payload));
    }

    @Override
    public void error(String id, Buffer errors) {
        send(protocol.error(Json.encode(id), errors));
    }

    @Override
    public void complete(String id) {
        send(protocol.complete(Json.encode(id)));
    }

    @Override
    public boolean isFull() {
        return socket.writeQueueFull();
    }

    @Override
    public void whenDrained(Runnable ready) {
        socket.drainHandler(_ -> ready.run());
    }

    /// The client may connect again with another token.
    @Override
    public void expired() {
        close(CloseReason.FORBIDDEN);
    }

    /// The client connects to another router.
    @Override
    public void shutDown() {
        close(CloseReason.SHUTTING_DOWN);
    }
}
