package dev.trivium.server.http;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/// What the program that sends a request says of itself, for logs and statistics. It opens nothing:
/// anyone can say anything. An id that means something else to a client of that name does.
///
/// @param name `apollographql-client-name` or `graphql-client-name`, or null
/// @param version `apollographql-client-version` or `graphql-client-version`, or null
/// @param operation how it calls the operation, `x-apollo-operation-name`, or null; which one runs
///   is said by the request alone
public record Client(@Nullable String name, @Nullable String version, @Nullable String operation) {
    /// Says nothing of itself.
    static final Client UNNAMED = new Client(null, null, null);

    /// In characters; what is longer is cut.
    private static final int LONGEST = 128;

    public Client {
        name = clean(name);
        version = clean(version);
        operation = clean(operation);
    }

    static Client of(MultiMap headers) {
        var name = either(headers, "apollographql-client-name", "graphql-client-name");
        var version = either(headers, "apollographql-client-version", "graphql-client-version");
        var operation = headers.get("x-apollo-operation-name");
        return name == null && version == null && operation == null
                ? UNNAMED
                : new Client(name, version, operation);
    }

    private static @Nullable String either(MultiMap headers, String first, String second) {
        var value = headers.get(first);
        return value == null ? headers.get(second) : value;
    }

    /// Nothing that could forge a line of a log, or make names without bound.
    private static @Nullable String clean(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        var stripped = text.strip();
        var kept = new StringBuilder(Math.min(stripped.length(), LONGEST));
        for (int i = 0; i < stripped.length() && i < LONGEST; i++) {
            char c = stripped.charAt(i);
            kept.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return kept.toString();
    }
}
