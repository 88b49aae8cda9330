package dev.trivium.server;

import dev.trivium.server.compression.Gzip;
import dev.trivium.server.http.ErrorCode;
import dev.trivium.server.http.Refusal;
import dev.trivium.server.http.Step;
import dev.trivium.server.http.Step.Later;
import dev.trivium.server.http.Step.Next;
import dev.trivium.server.http.Step.Refuse;
import dev.trivium.server.subgraphs.Deadlines;
import dev.trivium.server.subgraphs.Deadlines.Deadline;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/// Collects the body of one request, never more than the limit, before and after decompression.
final class BodyReader {
    private static final long PATIENCE_MILLISECONDS = 10_000;

    private final int limit;
    private final boolean gzip;
    private final CompletableFuture<Step<byte[]>> result = new CompletableFuture<>();
    private final Buffer collected = Buffer.buffer();
    private final Deadline deadline;

    private BodyReader(Deadlines deadlines, int limit, boolean gzip) {
        this.limit = limit;
        this.gzip = gzip;
        this.deadline =
                deadlines.in(
                        PATIENCE_MILLISECONDS,
                        () -> abort(ErrorCode.REQUEST_TIMEOUT, "the body did not arrive in time"));
    }

    /// Must be called before the handler of the request returns.
    static Step<byte[]> read(Deadlines deadlines, HttpServerRequest request, int limit) {
        var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        var gzip = Gzip.isNamed(encoding);
        if (!gzip && !Gzip.isIdentity(encoding)) {
            return new Refuse<>(
                    new Refusal.OfRequest(
                                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                                    "the body may be plain or gzip, nothing else")
                            .with("accept-encoding", "gzip"));
        }
        if (announcedLength(request) > limit) {
            return new Refuse<>(tooLarge());
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            var _ = request.response().writeContinue();
        }
        var reader = new BodyReader(deadlines, limit, gzip);
        request.handler(reader::chunk).endHandler(_ -> reader.end());
        request.exceptionHandler(
                _ -> reader.abort(ErrorCode.BAD_REQUEST, "the body did not arrive as a whole"));
        return new Later<>(reader.result);
    }

    private static long announcedLength(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException _) {
            // More digits than a long has; whatever is not a number was refused by the codec.
            return Long.MAX_VALUE;
        }
    }

    private void chunk(Buffer chunk) {
        if (result.isDone()) {
            return;
        }
        if (collected.length() + chunk.length() > limit) {
            finish(new Refuse<>(tooLarge()));
        } else {
            collected.appendBuffer(chunk);
        }
    }

    private void end() {
        if (result.isDone()) {
            return;
        }
        var bytes = collected.getBytes();
        finish(gzip ? inflate(bytes) : new Next<>(bytes));
    }

    private Step<byte[]> inflate(byte[] compressed) {
        try {
            var bytes = Gzip.inflate(compressed, compressed.length, limit);
            return bytes.length > limit ? new Refuse<>(tooLarge()) : new Next<>(bytes);
        } catch (IOException _) {
            return new Refuse<>(
                    new Refusal.OfRequest(ErrorCode.BAD_REQUEST, "the body is not gzip"));
        }
    }

    private static Refusal tooLarge() {
        return new Refusal.OfRequest(ErrorCode.PAYLOAD_TOO_LARGE, "the body is too large")
                .with("connection", "close");
    }

    private void abort(ErrorCode code, String message) {
        finish(new Refuse<>(new Refusal.OfRequest(code, message).with("connection", "close")));
    }

    private void finish(Step<byte[]> step) {
        deadline.cancel();
        result.complete(step);
    }
}
