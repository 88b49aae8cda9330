package dev.trivium.server.persisted;

import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.language.SourceLocation;
import dev.trivium.language.Value;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// That a document is an endpoint as well: `@rest(method: "POST", path: "/events", status: 201)` on
/// its operation, or a member `rest` of that shape in a manifest.
///
/// @param method of HTTP, in upper case
/// @param path begins with `/`; a segment `{name}` is a variable of the operation
/// @param status of a response without errors
public record RestAnnotation(String method, String path, int status) {
    /// The name of the directive. It is the router's alone: no subgraph and no schema knows it.
    static final String DIRECTIVE = "rest";

    static final String INVALID = "INVALID_REST_ANNOTATION";

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> ARGUMENTS = Set.of("method", "path", "status");

    /// @param status null for 200
    static Outcome<RestAnnotation> of(
            @Nullable String method,
            @Nullable String path,
            @Nullable Integer status,
            SourceLocation at) {
        var upper = method == null ? "GET" : method.toUpperCase(Locale.ROOT);
        if (!METHODS.contains(upper)) {
            return invalid("the method must be one of GET, POST, PUT, PATCH and DELETE", at);
        }
        if (path == null || !path.startsWith("/")) {
            return invalid("the path must be a text that begins with `/`", at);
        }
        int code = status == null ? 200 : status;
        return code < 200 || code > 299
                ? invalid("the status must be between 200 and 299", at)
                : new Accepted<>(new RestAnnotation(upper, path, code));
    }

    /// @param operation with one directive of that name at most
    /// @return null where the operation has none
    static @Nullable Outcome<RestAnnotation> read(Definition.Operation operation) {
        var all = operation.directives().stream().filter(RestAnnotation::isRest).toList();
        if (all.isEmpty()) {
            return null;
        }
        var directive = all.getFirst();
        var at = directive.location();
        if (all.size() > 1) {
            return invalid("@rest may stand once", at);
        }
        for (var argument : directive.arguments()) {
            if (!ARGUMENTS.contains(argument.name())) {
                return invalid("@rest has no argument `" + argument.name() + "`", at);
            }
        }
        var status = directive.argument("status");
        if (status != null && !isInt(status)) {
            return invalid("the status must be a whole number", at);
        }
        return of(
                text(directive.argument("method")),
                text(directive.argument("path")),
                status instanceof Value.IntValue(var digits) ? Integer.valueOf(digits) : null,
                at);
    }

    static boolean isRest(Directive directive) {
        return directive.name().equals(DIRECTIVE);
    }

    private static boolean isInt(Value value) {
        return value instanceof Value.IntValue(var digits) && digits.length() == 3;
    }

    private static @Nullable String text(@Nullable Value value) {
        return switch (value) {
            case Value.StringValue(var text) -> text;
            case Value.EnumValue(var name) -> name;
            case null, default -> null;
        };
    }

    private static Outcome<RestAnnotation> invalid(String message, SourceLocation at) {
        return new Rejected<>(new Issue(INVALID, message, at));
    }
}
