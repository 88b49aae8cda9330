package dev.trivium.server.compose;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.CompositionConfiguration.RunningSubgraph;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Asks a running subgraph for its schema: `{ _service { sdl } }`. A redirect is not followed,
/// because the headers may hold a secret that is for the named server only.
final class IntrospectSubgraph implements AutoCloseable {
    /// The code of a server that gives no schema.
    static final String DOWNSTREAM_SERVICE_ERROR = "DOWNSTREAM_SERVICE_ERROR";

    static final long MAX_BYTES = 16L * 1024 * 1024;

    private static final String QUERY = "{\"query\":\"{ _service { sdl } }\"}";
    private static final int REDIRECT = 3;
    private static final int CLASS_OF_STATUS = 100;

    private final Duration timeout;
    private final HttpClient client;

    /// @param timeout for the whole answer
    IntrospectSubgraph(Duration timeout) {
        this.timeout = timeout;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .build();
    }

    /// @param name of the subgraph, for the issue
    Outcome<String> sdl(String name, RunningSubgraph subgraph) throws InterruptedException {
        Answer answer = ask(subgraph);
        return answer.sdl() != null
                ? new Outcome.Accepted<>(answer.sdl())
                : new Outcome.Rejected<>(
                        new Issue(
                                DOWNSTREAM_SERVICE_ERROR,
                                "subgraph %s at %s gives no schema: %s"
                                        .formatted(name, subgraph.url(), answer.reason()),
                                List.of()));
    }

    /// @param sdl null where there is none, for a reason
    private record Answer(@Nullable String sdl, String reason) {}

    private Answer ask(RunningSubgraph subgraph) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> response;
        try {
            response =
                    client.sendAsync(
                            request(subgraph),
                            BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BYTES));
        } catch (IllegalArgumentException e) {
            return new Answer(null, String.valueOf(e.getMessage()));
        }
        try {
            return answer(response.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            return new Answer(null, "no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                return new Answer(null, reason(failure, subgraph.url()));
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            response.cancel(true);
        }
    }

    private static HttpRequest request(RunningSubgraph subgraph) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(subgraph.url())
                        .header("content-type", "application/json")
                        .header("accept", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(QUERY));
        subgraph.headers().forEach((name, value) -> set(request, name, value));
        return request.build();
    }

    /// The value may be a secret, and the client's own exception repeats it.
    private static void set(HttpRequest.Builder request, String name, String value) {
        try {
            request.setHeader(name, value);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException(
                    "the header `%s` cannot be sent: HTTP does not allow its name, or a character"
                                    .formatted(name)
                            + " of its value such as a line break");
        }
    }

    /// The client's exceptions about connections have no message.
    private static String reason(IOException failure, URI url) {
        if (!(failure instanceof ConnectException)) {
            return failure.toString();
        }
        if (failure.getCause() instanceof UnresolvedAddressException) {
            return "the host %s is unknown".formatted(url.getHost());
        }
        String detail = failure.getMessage();
        return "it cannot be connected to"
                + (detail == null ? "; is the server running?" : ": " + detail);
    }

    private static Answer answer(HttpResponse<String> response) {
        if (response.statusCode() / CLASS_OF_STATUS == REDIRECT) {
            String to = response.headers().firstValue("location").orElse("nowhere");
            return new Answer(
                    null,
                    "status %d, a redirect to %s; name the address that answers"
                            .formatted(response.statusCode(), to));
        }
        String type = response.headers().firstValue("content-type").orElse("no content type");
        Object body;
        try {
            body = Json.decodeValue(response.body());
        } catch (DecodeException _) {
            return new Answer(
                    null, "status %d with %s, not JSON".formatted(response.statusCode(), type));
        }
        if (body instanceof JsonObject object
                && object.getValue("data") instanceof JsonObject data
                && data.getValue("_service") instanceof JsonObject service
                && service.getValue("sdl") instanceof String sdl) {
            return new Answer(sdl, "");
        }
        return new Answer(null, "status %d%s".formatted(response.statusCode(), firstError(body)));
    }

    private static String firstError(Object body) {
        return body instanceof JsonObject object
                        && object.getValue("errors") instanceof JsonArray errors
                        && !errors.isEmpty()
                        && errors.getValue(0) instanceof JsonObject error
                        && error.getValue("message") instanceof String message
                ? ", \"" + message + "\""
                : " without `data._service.sdl`";
    }

    /// Leaves no answer under way.
    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
