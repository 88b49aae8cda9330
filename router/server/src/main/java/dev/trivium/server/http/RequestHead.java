package dev.trivium.server.http;

import dev.trivium.server.configuration.Configuration.Csrf;
import dev.trivium.server.http.Step.Next;
import dev.trivium.server.http.Step.Refuse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the method and the headers of a request to `/graphql` must be.
public final class RequestHead {
    private static final int MOST_HEADERS = 100;

    private RequestHead() {}

    /// @param uploads whether the request may be a form with files
    public static Step<Negotiated> check(HttpServerRequest request, Csrf csrf, boolean uploads) {
        return check(
                request,
                () -> checkOrigin(request, csrf),
                () ->
                        uploads && isForm(request.getHeader(HttpHeaders.CONTENT_TYPE))
                                ? checkPreflight(request, csrf)
                                : checkContentType(request));
    }

    /// Whether the content type is that of a GraphQL multipart request.
    public static boolean isForm(@Nullable String contentType) {
        return contentType != null
                && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /// A GET request that can do nothing but run a query that somebody has reviewed needs no
    /// protection: a page of another origin cannot read the answer.
    public static Step<Negotiated> checkTrusted(HttpServerRequest request) {
        return check(request, () -> null, () -> checkContentType(request));
    }

    private static Step<Negotiated> check(
            HttpServerRequest request,
            Supplier<@Nullable Refusal> checkGet,
            Supplier<@Nullable Refusal> checkPost) {
        if (count(request.headers()) > MOST_HEADERS) {
            return refuse(ErrorCode.REQUEST_HEADER_FIELDS_TOO_LARGE, "there are too many headers");
        }
        var method = request.method();
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.POST)) {
            return new Refuse<>(methodNotAllowed("GET, POST", "use GET or POST"));
        }
        var accepts = Negotiated.of(joined(request, HttpHeaders.ACCEPT));
        if (accepts == null) {
            var message = "accept application/graphql-response+json or application/json";
            return refuse(ErrorCode.NOT_ACCEPTABLE, message);
        }
        var refusal = method.equals(HttpMethod.POST) ? checkPost.get() : checkGet.get();
        return refusal == null ? new Next<>(accepts) : new Refuse<>(refusal);
    }

    public static Refusal methodNotAllowed(String allowed, String message) {
        return new Refusal.OfRequest(ErrorCode.METHOD_NOT_ALLOWED, message).with("allow", allowed);
    }

    public static @Nullable Refusal checkContentType(HttpServerRequest request) {
        var type = contentType(request);
        return type != null && type.name().equals("application/json") && type.isUtf8()
                ? null
                : unsupported();
    }

    /// A web page of another origin can make a browser send a GET request, though it cannot read
    /// the answer. It cannot make it send a header that is not on the browsers' safe list.
    private static @Nullable Refusal checkOrigin(HttpServerRequest request, Csrf csrf) {
        return csrf.enabled() && request.headers().contains(HttpHeaders.CONTENT_TYPE)
                ? checkContentType(request)
                : checkPreflight(request, csrf);
    }

    /// A form is what any web page can send as well.
    private static @Nullable Refusal checkPreflight(HttpServerRequest request, Csrf csrf) {
        if (!csrf.enabled()) {
            return null;
        }
        List<String> required = csrf.requiredHeaders();
        return required.stream().anyMatch(request.headers()::contains)
                ? null
                : new Refusal.OfRequest(
                        ErrorCode.CSRF_PREFLIGHT_REQUIRED,
                        "the request needs one of these headers, with any value: "
                                + String.join(", ", required));
    }

    /// Headers, where `MultiMap.size()` counts names.
    private static int count(MultiMap headers) {
        int count = 0;
        for (var _ : headers) {
            count++;
        }
        return count;
    }

    private static Refusal unsupported() {
        return new Refusal.OfRequest(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "the content type must be application/json in UTF-8")
                .with("accept-post", "application/json");
    }

    private static @Nullable MediaType contentType(HttpServerRequest request) {
        var values = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
        return values.size() == 1 ? MediaType.parse(values.getFirst()) : null;
    }

    private static @Nullable String joined(HttpServerRequest request, CharSequence header) {
        var values = request.headers().getAll(header);
        return values.isEmpty() ? null : String.join(",", values);
    }

    private static <T> Step<T> refuse(ErrorCode code, String message) {
        return new Refuse<>(new Refusal.OfRequest(code, message));
    }
}
