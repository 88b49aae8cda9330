package dev.trivium.server.rest;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.server.persisted.Manifest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The endpoints of a manifest. Immutable. A literal segment goes before a variable, from left to
/// right.
public final class RestRoutes {
    static final String PATH_CONFLICT = "REST_PATH_CONFLICT";

    private final Node root = new Node();
    private final List<RestEndpoint> endpoints = new ArrayList<>();
    private final ApiTypes types;

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final SortedMap<String, RestEndpoint> methods = new TreeMap<>();
        private @Nullable Node variable;
    }

    /// What a request leads to.
    public sealed interface Match {
        /// @param values of the variables in the path, decoded
        record Found(RestEndpoint endpoint, List<String> values) implements Match {}

        /// The path is known with other methods.
        record WrongMethod(List<String> allowed) implements Match {}

        record Nothing() implements Match {}
    }

    private RestRoutes(ApiTypes types) {
        this.types = types;
    }

    /// @param reserved paths that the router itself answers
    /// @return rejected where two documents want the same requests, or an annotation does not fit
    public static Outcome<RestRoutes> of(
            Manifest manifest, ApiTypes types, Predicate<String> reserved) {
        var routes = new RestRoutes(types);
        var issues = new ArrayList<Issue>();
        for (var document : manifest.documents()) {
            var annotation = document.rest();
            if (annotation == null) {
                continue;
            }
            var name = annotation.method() + " " + annotation.path();
            if (reserved.test(annotation.path())) {
                var message = name + ": the router itself answers at this path";
                issues.add(new Issue(PATH_CONFLICT, message, List.of()));
                continue;
            }
            var added =
                    PathPattern.parse(annotation.path(), name)
                            .then(path ->
                                    RestEndpoint.of(document, annotation, path, types)
                                            .then(endpoint -> routes.add(endpoint, path)));
            if (added instanceof Rejected<RestEndpoint>(var found)) {
                issues.addAll(found);
            }
        }
        return issues.isEmpty() ? new Accepted<>(routes) : new Rejected<>(issues);
    }

    private Outcome<RestEndpoint> add(RestEndpoint endpoint, PathPattern path) {
        var node = root;
        for (var segment : path.segments()) {
            if (!segment.variable()) {
                node = node.literals.computeIfAbsent(segment.text(), _ -> new Node());
            } else {
                if (node.variable == null) {
                    node.variable = new Node();
                }
                node = node.variable;
            }
        }
        var other = node.methods.putIfAbsent(endpoint.method(), endpoint);
        if (other != null && !other.text().equals(endpoint.text())) {
            var message =
                    "%s %s (%s) takes the requests of %s (%s)"
                            .formatted(
                                    endpoint.method(),
                                    endpoint.path(),
                                    endpoint.name(),
                                    other.path(),
                                    other.name());
            return new Rejected<>(new Issue(PATH_CONFLICT, message, List.of()));
        }
        if (other == null) {
            endpoints.add(endpoint);
        }
        return new Accepted<>(endpoint);
    }

    public List<RestEndpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    public ApiTypes types() {
        return types;
    }

    /// @param path as it was sent
    public Match match(String method, String path) {
        if (endpoints.isEmpty() || !path.startsWith("/")) {
            return new Match.Nothing();
        }
        var values = new ArrayList<String>();
        var node = find(root, path.substring(1).split("/", -1), 0, values);
        if (node == null) {
            return new Match.Nothing();
        }
        var endpoint = node.methods.get(method);
        return endpoint == null
                ? new Match.WrongMethod(List.copyOf(node.methods.keySet()))
                : new Match.Found(endpoint, List.copyOf(values));
    }

    private static @Nullable Node find(Node node, String[] segments, int at, List<String> values) {
        if (at == segments.length) {
            return node.methods.isEmpty() ? null : node;
        }
        var literal = node.literals.get(segments[at]);
        if (literal != null) {
            var found = find(literal, segments, at + 1, values);
            if (found != null) {
                return found;
            }
        }
        var value = node.variable == null ? null : decoded(segments[at]);
        if (value == null || node.variable == null) {
            return null;
        }
        values.add(value);
        var found = find(node.variable, segments, at + 1, values);
        if (found == null) {
            values.removeLast();
        }
        return found;
    }

    /// @return null where a segment is empty or not percent-encoded
    private static @Nullable String decoded(String segment) {
        try {
            var text = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
            return text.isEmpty() ? null : text;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
