package dev.trivium.server;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The media types of a response (GraphQL over HTTP, section "Media Types").
enum ResponseType {
    /// `application/graphql-response+json`: the HTTP status tells whether the request was good.
    GRAPHQL("application/graphql-response+json; charset=utf-8", 400),
    /// `application/json`: any well-formed request is answered with 200.
    JSON("application/json; charset=utf-8", 200);

    private final String contentType;
    private final int rejectionStatus;

    ResponseType(String contentType, int rejectionStatus) {
        this.contentType = contentType;
        this.rejectionStatus = rejectionStatus;
    }

    Map<String, String> headers() {
        return Map.of("content-type", contentType);
    }

    /// The status of an answer to an operation that was refused before its execution.
    int rejectionStatus() {
        return rejectionStatus;
    }

    /// What a client prefers; of two that it likes equally, the one that it names first. A client
    /// that takes anything gets `application/json`, as all of them did before the other existed.
    ///
    /// @param accept the header, or null
    /// @return null if the client takes neither
    static @Nullable ResponseType preferred(@Nullable String accept) {
        if (accept == null || accept.isBlank()) {
            return JSON;
        }
        ResponseType best = null;
        double bestQuality = 0;
        for (var range : accept.split(",", -1)) {
            var type = MediaType.parse(range);
            var candidate = type == null ? null : of(type);
            double quality = type == null ? 0 : type.quality();
            if (candidate != null && quality > bestQuality) {
                best = candidate;
                bestQuality = quality;
            }
        }
        return best;
    }

    private static @Nullable ResponseType of(MediaType range) {
        return switch (range.name().toLowerCase(Locale.ROOT)) {
            case "application/graphql-response+json" -> range.isUtf8() ? GRAPHQL : null;
            case "application/json", "application/*", "*/*" -> range.isUtf8() ? JSON : null;
            default -> null;
        };
    }
}
