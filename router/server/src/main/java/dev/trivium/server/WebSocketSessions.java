package dev.trivium.server;

import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.http.Answer;
import dev.trivium.server.http.Caller;
import dev.trivium.server.http.ErrorCode;
import dev.trivium.server.http.Refusal;
import dev.trivium.server.http.ResponseType;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The WebSockets of one event loop.
final class WebSocketSessions {
    private final RequestPipeline pipeline;
    private final Supplier<Generation> generations;
    private final Set<WebSocketSession> sessions = new HashSet<>();

    WebSocketSessions(RequestPipeline pipeline, Supplier<Generation> generations) {
        this.pipeline = pipeline;
        this.generations = generations;
    }

    static boolean isMeant(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    void handle(HttpServerRequest request) {
        var configuration = generations.get().configuration();
        if (!configuration.subscription().enabled()) {
            refuse(request, ErrorCode.SUBSCRIPTION_NOT_SUPPORTED, "subscriptions are off");
        } else if (!mayConnect(request, configuration)) {
            refuse(request, ErrorCode.ORIGIN_NOT_ALLOWED, "this origin may not connect");
        } else {
            var opener = Caller.of(request.headers());
            request.toWebSocket()
                    .onSuccess(socket -> open(socket, opener))
                    // The handshake was none, and has been answered.
                    .onFailure(_ -> {});
        }
    }

    private static void refuse(HttpServerRequest request, ErrorCode code, String message) {
        Answer.of(new Refusal.OfRequest(code, message), ResponseType.JSON).send(request);
    }

    /// Browsers let a page of any origin connect, and send what they know of the user along.
    private static boolean mayConnect(HttpServerRequest request, Configuration configuration) {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || !configuration.csrf().enabled()) {
            return true;
        }
        return configuration.cors().allows(origin) || isSame(origin, request);
    }

    private static boolean isSame(String origin, HttpServerRequest request) {
        try {
            var authority = new URI(origin).getRawAuthority();
            return authority != null
                    && authority.equalsIgnoreCase(request.getHeader(HttpHeaders.HOST));
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private void open(ServerWebSocket socket, Caller opener) {
        var protocol = WebSocketProtocol.of(socket.subProtocol());
        if (protocol == null) {
            var reason = CloseReason.NO_PROTOCOL;
            var _ = socket.close((short) reason.code(), reason.text());
        } else {
            new WebSocketSession(socket, protocol, opener, pipeline, generations, this).start();
        }
    }

    void add(WebSocketSession session) {
        sessions.add(session);
    }

    void remove(WebSocketSession session) {
        sessions.remove(session);
    }

    void shutDown() {
        List.copyOf(sessions).forEach(each -> each.close(CloseReason.SHUTTING_DOWN));
    }
}
