package dev.trivium.server;

import dev.trivium.execution.ClientSink;
import dev.trivium.server.RequestPipeline.Asked;
import dev.trivium.server.RequestPipeline.Prepared;
import dev.trivium.server.http.Acceptance;
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
import dev.trivium.server.http.Step.Refuse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Trusted documents by path: `/graphql/persisted/{id}`, so that caches between client and router
/// can keep the answers to GET requests. A query by GET needs no header against forged requests:
/// the document is one of the operator's own.
final class PersistedOverHttp {
    private static final String PREFIX = "/graphql/persisted/";

    private final RequestPipeline pipeline;
    private final Supplier<Generation> generations;

    /// @param generations the current generation
    PersistedOverHttp(RequestPipeline pipeline, Supplier<Generation> generations) {
        this.pipeline = pipeline;
        this.generations = generations;
    }

    /// Whether the path names a document.
    static boolean isMeant(HttpServerRequest request) {
        var path = request.path();
        return path != null && path.length() > PREFIX.length() && path.startsWith(PREFIX);
    }

    void handle(HttpServerRequest request) {
        try {
            var generation = generations.get();
            var codes = generation.configuration().http().statusCodes();
            RequestHead.checkTrusted(request)
                    .finish(
                            accepts ->
                                    serve(
                                            new HttpExchange(
                                                    request, generation, accepts.with(codes))),
                            refusal -> refuse(request, refusal, ResponseType.JSON),
                            failure -> HttpExchange.failed(request, failure));
        } catch (RuntimeException bug) {
            HttpExchange.failed(request, bug);
        }
    }

    private void serve(HttpExchange exchange) {
        read(exchange)
                .then(request -> enter(exchange, request))
                .then(pipeline::prepare)
                .finish(
                        prepared -> execute(exchange, prepared),
                        refusal -> refuse(exchange.request(), refusal, exchange.type()),
                        exchange::failed);
    }

    private Step<GraphQlRequest> read(HttpExchange exchange) {
        var request = exchange.request();
        try {
            var id = decoded(String.valueOf(request.path()).substring(PREFIX.length()));
            if (request.method().equals(HttpMethod.GET)) {
                return GraphQlRequestReader.readParameters(request.params(), id);
            }
            int limit = exchange.generation().configuration().limits().maxRequestBytes();
            return BodyReader.read(pipeline.loop().deadlines(), request, limit)
                    .then(body -> GraphQlRequestReader.readBody(body, id));
        } catch (IllegalArgumentException _) {
            var message = "the path and its parameters are not percent-encoded";
            return new Refuse<>(new Refusal.OfRequest(ErrorCode.BAD_REQUEST, message));
        }
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Step<Asked> enter(HttpExchange exchange, GraphQlRequest asked) {
        var http = exchange.request();
        var acceptance =
                http.method().equals(HttpMethod.GET) ? Acceptance.ONE_READ : Acceptance.ONE_ANSWER;
        return RequestPipeline.enter(exchange.generation())
                .then(place -> {
                    exchange.occupy(place);
                    var caller = Caller.of(http.headers());
                    return new Next<>(new Asked(exchange.generation(), caller, asked, acceptance));
                });
    }

    private void execute(HttpExchange exchange, Prepared prepared) {
        var loop = pipeline.loop();
        var writer =
                new CachedAnswer(
                        exchange,
                        new AnswerWriter(exchange.request(), exchange.generation(), loop));
        exchange.waitsFor(pipeline.execute(prepared, writer));
    }

    private static void refuse(HttpServerRequest request, Refusal refusal, ResponseType type) {
        Answer.of(refusal, type).with(Map.of("cache-control", "no-store")).send(request);
    }

    /// Writes an answer, and says who may keep it.
    private record CachedAnswer(HttpExchange exchange, AnswerWriter writer) implements ClientSink {
        @Override
        public byte[] buffer(int capacity) {
            return writer.loop().buffers().take(capacity);
        }

        @Override
        public void part(Part part) {
            var type = exchange.type();
            var request = exchange.request();
            request.response().headers().add(HttpHeaders.VARY, "accept, authorization");
            var headers = new HashMap<>(type.headers());
            headers.put("cache-control", cacheControl(part.result()));
            writer.send(type.status(part.result()), headers, part.buffer(), part.length());
        }

        private String cacheControl(Result result) {
            var request = exchange.request();
            var configured = exchange.generation().configuration().persistedQueries();
            var shareable =
                    result == Result.COMPLETE
                            && request.method().equals(HttpMethod.GET)
                            && !request.headers().contains(HttpHeaders.AUTHORIZATION)
                            && !configured.cacheControl().isEmpty();
            return shareable ? configured.cacheControl() : "no-store";
        }

        @Override
        public void failed(RuntimeException bug) {
            exchange.failed(bug);
        }
    }
}
