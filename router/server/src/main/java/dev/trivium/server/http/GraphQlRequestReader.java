package dev.trivium.server.http;

import dev.trivium.execution.RequestInput;
import dev.trivium.server.http.Step.Next;
import dev.trivium.server.http.Step.Refuse;
import io.vertx.core.MultiMap;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
public final class GraphQlRequestReader {
    private static final int DEEPEST = 200;
    private static final int MOST_DIGITS = 1_000;
    private static final int LONGEST_OPERATION_NAME = 512;

    private static final List<String> PARAMETERS =
            List.of("query", "documentId", "operationName", "variables", "extensions");

    static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxNumberLength(MOST_DIGITS)
                                    .build())
                    .build();

    private GraphQlRequestReader() {}

    /// Reads the body of a POST request.
    public static Step<GraphQlRequest> readBody(byte[] body) {
        return readBody(body, null);
    }

    /// Reads the body of a POST request.
    ///
    /// @param id of the document, where the path names it
    public static Step<GraphQlRequest> readBody(byte[] body, @Nullable String id) {
        if (!isUtf8(body)) {
            return refuse("the body is not UTF-8");
        }
        if (startsLikeUtf16(body)) {
            return refuse("the body is not JSON");
        }
        try (var parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            return switch (parser.nextToken()) {
                case START_OBJECT -> readObject(parser, body, id);
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
    public static Step<GraphQlRequest> readParameters(MultiMap parameters) {
        return readParameters(parameters, null);
    }

    /// Reads the parameters of a GET request.
    ///
    /// @param id of the document, where the path names it
    public static Step<GraphQlRequest> readParameters(MultiMap parameters, @Nullable String id) {
        for (var name : PARAMETERS) {
            if (parameters.getAll(name).size() > 1) {
                return refuse("`" + name + "` stands here twice");
            }
        }
        var named = new NamedDocument(id);
        named.query = parameters.get("query");
        named.documentId = parameters.get("documentId");
        var extensions = parameters.get("extensions");
        if (extensions != null && !extensions.isEmpty()) {
            var json = extensions.getBytes(StandardCharsets.UTF_8);
            if (!isObjectOrNull(json, named)) {
                return refuse("`extensions` must be a JSON object");
            }
        }
        var operationName = parameters.get("operationName");
        var variables = parameters.get("variables");
        if (variables == null || variables.isEmpty()) {
            return request(named, operationName, RequestInput.NONE);
        }
        var json = variables.getBytes(StandardCharsets.UTF_8);
        return isObjectOrNull(json, null)
                ? request(named, operationName, RequestInput.of(json))
                : refuse("`variables` must be a JSON object");
    }

    private static Step<GraphQlRequest> readObject(
            JsonParser parser, byte[] body, @Nullable String id) {
        var named = new NamedDocument(id);
        String operationName = null;
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
                case "query", "operationName", "documentId" -> {
                    if (token != JsonToken.VALUE_STRING && !isNull) {
                        return refuse("`" + name + "` must be a string");
                    }
                    var text = isNull ? null : parser.getString();
                    switch (name) {
                        case "query" -> named.query = text;
                        case "documentId" -> named.documentId = text;
                        default -> operationName = text;
                    }
                }
                case "variables", "extensions" -> {
                    if (token != JsonToken.START_OBJECT && !isNull) {
                        return refuse("`" + name + "` must be an object");
                    }
                    if (name.equals("variables")) {
                        variables = slice(parser, body);
                    } else if (!isNull) {
                        named.readExtensions(parser);
                    }
                }
                default -> skip(parser);
            }
        }
        return parser.nextToken() == null
                ? request(named, operationName, variables)
                : refuse("something follows the JSON object");
    }

    private static Step<GraphQlRequest> request(
            NamedDocument named, @Nullable String operationName, RequestInput variables) {
        if (isTooLong(operationName)) {
            return refuse("`operationName` is too long");
        }
        return named.reference()
                .then(document ->
                        new Next<>(new GraphQlRequest(document, operationName, variables)));
    }

    /// The bytes of the value that starts here.
    private static RequestInput slice(JsonParser parser, byte[] body) {
        int start = offset(parser.currentTokenLocation().getByteOffset());
        skip(parser);
        return new RequestInput(
                body, start, offset(parser.currentLocation().getByteOffset()) - start);
    }

    public static JsonParser parser(byte[] json) {
        return JSON.createParser(ObjectReadContext.empty(), json);
    }

    /// Like `skipChildren`, but looks at every number, which Jackson reads only when asked to.
    public static void skip(JsonParser parser) {
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

    /// @param extensions gets what is read, if that are the extensions
    private static boolean isObjectOrNull(byte[] json, @Nullable NamedDocument extensions) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            var token = parser.nextToken();
            if (token != JsonToken.START_OBJECT && token != JsonToken.VALUE_NULL) {
                return false;
            }
            if (extensions != null && token == JsonToken.START_OBJECT) {
                extensions.readExtensions(parser);
            } else {
                skip(parser);
            }
            return parser.nextToken() == null;
        } catch (JacksonException _) {
            return false;
        }
    }

    /// Reads the names of an object's members.
    ///
    /// @return whether it is one, and no name stands there twice
    public static boolean readKeys(byte[] json, Set<String> keys) {
        if (!isUtf8(json) || startsLikeUtf16(json)) {
            return false;
        }
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                if (!keys.add(parser.currentName())) {
                    return false;
                }
                parser.nextToken();
                skip(parser);
            }
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

    public static <T> Step<T> refuse(String message) {
        return new Refuse<>(new Refusal.OfRequest(ErrorCode.BAD_REQUEST, message));
    }
}
