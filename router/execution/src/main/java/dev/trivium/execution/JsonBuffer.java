package dev.trivium.execution;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A growing array of UTF-8 bytes.
final class JsonBuffer {

    /// How much longer than its content an array should be to be copied in words.
    static final int SLACK = 4 * Long.BYTES;

    /// How much longer than all that is to be written a buffer must be so that it never grows.
    static final int ROOM = 2 * SLACK;

    private static final int TWO_WORDS = 2 * Long.BYTES;

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /// An eighth of the heap, but enough for any answer that people wait for.
    private static final long LONGEST =
            Math.clamp(Runtime.getRuntime().maxMemory() / 8, 16L << 20, 256L << 20);

    byte[] bytes;
    int length;

    JsonBuffer(int capacity) {
        this(new byte[capacity]);
    }

    /// @param bytes to be overwritten
    JsonBuffer(byte[] bytes) {
        this.bytes = bytes;
    }

    void append(byte[] source) {
        append(source, 0, source.length);
    }

    void append(byte[] source, int from, int count) {
        if (bytes.length - length < count + SLACK) {
            grow(count + SLACK);
        }
        copy(source, from, count, bytes, length);
        length += count;
    }

    /// Appends a key and a value: most of a response is that.
    void append(byte[] key, int keyLength, byte[] value, int from, int count) {
        if (bytes.length - length < keyLength + count + ROOM) {
            grow(keyLength + count + ROOM);
        }
        byte[] target = bytes;
        int at = length;
        copy(key, 0, keyLength, target, at);
        copy(value, from, count, target, at + keyLength);
        length = at + keyLength + count;
    }

    /// Most pieces of a response are shorter than four words, for which a call of `arraycopy` takes
    /// longer than copying two or four words whatever the length. What is written beyond the end is
    /// overwritten by the next piece.
    private static void copy(byte[] source, int from, int count, byte[] target, int to) {
        if (count > SLACK || source.length - from < SLACK) {
            System.arraycopy(source, from, target, to, count);
            return;
        }
        WORDS.set(target, to, (long) WORDS.get(source, from));
        WORDS.set(target, to + 8, (long) WORDS.get(source, from + 8));
        if (count > TWO_WORDS) {
            WORDS.set(target, to + 16, (long) WORDS.get(source, from + 16));
            WORDS.set(target, to + 24, (long) WORDS.get(source, from + 24));
        }
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
