package dev.trivium.server.subgraphs;

import dev.trivium.server.uploads.IncomingFile;
import dev.trivium.server.uploads.UploadedFiles.Parts;
import dev.trivium.server.uploads.UploadedFiles.Taker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A GraphQL request with files (GraphQL multipart request). Each is passed on while the client
/// sends it, as fast as the subgraph takes it.
public final class UploadBody implements CallBody, Taker {
    private final Parts parts;
    private final Duration longest;
    private final Queue<IncomingFile> ready = new ArrayDeque<>();
    private final String boundary = "trivium-" + UUID.randomUUID();
    private final Promise<HttpClientResponse> head = Promise.promise();
    private int missing;
    private boolean sent;
    private boolean over;
    private @Nullable HttpClientRequest request;
    private @Nullable IncomingFile current;

    /// A file does not come, so that the call makes no sense.
    static final class BrokenUpload extends Exception {
        private static final long serialVersionUID = 1;
        private final String reason;

        private BrokenUpload(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /// @param longest that the client may take to send the files
    public UploadBody(Parts parts, Duration longest) {
        this.parts = parts;
        this.longest = longest;
        this.missing = parts.paths().size();
    }

    @Override
    public RequestOptions options(RequestOptions usual) {
        return new RequestOptions(usual)
                .putHeader("content-type", "multipart/form-data; boundary=" + boundary)
                // Servers refuse what any web page could send without asking.
                .putHeader("graphql-require-preflight", "1")
                .putHeader("apollo-require-preflight", "1");
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public Duration longest() {
        return longest;
    }

    @Override
    public Future<HttpClientResponse> send(HttpClientRequest connected) {
        request = connected;
        connected.setChunked(true);
        connected.response().onComplete(head::tryComplete, head::tryFail);
        var map = new JsonObject();
        parts.paths().forEach((key, paths) -> map.put(key, new JsonArray(paths)));
        write(
                Buffer.buffer(part("name=\"operations\"", "application/json"))
                        .appendBytes(parts.operations())
                        .appendString(part("name=\"map\"", "application/json"))
                        .appendBuffer(map.toBuffer()));
        passOn();
        return head.future();
    }

    private String part(String disposition, String type) {
        return "\r\n--%s\r\ncontent-disposition: form-data; %s\r\ncontent-type: %s\r\n\r\n"
                .formatted(boundary, disposition, type);
    }

    private void write(Buffer data) {
        if (request != null && !over) {
            var _ = request.write(data);
        }
    }

    @Override
    public void file(IncomingFile file) {
        if (over) {
            file.discard();
        } else {
            ready.add(file);
            passOn();
        }
    }

    /// One file is written after the other.
    private void passOn() {
        if (request != null && current == null && !ready.isEmpty()) {
            write(ready.remove(), request);
        }
    }

    private void write(IncomingFile file, HttpClientRequest to) {
        current = file;
        var header = file.header();
        var names =
                "name=\"%s\"; filename=\"%s\""
                        .formatted(quotable(header.name()), quotable(header.filename()));
        write(Buffer.buffer(part(names, typeOf(header.contentType()))));
        file.read(
                chunk -> {
                    write(chunk);
                    if (!over && to.writeQueueFull()) {
                        file.pause();
                        to.drainHandler(_ -> file.resume());
                    }
                },
                () -> fileEnded(to));
    }

    private void fileEnded(HttpClientRequest to) {
        current = null;
        missing--;
        if (missing == 0 && !over) {
            sent = true;
            var _ = to.end(Buffer.buffer("\r\n--" + boundary + "--\r\n"));
        }
        passOn();
    }

    /// As browsers do it (HTML, section "Multipart form data").
    private static String quotable(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String typeOf(@Nullable String contentType) {
        return contentType == null
                ? "application/octet-stream"
                : contentType.replaceAll("[^\\x20-\\x7e]", "");
    }

    @Override
    public void failed(String message) {
        head.tryFail(new BrokenUpload(message));
    }

    @Override
    public boolean isSent() {
        return sent;
    }

    @Override
    public void over() {
        over = true;
        if (current != null) {
            current.discard();
            current = null;
        }
        ready.forEach(IncomingFile::discard);
        ready.clear();
    }
}
