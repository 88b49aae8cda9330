package dev.trivium.server.events;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Collects a body, never more than a limit.
final class BoundedBody {
    private final int limit;
    private final Consumer<byte @Nullable []> whole;
    private final Buffer collected = Buffer.buffer();
    private boolean over;

    private BoundedBody(int limit, Consumer<byte @Nullable []> whole) {
        this.limit = limit;
        this.whole = whole;
    }

    /// @param whole gets the body once, or null where it is too large; not called where it breaks
    ///   off
    static void read(ReadStream<Buffer> body, int limit, Consumer<byte @Nullable []> whole) {
        var reader = new BoundedBody(limit, whole);
        body.handler(reader::chunk);
        body.endHandler(_ -> reader.finish(reader.collected.getBytes()));
    }

    private void chunk(Buffer chunk) {
        if (over) {
            return;
        }
        if (collected.length() + chunk.length() > limit) {
            finish(null);
        } else {
            collected.appendBuffer(chunk);
        }
    }

    private void finish(byte @Nullable [] bytes) {
        if (!over) {
            over = true;
            whole.accept(bytes);
        }
    }
}
