package dev.trivium.server;

import dev.trivium.execution.RequestInput;
import dev.trivium.server.RequestPipeline.Asked;
import dev.trivium.server.http.Acceptance;
import dev.trivium.server.http.Answer;
import dev.trivium.server.http.Caller;
import dev.trivium.server.http.CorsPolicy;
import dev.trivium.server.http.GraphQlRequest;
import dev.trivium.server.http.GraphQlRequestReader;
import dev.trivium.server.http.Negotiated;
import dev.trivium.server.http.RequestHead;
import dev.trivium.server.http.Step;
import dev.trivium.server.http.Step.Next;
import dev.trivium.server.http.Step.Refuse;
import dev.trivium.server.persisted.DocumentReference;
import dev.trivium.server.rest.RestEndpoint;
import dev.trivium.server.rest.RestEndpoint.Body;
import dev.trivium.server.rest.RestRoutes.Match;
import dev.trivium.server.rest.RestVariables;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Trusted documents as REST endpoints, and the OpenAPI document about them.
final class RestOverHttp {
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    /// Of all endpoints; each refuses those of these that it does not take.
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";

    private final RequestPipeline pipeline;
    private final Supplier<Generation> generations;

    /// @param generations the current generation
    RestOverHttp(RequestPipeline pipeline, Supplier<Generation> generations) {
        this.pipeline = pipeline;
        this.generations = generations;
    }

    /// Answers if the path is that of an endpoint or of the OpenAPI document.
    boolean handles(HttpServerRequest request) {
        var generation = generations.get();
        var path = request.path() == null ? "" : request.path();
        var rest = generation.rest();
        var settings = generation.configuration().rest();
        var isOpenApi = !settings.openApi().isEmpty() && path.equals(settings.openApi());
        var match = rest.routes().match(request.method().name(), path);
        if (match instanceof Match.Nothing && !isOpenApi) {
            return false;
        }
        if (new CorsPolicy(generation.configuration().cors()).apply(request, METHODS)) {
            return true;
        }
        if (isOpenApi) {
            openApi(request, rest);
            return true;
        }
        switch (match) {
            case Match.Found(var endpoint, var values) ->
                    serve(new Exchange(request, generation, endpoint, values));
            case Match.WrongMethod(var allowed) -> {
                var methods = String.join(", ", allowed);
                var refusal = RequestHead.methodNotAllowed(methods, "use " + methods);
                RestProblem.of(refusal).send(request);
            }
            case Match.Nothing() -> throw new IllegalStateException("returned before");
        }
        return true;
    }

    private static void openApi(HttpServerRequest request, RestApi rest) {
        var answer =
                request.method().equals(HttpMethod.GET)
                        ? new Answer(200, JSON, rest.openApi())
                        : RestProblem.of(RequestHead.methodNotAllowed("GET", "use GET"));
        answer.send(request);
    }

    /// One request to an endpoint.
    ///
    /// @param values of the variables in the path
    private record Exchange(
            HttpServerRequest http,
            Generation generation,
            RestEndpoint endpoint,
            List<String> values) {
        private boolean hasBody() {
            return !Set.of("GET", "DELETE").contains(endpoint.method());
        }
    }

    private void serve(Exchange exchange) {
        var http = new HttpExchange(exchange.http(), exchange.generation(), Negotiated.ANYTHING);
        read(exchange)
                .then(variables -> enter(exchange, http, variables))
                .then(pipeline::prepare)
                .finish(
                        prepared -> {
                            var writer =
                                    new AnswerWriter(
                                            exchange.http(),
                                            exchange.generation(),
                                            pipeline.loop());
                            var answer = new RestAnswer(exchange.endpoint(), writer);
                            http.waitsFor(pipeline.execute(prepared, answer));
                        },
                        refusal -> RestProblem.of(refusal).send(exchange.http()),
                        http::failed);
    }

    /// The variables as JSON.
    private Step<byte[]> read(Exchange exchange) {
        if (!exchange.hasBody()) {
            return parameters(exchange).then(query -> variables(exchange, query, null));
        }
        var refusal = RequestHead.checkContentType(exchange.http());
        if (refusal != null) {
            return new Refuse<>(refusal);
        }
        int limit = exchange.generation().configuration().limits().maxRequestBytes();
        return BodyReader.read(pipeline.loop().deadlines(), exchange.http(), limit)
                .then(body -> body(exchange, body));
    }

    private static Step<byte[]> body(Exchange exchange, byte[] body) {
        var json = body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body;
        var keys = new HashSet<String>();
        if (!GraphQlRequestReader.readKeys(json, keys)) {
            return GraphQlRequestReader.refuse(
                    "the body must be a JSON object without repeated keys");
        }
        var known =
                switch (exchange.endpoint().body()) {
                    case null -> Set.<String>of();
                    case Body.Whole _ -> keys;
                    case Body.Members(var variables) ->
                            variables.stream().map(it -> it.name()).collect(Collectors.toSet());
                };
        keys.removeAll(known);
        return keys.isEmpty()
                ? variables(exchange, Map.of(), exchange.endpoint().body() == null ? null : json)
                : GraphQlRequestReader.refuse(
                        "the body has a member `%s`, which is not known here"
                                .formatted(keys.iterator().next()));
    }

    private static Step<Map<String, List<String>>> parameters(Exchange exchange) {
        var names = new HashSet<String>();
        exchange.endpoint().parameters().stream()
                .filter(it -> !it.inPath())
                .forEach(it -> names.add(it.name()));
        var values = new LinkedHashMap<String, List<String>>();
        try {
            var given = exchange.http().params();
            for (var name : given.names()) {
                if (!names.contains(name)) {
                    return GraphQlRequestReader.refuse(
                            "there is no parameter `%s`".formatted(name));
                }
                values.put(name, given.getAll(name));
            }
        } catch (IllegalArgumentException _) {
            return GraphQlRequestReader.refuse("the parameters are not percent-encoded");
        }
        return new Next<>(values);
    }

    private static Step<byte[]> variables(
            Exchange exchange, Map<String, List<String>> query, byte @Nullable [] body) {
        return new Next<>(RestVariables.of(exchange.endpoint(), exchange.values(), query, body));
    }

    private static Step<Asked> enter(Exchange exchange, HttpExchange http, byte[] variables) {
        return RequestPipeline.enter(exchange.generation())
                .then(place -> {
                    http.occupy(place);
                    var document = new DocumentReference.Trusted(exchange.endpoint().text());
                    var request = new GraphQlRequest(document, null, RequestInput.of(variables));
                    var caller = Caller.of(exchange.http().headers());
                    var acceptance =
                            exchange.endpoint().method().equals("GET")
                                    ? Acceptance.ONE_READ
                                    : Acceptance.ONE_ANSWER;
                    return new Next<>(
                            new Asked(exchange.generation(), caller, request, acceptance));
                });
    }
}
