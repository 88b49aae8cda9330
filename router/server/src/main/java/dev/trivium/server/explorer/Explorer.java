package dev.trivium.server.explorer;

import dev.trivium.server.configuration.ExplorerSettings;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The page for browsers and all that it loads. Nothing in it comes from elsewhere, and nothing
/// depends on the request. Lives on one event loop.
public final class Explorer {
    private static final String FOLDER = "/explorer/";
    private static final String TRACES = FOLDER + "traces/";

    /// Inline styles are what the editor positions its lines with; scripts and workers are files.
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; worker-src 'self'; "
                    + "style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
                    + "img-src 'self' data:; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> FOR_ALL =
            Map.of(
                    "content-security-policy", CONTENT_SECURITY_POLICY,
                    "cross-origin-resource-policy", "same-origin",
                    "referrer-policy", "no-referrer",
                    "x-content-type-options", "nosniff",
                    "vary", "accept-encoding");

    /// The name of a file changes with what is in it.
    private static final String FOREVER = "public, max-age=31536000, immutable";

    private final Vertx vertx;

    public Explorer(Vertx vertx) {
        this.vertx = vertx;
    }

    /// Answers a request if it is for the explorer.
    public boolean handles(HttpServerRequest request, ExplorerSettings settings, Tracing tracing) {
        if (!settings.enabled()) {
            return false;
        }
        var path = request.path();
        if ("/graphql".equals(path)) {
            return isFromBrowser(request) && sendPage(request, settings);
        }
        if (path == null || !path.startsWith(FOLDER)) {
            return false;
        }
        if (!isRead(request)) {
            return false;
        }
        if (path.startsWith(TRACES)) {
            return isOfThisOrigin(request)
                    && sendTrace(request, tracing.read(path.substring(TRACES.length())));
        }
        var name = path.substring(FOLDER.length());
        return ExplorerFiles.has(name) && sendFile(request, name);
    }

    /// Whether a request for the endpoint comes from somebody who types its address into a browser.
    private static boolean isFromBrowser(HttpServerRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return request.method().equals(HttpMethod.GET)
                && accept != null
                && accept.contains("text/html");
    }

    private static boolean isRead(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    private boolean sendPage(HttpServerRequest request, ExplorerSettings settings) {
        var response = start(request, "text/html; charset=utf-8", "no-cache");
        var _ = response.end(ExplorerFiles.page(settings.queryPlans()));
        return true;
    }

    /// Browsers say where the page that asks is from; programs say nothing.
    private static boolean isOfThisOrigin(HttpServerRequest request) {
        var site = request.getHeader("sec-fetch-site");
        return site == null || site.equals("same-origin");
    }

    private boolean sendTrace(HttpServerRequest request, @Nullable String trace) {
        if (trace == null) {
            return false;
        }
        end(request, start(request, "application/json", "no-store"), Buffer.buffer(trace));
        return true;
    }

    private boolean sendFile(HttpServerRequest request, String name) {
        boolean compressed = takesGzip(request);
        ExplorerFiles.read(vertx, name, compressed)
                .onComplete(read -> {
                    if (request.response().closed()) {
                        return;
                    }
                    if (read.failed()) {
                        var _ = request.response().setStatusCode(500).end();
                        return;
                    }
                    var response = start(request, ExplorerFiles.type(name), FOREVER);
                    if (compressed) {
                        response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
                    }
                    var body = Unpooled.wrappedBuffer(read.result());
                    end(request, response, BufferInternal.buffer(body));
                });
        return true;
    }

    /// Over HTTP/2, nothing else keeps the body from going out after a HEAD request.
    private static void end(HttpServerRequest request, HttpServerResponse response, Buffer body) {
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
            var _ = response.end();
        } else {
            var _ = response.end(body);
        }
    }

    /// A client that says it would rather not is none that the page is for.
    private static boolean takesGzip(HttpServerRequest request) {
        var accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null && accepted.contains("gzip") && !accepted.contains("gzip;q=0");
    }

    private static HttpServerResponse start(
            HttpServerRequest request, String type, String caching) {
        var response = request.response();
        FOR_ALL.forEach(response::putHeader);
        return response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, caching);
    }
}
