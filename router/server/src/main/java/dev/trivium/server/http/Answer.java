package dev.trivium.server.http;

import dev.trivium.language.Issue;
import dev.trivium.language.SourceLocation;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A whole HTTP response.
public record Answer(int status, Map<String, String> headers, Buffer body) {

    /// More errors than anyone reads are left out.
    private static final int MOST_ERRORS = 100;

    /// A response of the executor.
    ///
    /// @param buffer of which the first `length` bytes are the body; not copied
    public static Answer of(int status, ResponseType type, byte[] buffer, int length) {
        var body = BufferInternal.buffer(Unpooled.wrappedBuffer(buffer, 0, length));
        return new Answer(status, type.headers(), body);
    }

    /// Tells why nothing of a request was executed.
    public static Answer of(Refusal refusal, ResponseType type) {
        return switch (refusal) {
            case Refusal.OfOperation(var issues) ->
                    errors(type.rejectionStatus(issues), issues, type);
            case Refusal.OfRequest request ->
                    errors(request.code().status(), request.issues(), type).with(request.headers());
        };
    }

    private static Answer errors(int status, List<Issue> issues, ResponseType type) {
        var errors = new JsonArray();
        issues.stream().limit(MOST_ERRORS).forEach(issue -> errors.add(json(issue)));
        var body = new JsonObject().put("errors", errors).toBuffer();
        return new Answer(status, type.headers(), body);
    }

    private static JsonObject json(Issue issue) {
        var error = new JsonObject().put("message", issue.message());
        var locations = new JsonArray();
        for (var location : issue.locations()) {
            if (!location.equals(SourceLocation.NONE)) {
                locations.add(
                        new JsonObject()
                                .put("line", location.line())
                                .put("column", location.column()));
            }
        }
        if (!locations.isEmpty()) {
            error.put("locations", locations);
        }
        return error.put("extensions", new JsonObject().put("code", issue.code()));
    }

    public Answer with(Map<String, String> others) {
        if (others.isEmpty()) {
            return this;
        }
        var more = new LinkedHashMap<>(headers);
        more.putAll(others);
        return new Answer(status, more, body);
    }

    /// Over HTTP/2, nothing else keeps the body from going out after a HEAD request.
    private Future<Void> end(HttpServerRequest request) {
        var response = request.response();
        return request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(body);
    }

    /// Sends it, unless the client has gone.
    public void send(HttpServerRequest request) {
        send(request, () -> {});
    }

    /// Sends it, unless the client has gone.
    ///
    /// @param written called once all of the body has been handed to the system
    public void send(HttpServerRequest request, Runnable written) {
        var response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        var closes = "close".equals(headers.get("connection"));
        var stream = request.version() == HttpVersion.HTTP_2;
        if (closes && stream) {
            response.headers().remove(HttpHeaders.CONNECTION);
        }
        var sent = end(request).onSuccess(_ -> written.run());
        if (closes && !stream) {
            // Whatever the client still sends is not read. Of a stream of HTTP/2 it is dropped: to
            // reset it could overtake the answer.
            sent.onComplete(_ -> request.connection().close());
        }
    }
}
