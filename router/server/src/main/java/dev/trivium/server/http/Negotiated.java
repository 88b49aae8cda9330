package dev.trivium.server.http;

import dev.trivium.server.configuration.HttpConfiguration.StatusCodes;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The media types that a client accepts (RFC 9110, section 12.5.1), of each kind that which it
/// prefers; of two that it likes equally, the one that it names first.
///
/// @param whole for an answer in one piece; null if it accepts streams only
/// @param parts for an answer in parts; null if it does not accept any
/// @param events for many answers; null if it does not accept any
public record Negotiated(
        @Nullable ResponseType whole, @Nullable StreamType parts, @Nullable StreamType events) {
    private static final int MOST_RANGES = 64;

    /// For a client that has no preference.
    public static final Negotiated ANYTHING = new Negotiated(ResponseType.JSON, null, null);

    /// @param accept the header, or null
    /// @return null if the client takes nothing that there is
    static @Nullable Negotiated of(@Nullable String accept) {
        if (accept == null || accept.isBlank()) {
            return ANYTHING;
        }
        var ranges = accept.split(",", MOST_RANGES);
        var whole = new Best<>(ResponseType::of);
        var parts = new Best<>(StreamType::ofParts);
        var events = new Best<>(StreamType::ofEvents);
        for (var text : ranges) {
            var range = MediaType.parse(text);
            if (range != null) {
                whole.consider(range);
                parts.consider(range);
                events.consider(range);
            }
        }
        return whole.found == null && parts.found == null && events.found == null
                ? null
                : new Negotiated(whole.found, parts.found, events.found);
    }

    /// The same with the statuses that are configured.
    public Negotiated with(StatusCodes codes) {
        return whole == null || whole.with(codes) == whole
                ? this
                : new Negotiated(whole.with(codes), parts, events);
    }

    /// For an answer in one piece, also to a client that would rather have a stream.
    public ResponseType wholeOrJson() {
        return whole == null ? ResponseType.JSON : whole;
    }

    private static final class Best<T> {
        private final Function<MediaType, @Nullable T> type;
        private @Nullable T found;
        private double quality;

        Best(Function<MediaType, @Nullable T> type) {
            this.type = type;
        }

        void consider(MediaType range) {
            if (range.quality() > quality) {
                var candidate = type.apply(range);
                if (candidate != null) {
                    found = candidate;
                    quality = range.quality();
                }
            }
        }
    }
}
