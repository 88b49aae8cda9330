package dev.trivium.execution;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Finds numbers by a hash. Whether a number is the right one, only its owner can tell: equal
/// hashes say where to look, no more.
///
///     for (int at = index.start(hash); index.number(at) >= 0; at = index.next(at)) …
final class HashIndex {

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// Not predictable from outside, so that nobody can choose keys that all hash alike.
    private static final long SEED = new SplittableRandom().nextLong();

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /// Open addressing, at most half full; numbers plus one.
    private int[] numbers = new int[32];

    private int[] hashes = new int[32];
    private int count;

    static long start() {
        return SEED;
    }

    /// Adds a number to a hash.
    static long mix(long hash, long value) {
        long mixed = (hash ^ value) * MULTIPLIER;
        return mixed ^ (mixed >>> 32);
    }

    /// Adds bytes to a hash, eight at a time.
    static long mix(long hash, byte[] bytes, int from, int length) {
        long mixed = mix(hash, length);
        int at = from;
        int end = from + length;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            mixed = mix(mixed, (long) WORDS.get(bytes, at));
        }
        return at < end ? mix(mixed, tail(bytes, at, end)) : mixed;
    }

    /// Less than eight bytes as a number.
    private static long tail(byte[] bytes, int from, int end) {
        if (from + Long.BYTES <= bytes.length) {
            return (long) WORDS.get(bytes, from) & ((1L << (8 * (end - from))) - 1);
        }
        long tail = 0;
        for (int at = end - 1; at >= from; at--) {
            tail = tail << 8 | (bytes[at] & 0xFF);
        }
        return tail;
    }

    /// The first place to look for a hash.
    int start(long hash) {
        return (int) hash & (numbers.length - 1);
    }

    /// The place to look after another.
    int next(int place) {
        return (place + 1) & (numbers.length - 1);
    }

    /// The number at a place, or -1 where the search ends.
    int number(int place) {
        return numbers[place] - 1;
    }

    void add(long hash, int number) {
        if (2 * count >= numbers.length) {
            grow();
        }
        insert((int) hash, number + 1);
        count++;
    }

    private void grow() {
        int[] oldNumbers = numbers;
        int[] oldHashes = hashes;
        numbers = new int[2 * oldNumbers.length];
        hashes = Arrays.copyOf(numbers, numbers.length);
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] != 0) {
                insert(oldHashes[i], oldNumbers[i]);
            }
        }
    }

    private void insert(int hash, int stored) {
        int place = hash & (numbers.length - 1);
        while (numbers[place] != 0) {
            place = next(place);
        }
        numbers[place] = stored;
        hashes[place] = hash;
    }
}
