package dev.trivium.server.subgraphs;

import dev.trivium.execution.SubgraphClient.Call;
import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.Failure.Kind;
import dev.trivium.execution.SubgraphClient.ResponseSink;
import dev.trivium.server.compression.Gzip;
import dev.trivium.server.subgraphs.Deadlines.Deadline;
import dev.trivium.server.subgraphs.UploadBody.BrokenUpload;
import dev.trivium.server.subgraphs.VertxSubgraphClient.Loop;
import io.netty.channel.Channel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpClientConnection;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One call of a subgraph, with its single retry. Lives on one event loop.
///
/// A subgraph may close a connection that it has kept alive just when a request is on its way. A
/// query is then sent once more; a mutation is not, since it may have been carried out.
public final class SubgraphCall implements Call {
    private static final byte[] EMPTY = {};

    private final Loop loop;
    private final SubgraphTarget target;
    private final @Nullable String authorization;
    private final CallBody content;
    private final ResponseSink sink;

    private @Nullable Deadline deadline;
    private boolean ended;
    private boolean retried;
    private @Nullable HttpClientRequest sent;
    private byte[] body = EMPTY;

    /// How long the body will be if the subgraph has said so, else -1.
    private int announced;

    private int length;

    public SubgraphCall(
            Loop loop,
            SubgraphTarget target,
            @Nullable String authorization,
            CallBody content,
            ResponseSink sink) {
        this.loop = loop;
        this.target = target;
        this.authorization = authorization;
        this.content = content;
        this.sink = sink;
    }

    public SubgraphCall start() {
        deadline =
                loop.deadlines()
                        .in(
                                target.traffic().timeout().plus(content.longest()).toMillis(),
                                () -> abort(Kind.TIMEOUT, "the subgraph did not answer in time"));
        attempt();
        return this;
    }

    @Override
    public void cancel() {
        if (!ended) {
            end();
            reset();
        }
    }

    private void attempt() {
        loop.http()
                .request(content.options(target.options()))
                .onComplete(connected -> {
                    if (connected.succeeded()) {
                        write(connected.result());
                    } else {
                        // Never before the caller has its `Call`: see the port's contract.
                        loop.vertx().runOnContext(_ -> unavailable(connected.cause()));
                    }
                });
    }

    private void write(HttpClientRequest connected) {
        // Failures come with the answer that there is none; without a handler, Vert.x logs them.
        connected.exceptionHandler(_ -> {});
        if (ended) {
            var _ = connected.reset();
            return;
        }
        sent = connected;
        if (authorization != null) {
            connected.putHeader(HttpHeaders.AUTHORIZATION, authorization);
        }
        content.send(connected)
                .onComplete(head -> {
                    if (head.succeeded()) {
                        read(head.result());
                    } else {
                        noResponse(head.cause());
                    }
                });
    }

    private void noResponse(Throwable cause) {
        if (ended) {
            return;
        }
        if (cause instanceof BrokenUpload upload) {
            abort(Kind.UNAVAILABLE, upload.reason());
            return;
        }
        var broken = cause instanceof IOException || cause instanceof HttpClosedException;
        if (broken && content.isRepeatable() && !retried) {
            retried = true;
            attempt();
        } else {
            unavailable(cause);
        }
    }

    private void read(HttpClientResponse response) {
        if (ended) {
            return;
        }
        response.exceptionHandler(
                _ -> fail(new Failure(Kind.UNAVAILABLE, "the subgraph broke off its answer")));
        long announcedLength = announcedLength(response);
        if (announcedLength > target.longestResponse()) {
            tooLarge();
            return;
        }
        announced = (int) announcedLength;
        response.handler(this::chunk);
        response.endHandler(_ -> {
            if (!ended) {
                received(response);
            }
        });
    }

    private void received(HttpClientResponse response) {
        var coding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (Gzip.isIdentity(coding)) {
            answered(response, length == body.length ? body : Arrays.copyOf(body, length));
        } else if (Gzip.isNamed(coding)) {
            inflate(response);
        } else {
            fail(new Failure(Kind.MALFORMED, "the subgraph's answer has an unknown coding"));
        }
    }

    private void inflate(HttpClientResponse response) {
        try {
            var inflated = Gzip.inflate(body, length, target.longestResponse());
            if (inflated.length > target.longestResponse()) {
                tooLarge();
            } else {
                answered(response, inflated);
            }
        } catch (IOException _) {
            fail(new Failure(Kind.MALFORMED, "the subgraph's answer is not the gzip it claims"));
        }
    }

    private void answered(HttpClientResponse response, byte[] bytes) {
        if (!content.isSent()) {
            reset();
        }
        end();
        sink.answered(response.statusCode(), bytes);
    }

    private static long announcedLength(HttpClientResponse response) {
        var header = response.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return header == null ? -1 : Long.parseLong(header);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private void chunk(Buffer chunk) {
        if (ended) {
            return;
        }
        int needed = length + chunk.length();
        if (needed > target.longestResponse()) {
            tooLarge();
            return;
        }
        byte[] whole = length == 0 && needed == announced ? array(chunk) : null;
        if (whole != null) {
            body = whole;
        } else {
            if (needed > body.length) {
                body = Arrays.copyOf(body, Math.max(needed, Math.max(announced, 2 * length)));
            }
            chunk.getBytes(body, length);
        }
        length = needed;
    }

    /// The array that holds a buffer and nothing else, if there is one. Vert.x copies what arrives
    /// into such arrays and keeps none, so that most answers need no second copy.
    private static byte @Nullable [] array(Buffer buffer) {
        var bytes = ((BufferInternal) buffer).getByteBuf();
        return bytes.hasArray()
                        && bytes.arrayOffset() + bytes.readerIndex() == 0
                        && bytes.array().length == bytes.readableBytes()
                ? bytes.array()
                : null;
    }

    private void tooLarge() {
        abort(Kind.TOO_LARGE, "the subgraph's answer is too large");
    }

    private void unavailable(Throwable cause) {
        if (!ended) {
            fail(new Failure(Kind.UNAVAILABLE, "the subgraph cannot be reached"), cause);
        }
    }

    /// Gives up on an exchange that is under way; its connection serves nobody else.
    private void abort(Kind kind, String message) {
        if (!ended) {
            fail(new Failure(kind, message));
            reset();
        }
    }

    private void fail(Failure failure) {
        fail(failure, null);
    }

    private void fail(Failure failure, @Nullable Throwable cause) {
        if (!ended) {
            end();
            loop.failures().add(target.name(), failure, cause);
            sink.failed(failure);
        }
    }

    private void reset() {
        if (sent == null) {
            return;
        }
        // Nothing is left to do if the connection has gone already.
        var _ = sent.reset();
        if (sent.version() != HttpVersion.HTTP_2
                && sent.connection() instanceof HttpClientConnection connection) {
            closeIfStuck(connection.channelHandlerContext().channel());
        }
    }

    /// Vert.x closes a connection once the subgraph has read all that was written, if ever.
    private static void closeIfStuck(Channel channel) {
        if (!channel.isWritable()) {
            var _ = channel.pipeline().firstContext().close();
        }
    }

    private void end() {
        ended = true;
        if (deadline != null) {
            deadline.cancel();
        }
        content.over();
    }
}
