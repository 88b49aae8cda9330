package dev.trivium.server;

import dev.trivium.execution.ClientSink;
import dev.trivium.execution.Execution;
import dev.trivium.execution.Program;
import dev.trivium.language.Issue;
import dev.trivium.language.OperationType;
import dev.trivium.language.Outcome;
import dev.trivium.server.Concurrency.Place;
import dev.trivium.server.Step.Next;
import dev.trivium.server.Step.Respond;
import dev.trivium.server.VertxSubgraphClient.Loop;
import dev.trivium.server.authentication.Verdict;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From a request to its response, as a list of steps. There is one pipeline for each event loop,
/// and a request stays on its loop.
final class RequestPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(RequestPipeline.class);

    private static final String RETRY_AFTER_SECONDS = "1";

    private final Loop http;
    private final Executor loop;
    private final Supplier<Generation> generations;

    /// What the first step found out.
    private record Exchange(HttpServerRequest http, Generation generation, ResponseType type) {}

    /// The request has been read.
    private record Received(Exchange exchange, GraphQlRequest request) {}

    /// The request is among those that are served.
    private record Entered(Exchange exchange, GraphQlRequest request, Place place) {}

    /// The request can be executed.
    private record Prepared(Entered entered, Program program) {
        private Exchange exchange() {
            return entered.exchange();
        }
    }

    /// @param loop runs tasks on this event loop
    /// @param generations the current generation
    RequestPipeline(Loop http, Executor loop, Supplier<Generation> generations) {
        this.http = http;
        this.loop = loop;
        this.generations = generations;
    }

    void handle(HttpServerRequest request) {
        try {
            open(request)
                    .then(this::read)
                    .then(RequestPipeline::enter)
                    .then(this::authenticate)
                    .then(this::prepare)
                    .then(RequestPipeline::admit)
                    .finish(
                            this::execute,
                            answer -> answer.send(request),
                            failure -> failed(request, failure));
        } catch (RuntimeException bug) {
            failed(request, bug);
        }
    }

    private Step<Exchange> open(HttpServerRequest request) {
        var generation = generations.get();
        return RequestHead.check(request, generation.configuration().csrf())
                .then(type -> new Next<>(new Exchange(request, generation, type)));
    }

    private Step<Received> read(Exchange exchange) {
        var request = exchange.http();
        var limit = exchange.generation().configuration().limits().maxRequestBytes();
        var graphQl =
                request.method().equals(HttpMethod.GET)
                        ? readParameters(request)
                        : BodyReader.read(http.deadlines(), request, limit)
                                .then(GraphQlRequestReader::readBody);
        return graphQl.then(read -> new Next<>(new Received(exchange, read)));
    }

    private static Step<GraphQlRequest> readParameters(HttpServerRequest request) {
        MultiMap parameters;
        try {
            parameters = request.params();
        } catch (IllegalArgumentException _) {
            var message = "the parameters are not percent-encoded";
            return new Respond<>(Answer.error(ErrorCode.BAD_REQUEST, message));
        }
        return GraphQlRequestReader.readParameters(parameters);
    }

    /// Not before the request has been read: whoever sends slowly takes nobody's place.
    private static Step<Entered> enter(Received received) {
        var exchange = received.exchange();
        var place = exchange.generation().concurrency().enter();
        if (place == null) {
            return overloaded(ErrorCode.CONCURRENCY_LIMITED, exchange);
        }
        var response = exchange.http().response();
        response.endHandler(_ -> place.leave());
        response.closeHandler(_ -> place.leave());
        if (response.closed()) {
            place.leave();
        }
        return new Next<>(new Entered(exchange, received.request(), place));
    }

    private Step<Entered> authenticate(Entered received) {
        var exchange = received.exchange();
        var headers = exchange.http().headers().getAll(HttpHeaders.AUTHORIZATION);
        return Step.after(
                exchange.generation().tokens().verify(headers),
                loop,
                verdict ->
                        switch (verdict) {
                            case Verdict.Anonymous() -> new Next<>(received);
                            case Verdict.Authenticated(_) -> new Next<>(received);
                            case Verdict.Denied(var reason) ->
                                    new Respond<>(unauthenticated(reason, exchange.type()));
                            case Verdict.Ambiguous() ->
                                    refuse(
                                            ErrorCode.BAD_REQUEST,
                                            "there is more than one Authorization header",
                                            exchange);
                            case Verdict.Undecidable() ->
                                    refuse(
                                            ErrorCode.SERVICE_UNAVAILABLE,
                                            "the token cannot be verified at the moment",
                                            exchange);
                        });
    }

    private Step<Prepared> prepare(Entered entered) {
        var exchange = entered.exchange();
        var request = entered.request();
        try {
            var operations = exchange.generation().operations();
            return Step.after(
                    operations.find(request.query(), request.operationName()),
                    loop,
                    outcome ->
                            switch (outcome) {
                                case Outcome.Accepted<Program>(var program) ->
                                        new Next<>(new Prepared(entered, program));
                                case Outcome.Rejected<Program>(var issues) ->
                                        new Respond<>(Answer.rejected(issues, exchange.type()));
                            });
        } catch (RejectedExecutionException _) {
            return overloaded(ErrorCode.SERVICE_UNAVAILABLE, exchange);
        }
    }

    private static Step<Prepared> admit(Prepared prepared) {
        var exchange = prepared.exchange();
        var plan = prepared.program().plan();
        var safe = plan.operationType() == OperationType.QUERY;
        if (!safe && exchange.http().method().equals(HttpMethod.GET)) {
            return new Respond<>(RequestHead.methodNotAllowed("POST", "only queries go by GET"));
        }
        if (plan.operationType() == OperationType.SUBSCRIPTION) {
            return reject(
                    ErrorCode.SUBSCRIPTION_NOT_SUPPORTED,
                    "subscriptions are not served over this protocol",
                    exchange);
        }
        var introspection = exchange.generation().configuration().supergraph().introspection();
        return plan.introspection() == null || introspection
                ? new Next<>(prepared)
                : reject(ErrorCode.INTROSPECTION_DISABLED, "introspection is off", exchange);
    }

    private void execute(Prepared prepared) {
        var exchange = prepared.exchange();
        var generation = exchange.generation();
        var request = exchange.http();
        var subgraphs =
                new VertxSubgraphClient(
                        http, generation.subgraphs(), request.getHeader(HttpHeaders.AUTHORIZATION));
        var call =
                Execution.start(
                        prepared.program(),
                        prepared.entered().request().variables(),
                        subgraphs,
                        generation.introspector(),
                        new ResponseWriter(request, exchange.type(), http.buffers()));
        prepared.entered().place().cancelsWhenLeft(call);
    }

    /// Writes what the executor hands over.
    private record ResponseWriter(
            HttpServerRequest request, ResponseType type, ResponseBuffers buffers)
            implements ClientSink {
        @Override
        public byte[] buffer(int capacity) {
            return buffers.take(capacity);
        }

        @Override
        public void part(Part part) {
            int status = part.result() == Result.REFUSED ? type.rejectionStatus() : 200;
            Answer.of(status, type, part.buffer(), part.length())
                    .send(request, () -> buffers.give(part.buffer()));
        }

        @Override
        public void failed(RuntimeException bug) {
            RequestPipeline.failed(request, bug);
        }
    }

    static void failed(HttpServerRequest request, Throwable failure) {
        LOG.error("A request failed", failure);
        Answer.error(ErrorCode.INTERNAL_SERVER_ERROR, "the router failed").send(request);
    }

    private static Answer unauthenticated(String reason, ResponseType type) {
        return Answer.error(ErrorCode.UNAUTHENTICATED, reason, type)
                .with("www-authenticate", "Bearer error=\"invalid_token\"");
    }

    private static <T> Step<T> overloaded(ErrorCode code, Exchange exchange) {
        return new Respond<>(
                Answer.error(code, "the router is overloaded", exchange.type())
                        .with("retry-after", RETRY_AFTER_SECONDS));
    }

    private static <T> Step<T> refuse(ErrorCode code, String message, Exchange exchange) {
        return new Respond<>(Answer.error(code, message, exchange.type()));
    }

    /// The operation is at fault, not the HTTP request that brought it.
    private static <T> Step<T> reject(ErrorCode code, String message, Exchange exchange) {
        var issue = new Issue(code.name(), message, List.of());
        return new Respond<>(Answer.rejected(List.of(issue), exchange.type()));
    }
}
