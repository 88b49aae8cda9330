package dev.trivium.execution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the `errors` of a subgraph's answer and makes them presentable: no locations (they point
/// into a text that no client has seen), no extensions but those that may pass, no texts or values
/// without end.
final class SubgraphErrors {

    private static final int LONGEST_MESSAGE = 2000;
    private static final int LONGEST_EXTENSION = 1000;
    private static final int LONGEST_PATH = 2 * JsonReader.MAX_DEPTH;
    private static final String NEUTRAL = "The service reported an error.";

    private final JsonReader json;
    private final ErrorPolicy.Rule rule;
    private final @Nullable String service;

    private SubgraphErrors(
            byte[] body, int from, int end, ErrorPolicy.Rule rule, @Nullable String service) {
        this.json = new JsonReader(body, from, end);
        this.rule = rule;
        this.service = service;
    }

    /// @param body has been read once, so it is well-formed
    /// @return at most as many as a response may have; paths are those of the answer
    static List<ResponseError> read(
            byte[] body, int from, int end, ErrorPolicy.Rule rule, @Nullable String service) {
        try {
            return new SubgraphErrors(body, from, end, rule, service).list();
        } catch (MalformedJson impossible) {
            throw new IllegalStateException("it was read before", impossible);
        }
    }

    private List<ResponseError> list() throws MalformedJson {
        List<ResponseError> errors = new ArrayList<>();
        json.expect('[');
        if (!json.skipIf(']')) {
            do {
                errors.add(error());
            } while (errors.size() < ErrorLog.LIMIT && json.next(']'));
        }
        return errors;
    }

    private ResponseError error() throws MalformedJson {
        String message = null;
        List<Object> path = null;
        String extensions = null;
        if (json.peek() != '{') {
            json.skipValue(0);
        } else {
            json.position++;
            if (!json.skipIf('}')) {
                do {
                    switch (key()) {
                        case "message" -> message = message();
                        case "path" -> path = path();
                        case "extensions" -> extensions = extensions();
                        default -> json.skipValue(0);
                    }
                } while (json.next('}'));
            }
        }
        return new ResponseError(
                message == null || !rule.message() ? NEUTRAL : message,
                path,
                JsonText.utf8(extensions == null ? completed(new LinkedHashMap<>()) : extensions));
    }

    private String key() throws MalformedJson {
        json.peek();
        int from = json.position;
        json.skipString();
        String key = JsonText.unquoted(json.bytes, from, json.position);
        json.expect(':');
        return key;
    }

    private @Nullable String message() throws MalformedJson {
        json.peek();
        int from = json.position;
        if (json.skipValue(0) != Cell.STRING) {
            return null;
        }
        String message = JsonText.unquoted(json.bytes, from, json.position);
        return message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE) + '…';
    }

    /// @return null if it is not a path
    private @Nullable List<Object> path() throws MalformedJson {
        if (json.peek() != '[') {
            json.skipValue(0);
            return null;
        }
        json.position++;
        List<Object> path = new ArrayList<>();
        boolean valid = true;
        if (!json.skipIf(']')) {
            do {
                Object segment = segment();
                if (segment == null || path.size() == LONGEST_PATH) {
                    valid = false;
                } else {
                    path.add(segment);
                }
            } while (json.next(']'));
        }
        return valid && !path.isEmpty() ? path : null;
    }

    private @Nullable Object segment() throws MalformedJson {
        json.peek();
        int from = json.position;
        int tag = json.skipValue(0);
        if (tag == Cell.STRING) {
            return JsonText.unquoted(json.bytes, from, json.position);
        }
        int length = json.position - from;
        if (tag != Cell.INTEGER || length > 9 || json.bytes[from] == '-') {
            return null;
        }
        return Integer.valueOf(JsonText.utf8(json.bytes, from, length));
    }

    /// @return the JSON of what may pass, completed by what the router adds
    private @Nullable String extensions() throws MalformedJson {
        if (json.peek() != '{') {
            json.skipValue(0);
            return null;
        }
        json.position++;
        SequencedMap<String, String> entries = new LinkedHashMap<>();
        if (!json.skipIf('}')) {
            do {
                String key = key();
                json.peek();
                int from = json.position;
                int tag = json.skipValue(0);
                int length = json.position - from;
                if (passes(key, tag, length)) {
                    entries.put(key, JsonText.utf8(json.bytes, from, length));
                }
            } while (json.next('}'));
        }
        return completed(entries);
    }

    private boolean passes(String key, int tag, int length) {
        return rule.extensions().contains(key)
                && length <= LONGEST_EXTENSION
                && !key.equals("service")
                && (tag == Cell.STRING || !key.equals("code"));
    }

    private String completed(SequencedMap<String, String> entries) {
        entries.putIfAbsent("code", JsonText.quote(ErrorCode.DOWNSTREAM_SERVICE_ERROR.name()));
        if (service != null) {
            entries.put("service", JsonText.quote(service));
        }
        return entries.entrySet().stream()
                .map(entry -> JsonText.quote(entry.getKey()) + ':' + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
