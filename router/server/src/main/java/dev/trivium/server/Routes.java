package dev.trivium.server;

import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.events.EventSources;
import dev.trivium.server.explorer.Explorer;
import dev.trivium.server.http.Answer;
import dev.trivium.server.http.CorsPolicy;
import dev.trivium.server.http.ErrorCode;
import dev.trivium.server.http.Refusal;
import dev.trivium.server.http.RequestHead;
import dev.trivium.server.http.ResponseType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// What answers which path. Paths are compared as they were sent, so that no `..` or `%2e` leads
/// anywhere.
final class Routes {
    static final Set<String> HEALTH =
            Set.of("/health", "/health/live", "/health/ready", "/readiness");

    private final GraphQlOverHttp graphQl;
    private final WebSocketSessions webSockets;
    private final SharedStreams sharedStreams;
    private final EventSources events;
    private final PersistedOverHttp persisted;
    private final RestOverHttp rest;
    private final Explorer explorer;
    private final Supplier<Generation> generations;

    Routes(
            GraphQlOverHttp graphQl,
            WebSocketSessions webSockets,
            SharedStreams sharedStreams,
            EventSources events,
            PersistedOverHttp persisted,
            RestOverHttp rest,
            Explorer explorer,
            Supplier<Generation> generations) {
        this.graphQl = graphQl;
        this.webSockets = webSockets;
        this.sharedStreams = sharedStreams;
        this.events = events;
        this.persisted = persisted;
        this.rest = rest;
        this.explorer = explorer;
        this.generations = generations;
    }

    void handle(HttpServerRequest request) {
        try {
            route(request);
        } catch (RuntimeException bug) {
            HttpExchange.failed(request, bug);
        }
    }

    private void route(HttpServerRequest request) {
        var generation = generations.get();
        var configuration = generation.configuration();
        if (explorer.handles(request, configuration.explorer(), generation.tracing())) {
            return;
        }
        if (PersistedOverHttp.isMeant(request)) {
            if (!new CorsPolicy(configuration.cors()).apply(request)) {
                persisted.handle(request);
            }
        } else if (SharedStreams.PATH.equals(request.path())) {
            stream(request, configuration);
        } else if (events.receives(String.valueOf(request.path()))) {
            events.receive(request);
        } else if (!"/graphql".equals(request.path())) {
            if (!rest.handles(request)) {
                answerOther(request, configuration).send(request);
            }
        } else if (WebSocketSessions.isMeant(request)) {
            webSockets.handle(request);
        } else if (!new CorsPolicy(configuration.cors()).apply(request)) {
            graphQl.handle(request);
        }
    }

    private static Answer answerOther(HttpServerRequest request, Configuration configuration) {
        var path = request.path() == null ? "" : request.path();
        var health = configuration.healthCheck() && HEALTH.contains(path);
        if (!health) {
            return refuse(
                    new Refusal.OfRequest(ErrorCode.NOT_FOUND, "nothing is here; try /graphql"));
        }
        var read =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        if (!read) {
            return refuse(RequestHead.methodNotAllowed("GET, HEAD", "use GET"));
        }
        return up();
    }

    private void stream(HttpServerRequest request, Configuration configuration) {
        if (new CorsPolicy(configuration.cors()).apply(request, SharedStreams.METHODS)) {
            return;
        }
        if (SharedStreams.isMeant(request)) {
            sharedStreams.handle(request);
        } else {
            graphQl.handle(request);
        }
    }

    private static Answer refuse(Refusal refusal) {
        return Answer.of(refusal, ResponseType.JSON);
    }

    /// A server that listens can serve: nothing listens before the schema has been read.
    private static Answer up() {
        return new Answer(
                200,
                Map.of("content-type", "application/json", "cache-control", "no-store"),
                Buffer.buffer("{\"status\":\"UP\"}"));
    }
}
