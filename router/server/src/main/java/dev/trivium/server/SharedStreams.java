package dev.trivium.server;

import dev.trivium.server.RequestPipeline.Asked;
import dev.trivium.server.http.Answer;
import dev.trivium.server.http.Caller;
import dev.trivium.server.http.ErrorCode;
import dev.trivium.server.http.GraphQlRequest;
import dev.trivium.server.http.GraphQlRequestReader;
import dev.trivium.server.http.Refusal;
import dev.trivium.server.http.RequestHead;
import dev.trivium.server.http.ResponseType;
import dev.trivium.server.http.Step;
import dev.trivium.server.http.Step.Next;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// GraphQL over SSE in the mode of a single connection: a client reserves a stream, opens it, and
/// then sends operations whose answers come over it.
final class SharedStreams {
    static final String PATH = "/graphql/stream";
    static final String METHODS = "GET, POST, PUT, DELETE";

    private static final String TOKEN_HEADER = "x-graphql-event-stream-token";
    private static final String TOKEN_PARAMETER = "token";
    private static final int LONGEST_ID = 512;

    private final Reservations reservations;
    private final RequestPipeline pipeline;
    private final Supplier<Generation> generations;

    /// Those of this event loop.
    private final Set<SharedStream> opened = new HashSet<>();

    /// The streams of all event loops, by their tokens.
    static final class Reservations {
        /// How long a token waits for its stream.
        private static final Duration PATIENCE = Duration.ofSeconds(30);

        private static final int TOKEN_BYTES = 24;

        private final SecureRandom random = new SecureRandom();
        private final int most;
        private final ConcurrentMap<String, AtomicReference<@Nullable SharedStream>> streams =
                new ConcurrentHashMap<>();

        /// @param most streams, opened or not
        Reservations(int most) {
            this.most = most;
        }

        private @Nullable String reserve(Vertx vertx) {
            if (streams.size() >= most) {
                return null;
            }
            var bytes = new byte[TOKEN_BYTES];
            random.nextBytes(bytes);
            var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            var place = new AtomicReference<@Nullable SharedStream>();
            streams.put(token, place);
            vertx.setTimer(
                    PATIENCE.toMillis(),
                    _ -> {
                        if (place.get() == null) {
                            streams.remove(token, place);
                        }
                    });
            return token;
        }
    }

    SharedStreams(
            Reservations reservations, RequestPipeline pipeline, Supplier<Generation> generations) {
        this.reservations = reservations;
        this.pipeline = pipeline;
        this.generations = generations;
    }

    /// Whether a request is about such a stream, and not for a stream of its own.
    static boolean isMeant(HttpServerRequest request) {
        var method = request.method();
        return method.equals(HttpMethod.PUT)
                || method.equals(HttpMethod.DELETE)
                || token(request) != null;
    }

    private static @Nullable String token(HttpServerRequest request) {
        var header = request.getHeader(TOKEN_HEADER);
        return header == null ? parameter(request, TOKEN_PARAMETER) : header;
    }

