package dev.trivium.execution;

import java.util.Arrays;

/// A growing array of UTF-8 bytes.
final class JsonBuffer {

    byte[] bytes;
    int length;

    JsonBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    void append(byte[] source) {
        append(source, 0, source.length);
    }

    void append(byte[] source, int from, int count) {
        if (bytes.length - length < count) {
            grow(count);
        }
        System.arraycopy(source, from, bytes, length, count);
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

    private void grow(int count) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }
}
