package dev.trivium.server.explorer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/// What the build of `router/server/explorer` has put beside this class: the page, and files that
/// are compressed already.
final class ExplorerFiles {
    private static final Map<String, String> TYPES =
            Map.of(
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "woff2", "font/woff2");

    private static final Set<String> NAMES =
            text("assets.txt").lines().collect(Collectors.toUnmodifiableSet());

    private static final String PAGE = text("index.html");

    private static final String PAGE_WITH_PLANS =
            PAGE.replace("data-query-plans=\"off\"", "data-query-plans=\"on\"");

    private static final Map<String, byte[]> COMPRESSED = new ConcurrentHashMap<>();

    private ExplorerFiles() {}

    static boolean has(String name) {
        return NAMES.contains(name);
    }

    static String type(String name) {
        var extension = name.substring(name.lastIndexOf('.') + 1);
        return Objects.requireNonNull(TYPES.get(extension), name);
    }

    static String page(boolean queryPlans) {
        return queryPlans ? PAGE_WITH_PLANS : PAGE;
    }

    /// Reads a file, off the event loop unless it is in memory.
    ///
    /// @param name one that there is
    static Future<byte[]> read(Vertx vertx, String name, boolean compressed) {
        var known = COMPRESSED.get(name);
        if (known != null && compressed) {
            return Future.succeededFuture(known);
        }
        return vertx.executeBlocking(() -> load(name, compressed), false)
                .map(Objects::requireNonNull);
    }

    private static byte[] load(String name, boolean compressed) throws IOException {
        var bytes = COMPRESSED.computeIfAbsent(name, it -> resource(it + ".gz"));
        return compressed ? bytes : inflated(bytes);
    }

    private static byte[] inflated(byte[] compressed) throws IOException {
        try (var stream = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return stream.readAllBytes();
        }
    }

    private static String text(String name) {
        return new String(resource(name), UTF_8);
    }

    private static byte[] resource(String name) {
        try (var stream = ExplorerFiles.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
