package dev.trivium.server.http;

import org.jspecify.annotations.Nullable;

/// The media types of a response that is sent piece by piece.
public enum StreamType {
    /// `multipart/mixed` with parts as the draft of August 2022 has them: each names its path.
    DEFER_SPEC("multipart/mixed;boundary=\"graphql\";deferSpec=20220824"),
    /// `multipart/mixed` with parts as graphql-js 17 has them: each has a number that was announced
    /// before.
    INCREMENTAL_SPEC("multipart/mixed;boundary=\"graphql\";incrementalSpec=v0.2"),
    /// `multipart/mixed` with the events of a subscription, each a `payload`.
    SUBSCRIPTION_SPEC("multipart/mixed;boundary=\"graphql\";subscriptionSpec=1.0"),
    /// `text/event-stream`, as GraphQL over SSE has it.
    EVENT_STREAM("text/event-stream; charset=utf-8");

    private final String contentType;

    StreamType(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /// How the parts of one answer are sent to a client that accepts a media range.
    ///
    /// @return null if the range does not fit
    static @Nullable StreamType ofParts(MediaType range) {
        return switch (range.name()) {
            case "multipart/mixed" -> {
                if (range.parameter("incrementalspec").equals("v0.2")) {
                    yield INCREMENTAL_SPEC;
                }
                var events = !range.parameter("subscriptionspec").isEmpty();
                var named = range.parameter("deferspec");
                yield !events && (named.isEmpty() || named.equals("20220824")) ? DEFER_SPEC : null;
            }
            case "text/event-stream" -> EVENT_STREAM;
            default -> null;
        };
    }

    /// How events are sent to a client that accepts a media range.
    ///
    /// @return null if the range does not fit
    static @Nullable StreamType ofEvents(MediaType range) {
        return switch (range.name()) {
            case "multipart/mixed" ->
                    range.parameter("subscriptionspec").equals("1.0") ? SUBSCRIPTION_SPEC : null;
            case "text/event-stream" -> EVENT_STREAM;
            default -> null;
        };
    }
}
