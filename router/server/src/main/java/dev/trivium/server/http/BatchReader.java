package dev.trivium.server.http;

import dev.trivium.server.http.Step.Next;
import dev.trivium.server.http.Step.Refuse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// Reads an array of GraphQL requests, as `BatchHttpLink` of Apollo Client sends it. If one of them
/// is no request, none is executed.
public final class BatchReader {
    private BatchReader() {}

    /// Whether the body can be nothing else.
    public static boolean isBatch(byte[] body) {
        for (byte each : body) {
            if (each > ' ') {
                return each == '[';
            }
        }
        return false;
    }

    /// @param most requests
    public static Step<List<GraphQlRequest>> read(byte[] body, int most) {
        List<byte[]> entries;
        try (var parser = GraphQlRequestReader.JSON.createParser(ObjectReadContext.empty(), body)) {
            parser.nextToken();
            entries = entries(parser, body, most);
            if (entries.size() <= most && parser.nextToken() != null) {
                return refuse(ErrorCode.BAD_REQUEST, "something follows the JSON array");
            }
        } catch (JacksonException _) {
            return refuse(ErrorCode.BAD_REQUEST, "the body is not JSON, or nests too deep");
        }
        if (entries.isEmpty()) {
            return refuse(ErrorCode.BAD_REQUEST, "the batch is empty");
        }
        return entries.size() > most
                ? refuse(ErrorCode.BATCH_LIMIT_EXCEEDED, "send at most " + most + " at a time")
                : requests(entries);
    }

    /// The bytes of each, one more than allowed at most.
    private static List<byte[]> entries(JsonParser parser, byte[] body, int most) {
        var entries = new ArrayList<byte[]>();
        while (entries.size() <= most && parser.nextToken() != JsonToken.END_ARRAY) {
            int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
            GraphQlRequestReader.skip(parser);
            int end = Math.toIntExact(parser.currentLocation().getByteOffset());
            entries.add(Arrays.copyOfRange(body, start, end));
        }
        return entries;
    }

    private static Step<List<GraphQlRequest>> requests(List<byte[]> entries) {
        var requests = new ArrayList<GraphQlRequest>(entries.size());
        for (var entry : entries) {
            switch (GraphQlRequestReader.readBody(entry)) {
                case Next<GraphQlRequest>(var request) -> requests.add(request);
                case Refuse<GraphQlRequest>(var refusal) -> {
                    var reason = refusal.issues().getFirst().message();
                    var message = "entry %d of the batch: %s".formatted(requests.size(), reason);
                    return refuse(ErrorCode.BAD_REQUEST, message);
                }
                case Step.Later<GraphQlRequest> _ ->
                        throw new IllegalStateException("a request is read at once");
            }
        }
        return new Next<>(requests);
    }

    private static <T> Step<T> refuse(ErrorCode code, String message) {
        return new Refuse<>(new Refusal.OfRequest(code, message));
    }
}
