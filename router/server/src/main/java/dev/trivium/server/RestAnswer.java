package dev.trivium.server;

import dev.trivium.execution.ClientSink;
import dev.trivium.language.OperationType;
import dev.trivium.server.http.ErrorCode;
import dev.trivium.server.rest.RestEndpoint;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a response of REST from a response of GraphQL, without parsing what it holds: the value of
/// the only root field, or all of `data`.
///
/// A root field that is null is a problem: with the status of its first error, or 404 for a query
/// without errors. Errors further down cost their own fields only, as the schema allows it; the
/// header `trivium-partial` then counts them.
record RestAnswer(RestEndpoint endpoint, AnswerWriter writer) implements ClientSink {
    private static final byte[] DATA = "{\"data\":".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.UTF_8);

    /// A part of a buffer.
    private record Slice(byte[] buffer, int from, int end) {
        private boolean isNull() {
            return Arrays.equals(buffer, from, end, NULL, 0, NULL.length);
        }

        private JsonArray array() {
            return new JsonArray(Buffer.buffer(Arrays.copyOfRange(buffer, from, end)));
        }
    }

    @Override
    public byte[] buffer(int capacity) {
        return writer.loop().buffers().take(capacity);
    }

    @Override
    public void part(Part part) {
        switch (part.result()) {
            case COMPLETE -> complete(part);
            case PARTIAL -> partial(part);
            case REFUSED -> {
                var response = new JsonObject(Buffer.buffer(copy(part)));
                problem(response.getJsonArray("errors"), true);
            }
        }
    }

    private void complete(Part part) {
        int valueEnd = part.length() - 1;
        int value = DATA.length;
        if (endpoint.rootKey() != null) {
            byte[] key = ("{\"" + endpoint.rootKey() + "\":").getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(part.buffer(), value, value + key.length, key, 0, key.length)) {
                // A condition has left the root field out.
                notFound();
                return;
            }
            value += key.length;
            valueEnd--;
        }
        var slice = new Slice(part.buffer(), value, valueEnd);
        if (slice.isNull() && endpoint.type() == OperationType.QUERY) {
            notFound();
        } else {
            send(slice, Map.of());
        }
    }

    private void partial(Part part) {
        var places = ResponsePlaces.find(part.buffer(), part.length(), endpoint.rootKey());
        var errors = new Slice(part.buffer(), places.errors(), places.errorsEnd()).array();
        var data = new Slice(part.buffer(), places.value(), places.valueEnd());
        if (places.value() == places.valueEnd() || data.isNull()) {
            problem(errors, false);
        } else {
            send(data, Map.of("trivium-partial", Integer.toString(errors.size())));
        }
    }

    private void send(Slice slice, Map<String, String> more) {
        int length = slice.end() - slice.from();
        System.arraycopy(slice.buffer(), slice.from(), slice.buffer(), 0, length);
        var response = writer.request().response();
        more.forEach(response::putHeader);
        writer.send(endpoint.status(), HEADERS, slice.buffer(), length);
    }

    private static final Map<String, String> HEADERS =
            Map.of("content-type", "application/json", "cache-control", "no-store");

    private void notFound() {
        var problem =
                RestProblem.of(404, ErrorCode.NOT_FOUND.name(), "there is none", new JsonArray());
        problem.send(writer.request());
    }

    private void problem(@Nullable JsonArray errors, boolean refused) {
        if (errors == null || errors.isEmpty()) {
            throw new IllegalStateException("a response without data has no errors");
        }
        RestProblem.of(errors, refused, endpoint).send(writer.request());
    }

    private static byte[] copy(Part part) {
        return Arrays.copyOf(part.buffer(), part.length());
    }

    @Override
    public void failed(RuntimeException bug) {
        HttpExchange.failed(writer.request(), bug);
    }
}
