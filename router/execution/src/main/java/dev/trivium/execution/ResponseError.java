package dev.trivium.execution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of the response's `errors`.
///
/// @param path response keys (`String`) and positions in lists (`Integer`); null if it is about no
///   field
/// @param extensions the JSON of `extensions`
record ResponseError(String message, @Nullable List<Object> path, byte[] extensions) {

    static ResponseError of(ErrorCode code, String message, @Nullable List<Object> path) {
        return new ResponseError(message, path, extensions(code.name(), ""));
    }

    /// @param service the subgraph that is at fault; null if none is
    static ResponseError ofService(
            ErrorCode code, String message, @Nullable String service, @Nullable List<Object> path) {
        String entry = service == null ? "" : ",\"service\":" + JsonText.quote(service);
        return new ResponseError(message, path, extensions(code.name(), entry));
    }

    /// @param field the path of a wrong input value
    static ResponseError ofInput(String message, String field) {
        return new ResponseError(
                message,
                null,
                extensions(ErrorCode.BAD_USER_INPUT.name(), ",\"field\":" + JsonText.quote(field)));
    }

    private static byte[] extensions(String code, String more) {
        return JsonText.utf8("{\"code\":\"" + code + '"' + more + '}');
    }

    /// The same error at another place.
    ResponseError at(@Nullable List<Object> otherPath) {
        return new ResponseError(message, otherPath, extensions);
    }

    /// Whether this error is a reason for a null at a position: it is about the position itself,
    /// about something above that took it along, or about something below that is missing.
    ///
    /// @param position a path
    boolean explains(List<Object> position) {
        if (path == null) {
            return false;
        }
        int common = Math.min(path.size(), position.size());
        for (int i = 0; i < common; i++) {
            if (!path.get(i).equals(position.get(i))) {
                return false;
            }
        }
        return true;
    }

    void write(JsonBuffer out) {
        out.append(JsonText.utf8("{\"message\":"));
        out.append(JsonText.quoted(message));
        if (path != null) {
            out.append(JsonText.utf8(",\"path\":["));
            for (int i = 0; i < path.size(); i++) {
                if (i > 0) {
                    out.append(',');
                }
                Object segment = path.get(i);
                out.append(
                        segment instanceof String key
                                ? JsonText.quoted(key)
                                : JsonText.utf8(segment.toString()));
            }
            out.append(']');
        }
        out.append(JsonText.utf8(",\"extensions\":"));
        out.append(extensions);
        out.append('}');
    }
}
