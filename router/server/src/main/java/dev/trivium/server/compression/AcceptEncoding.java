package dev.trivium.server.compression;

import dev.trivium.server.configuration.HttpConfiguration.Coding;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which coding of a response a client prefers (RFC 9110, section 12.5.3).
final class AcceptEncoding {
    private AcceptEncoding() {}

    /// @param header `Accept-Encoding`, or null
    /// @param offered the first of two that the client likes equally is taken
    /// @return null for none: the client takes none of them, or likes the plain response better
    static @Nullable Coding preferred(@Nullable String header, List<Coding> offered) {
        if (header == null) {
            return null;
        }
        var ranges = header.toLowerCase(Locale.ROOT).split(",", -1);
        double plain = quality(ranges, "identity", false);
        Coding best = null;
        double bestQuality = 0;
        for (var coding : offered) {
            double quality = quality(ranges, coding.token(), true);
            if (quality > bestQuality && quality >= plain) {
                best = coding;
                bestQuality = quality;
            }
        }
        return best;
    }

    /// The weight of a coding; 0 where it is not named.
    ///
    /// @param wild whether `*` stands for it, too
    private static double quality(String[] ranges, String token, boolean wild) {
        double ofAny = 0;
        for (var range : ranges) {
            int end = range.indexOf(';');
            var name = (end < 0 ? range : range.substring(0, end)).strip();
            if (name.equals(token) || name.equals("x-" + token)) {
                return weight(range, end);
            }
            if (wild && name.equals("*")) {
                ofAny = weight(range, end);
            }
        }
        return ofAny;
    }

    private static double weight(String range, int semicolon) {
        if (semicolon < 0) {
            return 1;
        }
        var parameter = range.substring(semicolon + 1).strip();
        try {
            return parameter.startsWith("q=") ? Double.parseDouble(parameter.substring(2)) : 1;
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
