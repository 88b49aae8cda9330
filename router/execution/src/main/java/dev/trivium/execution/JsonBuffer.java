package dev.trivium.execution;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A growing array of UTF-8 bytes.
final class JsonBuffer {

    /// How much longer than its content an array should be to be copied in words.
    static final int SLACK = 2 * Long.BYTES;

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /// An eighth of the heap, but enough for any answer that people wait for.
    private static final long LONGEST =
            Math.clamp(Runtime.getRuntime().maxMemory() / 8, 16L << 20, 256L << 20);

    byte[] bytes;
    int length;

    JsonBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    void append(byte[] source) {
        append(source, 0, source.length);
    }

    /// Most pieces of a response are shorter than two words, for which a call of `arraycopy` takes
    /// longer than copying two words whatever the length. What is written beyond the end is
    /// overwritten by the next piece.
    void append(byte[] source, int from, int count) {
        if (bytes.length - length < count + SLACK) {
            grow(count + SLACK);
        }
        if (count <= SLACK && source.length - from >= SLACK) {
            WORDS.set(bytes, length, (long) WORDS.get(source, from));
            WORDS.set(bytes, length + Long.BYTES, (long) WORDS.get(source, from + Long.BYTES));
        } else {
            System.arraycopy(source, from, bytes, length, count);
        }
        length += count;
    }

    void append(char ascii) {
        if (bytes.length == length) {
            grow(1);
        }
        bytes[length++] = (byte) ascii;
    }

    /// Appends what stands at another place of this buffer.
    void repeat(int from, int count) {
        append(bytes, from, count);
    }

    /// @throws TooLarge beyond the limit
    private void grow(int count) {
        long needed = (long) length + count;
        if (needed > LONGEST) {
            throw new TooLarge();
        }
        bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * bytes.length, LONGEST)));
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }
}
