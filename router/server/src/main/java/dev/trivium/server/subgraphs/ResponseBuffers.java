package dev.trivium.server.subgraphs;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Arrays for the responses of one event loop, one after the other. Most are written to the socket
/// at once, so that the same few arrays, warm in the processor's cache, serve nearly all requests.
public final class ResponseBuffers {
    private static final int MOST = 8;

    /// Longer ones are left to the collector.
    private static final int LONGEST = 1024 * 1024;

    private final Deque<byte[]> free = new ArrayDeque<>(MOST);

    /// @param capacity the least length
    public byte[] take(int capacity) {
        byte @Nullable [] known = free.pollLast();
        return known == null || known.length < capacity ? new byte[capacity] : known;
    }

    /// Takes an array back that nobody reads any more.
    public void give(byte[] array) {
        if (free.size() < MOST && array.length <= LONGEST) {
            free.addLast(array);
        }
    }
}
