package dev.trivium.server;

import dev.trivium.server.http.Answer;
import dev.trivium.server.http.ErrorCode;
import dev.trivium.server.http.Refusal;
import dev.trivium.server.rest.RestEndpoint;
import dev.trivium.server.rest.RestEndpoint.Body;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why a request to an endpoint was not done, as a problem document (RFC 9457) with two members
/// more: `code` as GraphQL clients get it, and `errors`, each with its place in the request.
final class RestProblem {
    private static final int MOST_ERRORS = 100;
    private static final int UNKNOWN_CODE = 500;

    /// The status of what services and the executor report. Whatever is not listed is nobody's
    /// fault but the server's.
    private static final Map<String, Integer> STATUSES =
            Map.ofEntries(
                    Map.entry("BAD_USER_INPUT", 422),
                    Map.entry("UNAUTHENTICATED", 401),
                    Map.entry("FORBIDDEN", 403),
                    Map.entry("UNAUTHORIZED_FIELD_OR_TYPE", 403),
                    Map.entry("NOT_FOUND", 404),
                    Map.entry("CONFLICT", 409),
                    Map.entry("RATE_LIMITED", 429),
                    Map.entry("TOO_MANY_REQUESTS", 429),
                    Map.entry("DOWNSTREAM_SERVICE_ERROR", 502),
                    Map.entry("MALFORMED", 502),
                    Map.entry("TOO_LARGE", 502),
                    Map.entry("RESPONSE_VALIDATION", 502),
                    Map.entry("UNAVAILABLE", 503),
                    Map.entry("PLANNING_TIMEOUT", 503),
                    Map.entry("TIMEOUT", 504));

    private RestProblem() {}

    /// @param errors of a GraphQL response, at least one
    /// @param refused whether nothing was executed, since the variables are not of their types
    static Answer of(JsonArray errors, boolean refused, RestEndpoint endpoint) {
        var first = errors.getJsonObject(0);
        var code = code(first);
        int status = refused ? 400 : STATUSES.getOrDefault(code, UNKNOWN_CODE);
        var places = new JsonArray();
        errors.stream()
                .limit(MOST_ERRORS)
                .forEach(error -> places.add(entry((JsonObject) error, endpoint)));
        var detail =
                errors.size() == 1
                        ? first.getString("message")
                        : "there are %d errors".formatted(errors.size());
        var answer = of(status, code, detail, places);
        return status == 401 ? answer.with(Map.of("www-authenticate", "Bearer")) : answer;
    }

    static Answer of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.OfRequest request ->
                    of(
                                    request.code().status(),
                                    request.code().name(),
                                    request.message(),
                                    new JsonArray())
                            .with(request.headers());
            // Not the client's document.
            case Refusal.OfOperation(var issues) -> {
                var issue = issues.getFirst();
                int status = STATUSES.getOrDefault(issue.code(), UNKNOWN_CODE);
                yield of(status, issue.code(), issue.message(), new JsonArray());
            }
        };
    }

    /// @param errors may be empty
    static Answer of(int status, String code, String detail, JsonArray errors) {
        var problem =
                new JsonObject()
                        .put("type", "about:blank")
                        .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                        .put("status", status)
                        .put("detail", detail)
                        .put("code", code);
        if (!errors.isEmpty()) {
            problem.put("errors", errors);
        }
        return new Answer(
                status,
                Map.of("content-type", "application/problem+json", "cache-control", "no-store"),
                problem.toBuffer());
    }

    private static String code(JsonObject error) {
        var extensions = error.getJsonObject("extensions");
        return extensions != null && extensions.getValue("code") instanceof String code
                ? code
                : ErrorCode.INTERNAL_SERVER_ERROR.name();
    }

    private static JsonObject entry(JsonObject error, RestEndpoint endpoint) {
        var entry =
                new JsonObject().put("detail", error.getString("message")).put("code", code(error));
        var extensions = error.getJsonObject("extensions");
        if (extensions != null && extensions.getValue("field") instanceof String field) {
            var parameter = parameter(field, endpoint);
            if (parameter == null) {
                entry.put("pointer", pointer(field, endpoint.body()));
            } else {
                entry.put("parameter", parameter);
            }
        }
        return entry;
    }

    /// @param field a variable and a path in it, or what a service calls a part of its input
    private static @Nullable String parameter(String field, RestEndpoint endpoint) {
        for (var parameter : endpoint.parameters()) {
            var name = parameter.name();
            if (field.equals(name) || field.startsWith(name + ".") || name.endsWith("." + field)) {
                return name;
            }
        }
        return null;
    }

    /// A JSON pointer into the body, as a URI fragment (RFC 6901, section 6).
    private static String pointer(String field, @Nullable Body body) {
        var path = field;
        if (body instanceof Body.Whole(var variable)) {
            if (field.equals(variable.name())) {
                return "#";
            }
            var prefix = variable.name() + ".";
            path = field.startsWith(prefix) ? field.substring(prefix.length()) : field;
        }
        return "#/" + path.replace("~", "~0").replace("/", "~1").replace('.', '/');
    }
}
