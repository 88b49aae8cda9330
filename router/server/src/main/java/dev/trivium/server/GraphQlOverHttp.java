package dev.trivium.server;

import dev.trivium.execution.ClientSink;
import dev.trivium.server.RequestPipeline.Asked;
import dev.trivium.server.RequestPipeline.Prepared;
import dev.trivium.server.Step.Next;
import dev.trivium.server.Step.Refuse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Supplier;

/// GraphQL over HTTP.
final class GraphQlOverHttp {
    private final RequestPipeline pipeline;
    private final Supplier<Generation> generations;

    /// @param generations the current generation
    GraphQlOverHttp(RequestPipeline pipeline, Supplier<Generation> generations) {
        this.pipeline = pipeline;
        this.generations = generations;
    }

    void handle(HttpServerRequest request) {
        try {
            var generation = generations.get();
            var configuration = generation.configuration();
            var codes = configuration.http().statusCodes();
            RequestHead.check(request, configuration.csrf())
                    .finish(
                            type -> serve(new HttpExchange(request, generation, type.with(codes))),
                            refusal -> Answer.of(refusal, ResponseType.JSON).send(request),
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
                        exchange::refuse,
                        exchange::failed);
    }

    private Step<GraphQlRequest> read(HttpExchange exchange) {
        var request = exchange.request();
        if (request.method().equals(HttpMethod.GET)) {
            return readParameters(request);
        }
        int limit = exchange.generation().configuration().limits().maxRequestBytes();
        return BodyReader.read(pipeline.loop().deadlines(), request, limit)
                .then(GraphQlRequestReader::readBody);
    }

    private static Step<GraphQlRequest> readParameters(HttpServerRequest request) {
        MultiMap parameters;
        try {
            parameters = request.params();
        } catch (IllegalArgumentException _) {
            var message = "the parameters are not percent-encoded";
            return new Refuse<>(new Refusal.OfRequest(ErrorCode.BAD_REQUEST, message));
        }
        return GraphQlRequestReader.readParameters(parameters);
    }

    private static Step<Asked> enter(HttpExchange exchange, GraphQlRequest request) {
        return RequestPipeline.enter(exchange.generation())
                .then(place -> {
                    exchange.occupy(place);
                    return new Next<>(asked(exchange, request));
                });
    }

    private static Asked asked(HttpExchange exchange, GraphQlRequest request) {
        var http = exchange.request();
        var acceptance =
                http.method().equals(HttpMethod.GET) ? Acceptance.ONE_READ : Acceptance.ONE_ANSWER;
        return new Asked(exchange.generation(), Caller.of(http.headers()), request, acceptance);
    }

    private void execute(HttpExchange exchange, Prepared prepared) {
        var loop = pipeline.loop();
        var writer = new OneAnswer(exchange, loop.buffers(), loop.compression());
        exchange.waitsFor(pipeline.execute(prepared, writer));
    }

    /// Writes the one part of an answer.
    private record OneAnswer(
            HttpExchange exchange, ResponseBuffers buffers, ResponseCompression compression)
            implements ClientSink {
        @Override
        public byte[] buffer(int capacity) {
            return buffers.take(capacity);
        }

        @Override
        public void part(Part part) {
            var request = exchange.request();
            var type = exchange.type();
            int status = type.status(part.result());
            var rules = exchange.generation().configuration().http().compression();
            var coded = compression.code(rules, request, part.buffer(), part.length());
            if (coded == null) {
                Answer.of(status, type, part.buffer(), part.length())
                        .send(request, () -> buffers.give(part.buffer()));
            } else {
                buffers.give(part.buffer());
                Answer.of(status, type, coded, coded.length).send(request);
            }
        }

        @Override
        public void failed(RuntimeException bug) {
            exchange.failed(bug);
        }
    }
}
