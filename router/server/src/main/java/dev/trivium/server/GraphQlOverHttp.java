package dev.trivium.server;

import dev.trivium.execution.ClientSink;
import dev.trivium.language.OperationType;
import dev.trivium.server.RequestPipeline.Asked;
import dev.trivium.server.RequestPipeline.Prepared;
import dev.trivium.server.http.Acceptance;
import dev.trivium.server.http.Answer;
import dev.trivium.server.http.BatchReader;
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
import dev.trivium.server.http.StreamType;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
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
            RequestHead.check(
                            request, configuration.csrf(), configuration.http().uploads().enabled())
                    .finish(
                            accepts ->
                                    serve(
                                            new HttpExchange(
                                                    request, generation, accepts.with(codes))),
                            refusal -> Answer.of(refusal, ResponseType.JSON).send(request),
                            failure -> HttpExchange.failed(request, failure));
        } catch (RuntimeException bug) {
            HttpExchange.failed(request, bug);
        }
    }

    private void serve(HttpExchange exchange) {
        var request = exchange.request();
        if (request.method().equals(HttpMethod.GET)) {
            serve(exchange, readParameters(request));
            return;
        }
        var configuration = exchange.generation().configuration();
        var contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (RequestHead.isForm(contentType)) {
            UploadOverHttp.serve(pipeline, exchange, contentType);
            return;
        }
        int limit = configuration.limits().maxRequestBytes();
        BodyReader.read(pipeline.loop().deadlines(), request, limit)
                .finish(
                        body -> {
                            if (configuration.http().batching().enabled()
                                    && BatchReader.isBatch(body)) {
                                BatchOverHttp.serve(pipeline, exchange, body);
                            } else {
                                serve(exchange, GraphQlRequestReader.readBody(body));
                            }
                        },
                        exchange::refuse,
                        exchange::failed);
    }

    private void serve(HttpExchange exchange, Step<GraphQlRequest> read) {
        read.then(request -> enter(exchange, request))
                .then(pipeline::prepare)
                .finish(
                        prepared -> execute(exchange, prepared),
                        exchange::refuse,
                        exchange::failed);
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
                new Acceptance(
                        http.method().equals(HttpMethod.POST),
                        exchange.accepts().parts() != null,
                        exchange.accepts().events() != null);
        return new Asked(exchange.generation(), Caller.of(http.headers()), request, acceptance);
    }

    private void execute(HttpExchange exchange, Prepared prepared) {
        var events = exchange.accepts().events();
        if (events != null && prepared.operationType() == OperationType.SUBSCRIPTION) {
            subscribe(exchange, prepared, events);
            return;
        }
        exchange.waitsFor(pipeline.execute(prepared, sink(exchange)));
    }

    private void subscribe(HttpExchange exchange, Prepared prepared, StreamType events) {
        var outlet = new HttpSubscription(exchange, events, pipeline.loop().deadlines());
        var subscription = pipeline.subscription(prepared, outlet);
        exchange.streams(subscription::cancel);
        var refusal = subscription.start(exchange.request().remoteAddress().toString());
        if (refusal != null) {
            exchange.refuse(refusal);
        }
    }

    private ClientSink sink(HttpExchange exchange) {
        var loop = pipeline.loop();
        var parts = exchange.accepts().parts();
        return parts == null
                ? new OneAnswer(exchange, loop)
                : new AnswerInParts(exchange, parts, loop);
    }
}
