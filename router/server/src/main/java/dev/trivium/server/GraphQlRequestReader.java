package dev.trivium.server;

import dev.trivium.execution.RequestInput;
import dev.trivium.server.Step.Next;
import dev.trivium.server.Step.Refuse;
import io.vertx.core.MultiMap;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Reads GraphQL requests (GraphQL over HTTP, section "Request Parameters"). Strict: what two JSON
/// readers could take differently, such as a repeated key, is refused.
final class GraphQlRequestReader {
    private static final int DEEPEST = 200;
    private static final int MOST_DIGITS = 1_000;
    private static final int LONGEST_OPERATION_NAME = 512;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxNumberLength(MOST_DIGITS)
                                    .build())
                    .build();

    private GraphQlRequestReader() {}

    /// Reads the body of a POST request.
    static Step<GraphQlRequest> readBody(byte[] body) {
        if (!isUtf8(body)) {
            return refuse("the body is not UTF-8");
        }
        if (startsLikeUtf16(body)) {
            return refuse("the body is not JSON");
        }
        try (var parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            return switch (parser.nextToken()) {
                case START_OBJECT -> readObject(parser, body);
                case START_ARRAY ->
                        new Refuse<>(
                                new Refusal.OfRequest(
                                        ErrorCode.BATCHING_DISABLED, "send one request at a time"));
                case null -> refuse("the body is empty");
                default -> refuse("the body must be a JSON object");
            };
        } catch (StreamConstraintsException _) {
            return refuse("the body nests too deep, or has a number or a name that is too long");
        } catch (JacksonException _) {
            return refuse("the body is not JSON");
        }
    }

    /// Reads the parameters of a GET request.
    static Step<GraphQlRequest> readParameters(MultiMap parameters) {
        for (var name : new String[] {"query", "operationName", "variables", "extensions"}) {
            if (parameters.getAll(name).size() > 1) {
                return refuse("`" + name + "` stands here twice");
            }
        }
        var query = parameters.get("query");
        var operationName = parameters.get("operationName");
        var variables = parameters.get("variables");
        if (variables == null || variables.isEmpty()) {
            return request(query, operationName, RequestInput.NONE);
        }
        var json = variables.getBytes(StandardCharsets.UTF_8);
        return isObjectOrNull(json)
                ? request(query, operationName, RequestInput.of(json))
                : refuse("`variables` must be a JSON object");
    }

    private static Step<GraphQlRequest> readObject(JsonParser parser, byte[] body) {
        var texts = new HashMap<String, @Nullable String>();
        var variables = RequestInput.NONE;
        var seen = new HashSet<String>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            if (!seen.add(name)) {
                return refuse("a key stands in the body twice");
            }
            var token = parser.nextToken();
            var isNull = token == JsonToken.VALUE_NULL;
            switch (name) {
                case "query", "operationName" -> {
                    if (token != JsonToken.VALUE_STRING && !isNull) {
                        return refuse("`" + name + "` must be a string");
                    }
                    texts.put(name, isNull ? null : parser.getString());
                }
                case "variables", "extensions" -> {
                    if (token != JsonToken.START_OBJECT && !isNull) {
                        return refuse("`" + name + "` must be an object");
                    }
                    var slice = slice(parser, body);
                    if (name.equals("variables")) {
                        variables = slice;
                    }
                }
                default -> skip(parser);
            }
        }
        return parser.nextToken() == null
                ? request(texts.get("query"), texts.get("operationName"), variables)
                : refuse("something follows the JSON object");
    }

    private static Step<GraphQlRequest> request(
            @Nullable String query, @Nullable String operationName, RequestInput variables) {
        if (query == null) {
            return refuse("`query` is missing");
        }
        return isTooLong(operationName)
                ? refuse("`operationName` is too long")
                : new Next<>(new GraphQlRequest(query, operationName, variables));
    }

    /// The bytes of the value that starts here.
    private static RequestInput slice(JsonParser parser, byte[] body) {
        int start = offset(parser.currentTokenLocation().getByteOffset());
        skip(parser);
        return new RequestInput(
                body, start, offset(parser.currentLocation().getByteOffset()) - start);
    }

    /// Like `skipChildren`, but looks at every number, which Jackson reads only when asked to.
    private static void skip(JsonParser parser) {
        int depth = 0;
        var token = parser.currentToken();
        while (true) {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token.isNumeric() && parser.getStringLength() > MOST_DIGITS) {
                throw new StreamConstraintsException("a number is too long");
            }
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
            if (token == null) {
                return;
            }
        }
    }

    private static boolean isObjectOrNull(byte[] json) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            var token = parser.nextToken();
            if (token != JsonToken.START_OBJECT && token != JsonToken.VALUE_NULL) {
                return false;
            }
            skip(parser);
            return parser.nextToken() == null;
        } catch (JacksonException _) {
            return false;
        }
    }

    /// Bytes of texts are ASCII nearly always; only others are decoded to be judged.
    private static boolean isUtf8(byte[] bytes) {
        for (byte each : bytes) {
            if (each < 0) {
                try {
                    var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
                    return true;
                } catch (CharacterCodingException _) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Jackson would take zero bytes for the sign of another encoding.
    private static boolean startsLikeUtf16(byte[] body) {
        for (int i = 0; i < Math.min(4, body.length); i++) {
            if (body[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTooLong(@Nullable String operationName) {
        return operationName != null && operationName.length() > LONGEST_OPERATION_NAME;
    }

    private static int offset(long position) {
        return Math.toIntExact(position);
    }

    private static <T> Step<T> refuse(String message) {
        return new Refuse<>(new Refusal.OfRequest(ErrorCode.BAD_REQUEST, message));
    }
}
