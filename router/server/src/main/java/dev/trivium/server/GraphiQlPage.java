package dev.trivium.server;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// GraphiQL for a browser. The page and all that it loads come from this server, and nothing in
/// them depends on the request.
final class GraphiQlPage {
    private static final String FOLDER = "/graphiql/";

    /// Inline styles are what the editor positions its lines with; scripts are files only.
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                    + "font-src 'self' data:; img-src 'self' data:; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> ASSETS =
            Map.of(
                    "graphiql.min.css", "text/css; charset=utf-8",
                    "graphiql.min.js", "text/javascript; charset=utf-8",
                    "react.production.min.js", "text/javascript; charset=utf-8",
                    "react-dom.production.min.js", "text/javascript; charset=utf-8",
                    "start.css", "text/css; charset=utf-8",
                    "start.js", "text/javascript; charset=utf-8");

    /// Read once: to read from a jar is too slow for an event loop.
    private static final Map<String, byte[]> RESOURCES = new ConcurrentHashMap<>();

    private GraphiQlPage() {}

    /// Whether a request for `/graphql` comes from somebody who types the address into a browser.
    static boolean isWanted(HttpServerRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return request.method().equals(HttpMethod.GET)
                && accept != null
                && accept.contains("text/html");
    }

    static Answer page() {
        return new Answer(
                200,
                Map.of(
                        "content-type", "text/html; charset=utf-8",
                        "content-security-policy", CONTENT_SECURITY_POLICY,
                        "x-content-type-options", "nosniff",
                        "referrer-policy", "no-referrer",
                        "cache-control", "no-cache"),
                resource("index.html"));
    }

    /// A file that the page loads.
    ///
    /// @return null if there is none at this path
    static @Nullable Answer asset(String path) {
        if (!path.startsWith(FOLDER)) {
            return null;
        }
        var name = path.substring(FOLDER.length());
        var type = ASSETS.get(name);
        return type == null
                ? null
                : new Answer(
                        200,
                        Map.of(
                                "content-type", type,
                                "x-content-type-options", "nosniff",
                                "cache-control", "public, max-age=86400"),
                        resource(name));
    }

    private static Buffer resource(String name) {
        var bytes = RESOURCES.computeIfAbsent(name, GraphiQlPage::read);
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
    }

    private static byte[] read(String name) {
        try (var stream = GraphiQlPage.class.getResourceAsStream("graphiql/" + name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
