package dev.trivium.server.compression;

import dev.trivium.server.compression.ContentCoder.BrotliCoder;
import dev.trivium.server.compression.ContentCoder.GzipCoder;
import dev.trivium.server.compression.ContentCoder.ZstdCoder;
import dev.trivium.server.configuration.HttpConfiguration.Coding;
import dev.trivium.server.configuration.HttpConfiguration.Compression;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compresses whole responses for clients that ask for it. For one event loop.
///
/// A response is coded in one go before it is sent: nothing stands in the way of those that are
/// not, and parts of a stream are never held back.
public final class ResponseCompression {
    private final Map<Coding, ContentCoder> coders = new EnumMap<>(Coding.class);

    /// Tells caches and the client which coding the response has.
    ///
    /// @return what to send instead; null if it is to be sent as it is
    public byte @Nullable [] code(
            Compression rules, HttpServerRequest request, byte[] plain, int length) {
        if (!rules.enabled() || length < rules.minimumSize()) {
            return null;
        }
        var headers = request.response().headers();
        headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        var accepted = request.headers().getAll(HttpHeaders.ACCEPT_ENCODING);
        if (accepted.isEmpty()) {
            return null;
        }
        var coding = AcceptEncoding.preferred(String.join(",", accepted), offered(rules));
        if (coding == null) {
            return null;
        }
        var coder = coders.computeIfAbsent(coding, it -> coder(it, rules.level()));
        try {
            var coded = coder.encode(plain, length);
            headers.set(HttpHeaders.CONTENT_ENCODING, coding.token());
            return coded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Coding> offered(Compression rules) {
        return rules.algorithms().stream().filter(NativeCodecs::has).toList();
    }

    private static ContentCoder coder(Coding coding, int level) {
        return switch (coding) {
            case GZIP -> new GzipCoder(level);
            case BR -> new BrotliCoder(level);
            case ZSTD -> new ZstdCoder(level);
        };
    }
}
