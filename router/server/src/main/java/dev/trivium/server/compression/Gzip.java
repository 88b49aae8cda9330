package dev.trivium.server.compression;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The one content coding that the router reads (RFC 9110, section 8.4.1.3).
///
/// (Vert.x could inflate by itself, but would take a corrupt stream for an empty body.)
public final class Gzip {
    private Gzip() {}

    /// @param contentEncoding the header, or null
    public static boolean isNamed(@Nullable String contentEncoding) {
        return contentEncoding != null
                && switch (contentEncoding.strip().toLowerCase(Locale.ROOT)) {
                    case "gzip", "x-gzip" -> true;
                    default -> false;
                };
    }

    /// @param contentEncoding the header, or null
    public static boolean isIdentity(@Nullable String contentEncoding) {
        return contentEncoding == null || contentEncoding.strip().equalsIgnoreCase("identity");
    }

    /// @param length how many of the bytes count
    /// @return at most one byte more than the limit
    /// @throws IOException if this is not gzip, or not all of it
    public static byte[] inflate(byte[] compressed, int length, int limit) throws IOException {
        try (var stream = new GZIPInputStream(new ByteArrayInputStream(compressed, 0, length))) {
            return stream.readNBytes(limit + 1);
        }
    }
}