    private static @Nullable String parameter(HttpServerRequest request, String name) {
        var query = request.query();
        if (query == null || !query.contains(name)) {
            return null;
        }
        try {
            return request.params().get(name);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    void handle(HttpServerRequest request) {
        if (!generations.get().configuration().subscription().enabled()) {
            refuse(request, ErrorCode.SUBSCRIPTION_NOT_SUPPORTED, "subscriptions are off");
            return;
        }
        if (request.method().equals(HttpMethod.PUT)) {
            reserve(request);
            return;
        }
        var token = token(request);
        var place = token == null ? null : reservations.streams.get(token);
        if (token == null || place == null) {
            refuse(request, ErrorCode.STREAM_NOT_FOUND, "there is no stream with this token");
        } else if (request.method().equals(HttpMethod.GET)) {
            open(request, token, place);
        } else {
            var stream = place.get();
            if (stream == null) {
                refuse(request, ErrorCode.STREAM_NOT_FOUND, "the stream has not been opened");
            } else if (request.method().equals(HttpMethod.DELETE)) {
                stop(request, stream);
            } else {
                start(request, stream);
            }
        }
    }

    private void reserve(HttpServerRequest request) {
        var token = reservations.reserve(pipeline.loop().vertx());
        if (token == null) {
            refuse(request, ErrorCode.SUBSCRIPTION_LIMIT_REACHED, "there are too many streams");
            return;
        }
        var headers =
                Map.of("content-type", "text/plain; charset=utf-8", "cache-control", "no-store");
        new Answer(201, headers, Buffer.buffer(token)).send(request);
    }

    private void open(
            HttpServerRequest request,
            String token,
            AtomicReference<@Nullable SharedStream> place) {
        Context context = pipeline.loop().vertx().getOrCreateContext();
        var stream = new SharedStream(context, pipeline, request);
        if (place.compareAndSet(null, stream)) {
            opened.add(stream);
            var heartbeat = generations.get().configuration().subscription().heartbeatInterval();
            stream.open(
                    heartbeat,
                    () -> {
                        opened.remove(stream);
                        reservations.streams.remove(token, place);
                    });
        } else {
            refuse(request, ErrorCode.STREAM_EXISTS, "the stream is open already");
        }
    }

    /// The router stops, also where nothing is under way on a stream.
    void shutDown() {
        List.copyOf(opened).forEach(SharedStream::shutDown);
    }

    private static void stop(HttpServerRequest request, SharedStream stream) {
        var id = parameter(request, "operationId");
        if (id == null) {
            refuse(request, ErrorCode.BAD_REQUEST, "`operationId` is missing");
            return;
        }
        stream.stop(id);
        new Answer(200, Map.of(), Buffer.buffer()).send(request);
    }

    private void start(HttpServerRequest request, SharedStream stream) {
        var generation = generations.get();
        int limit = generation.configuration().limits().maxRequestBytes();
        RequestHead.check(request, generation.configuration().csrf(), false)
                .then(_ -> BodyReader.read(pipeline.loop().deadlines(), request, limit))
                .then(body ->
                        GraphQlRequestReader.readBody(body)
                                .then(read -> named(operationId(body), read)))
                .finish(
                        read -> start(request, stream, generation, read),
                        refusal -> Answer.of(refusal, ResponseType.JSON).send(request),
                        failure -> HttpExchange.failed(request, failure));
    }

    /// A request for an operation that the client knows by an id.
    private record Named(String id, GraphQlRequest request) {}

    private static Step<Named> named(@Nullable String id, GraphQlRequest request) {
        return id == null || id.length() > LONGEST_ID
                ? GraphQlRequestReader.refuse("`extensions.operationId` is missing or too long")
                : new Next<>(new Named(id, request));
    }

    private static @Nullable String operationId(byte[] body) {
        try {
            return new JsonObject(Buffer.buffer(body)).getValue("extensions")
                                    instanceof JsonObject extensions
                            && extensions.getValue("operationId") instanceof String id
                    ? id
                    : null;
        } catch (DecodeException _) {
            return null;
        }
    }

    private void start(
            HttpServerRequest request, SharedStream stream, Generation generation, Named named) {
        var asked =
                new Asked(
                        generation,
                        Caller.of(request.headers()),
                        named.request(),
                        ManyOperations.ANYTHING);
        stream.start(
                named.id(), asked, refusal -> pipeline.onLoop(() -> accepted(request, refusal)));
    }

    private static void accepted(HttpServerRequest request, @Nullable Refusal refusal) {
        if (refusal == null) {
            new Answer(202, Map.of(), Buffer.buffer()).send(request);
        } else {
            Answer.of(refusal, ResponseType.GRAPHQL).send(request);
        }
    }

    private static void refuse(HttpServerRequest request, ErrorCode code, String message) {
        Answer.of(new Refusal.OfRequest(code, message), ResponseType.JSON).send(request);
    }
}
