package dev.trivium.server.http;

import dev.trivium.server.configuration.Configuration.Cors;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// Which web pages of other origins may call (the Fetch standard, "CORS protocol"). Origins are
/// compared as a whole: `https://good.example.evil` is not `https://good.example`.
public record CorsPolicy(Cors rules) {

    /// Adds what the browser needs to let its page read the response.
    ///
    /// @return whether the request was a preflight, and has been answered
    public boolean apply(HttpServerRequest request) {
        return apply(request, "GET, POST");
    }

    /// @param methods that the path takes
    public boolean apply(HttpServerRequest request, String methods) {
        if (rules.isOff()) {
            return false;
        }
        var response = request.response();
        if (!rules.allowAnyOrigin()) {
            response.putHeader(HttpHeaders.VARY, "origin");
        }
        var origin = allowedOrigin(request);
        if (origin != null) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            if (rules.allowCredentials()) {
                response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            }
        }
        if (!isPreflight(request)) {
            if (origin != null && !rules.exposeHeaders().isEmpty()) {
                response.putHeader(
                        HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
                        String.join(", ", rules.exposeHeaders()));
            }
            return false;
        }
        if (origin != null) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods);
            response.putHeader(
                    HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
                    String.join(", ", rules.allowHeaders()));
            response.putHeader(
                    HttpHeaders.ACCESS_CONTROL_MAX_AGE, String.valueOf(rules.maxAge().toSeconds()));
        }
        var _ = response.setStatusCode(204).end();
        return true;
    }

    private @Nullable String allowedOrigin(HttpServerRequest request) {
        if (rules.allowAnyOrigin()) {
            return "*";
        }
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && rules.allows(origin) ? origin : null;
    }

    private static boolean isPreflight(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaders.ORIGIN)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }
}
