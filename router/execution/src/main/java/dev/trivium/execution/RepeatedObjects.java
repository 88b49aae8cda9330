package dev.trivium.execution;

import java.util.Arrays;

/// The objects of an answer that were read before, by their bytes. One that stands there again need
/// not be read again: it is the same object of the tree, at another place. The same few entities
/// are most of many answers, for they are written out wherever they are referred to.
///
/// A table with one place for each hash: what is pushed out of it is just read once more. How much
/// of the start of an object is hashed, follows from the shortest one of its shape, so that the
/// bytes after it never count.
final class RepeatedObjects {

    static final int NONE = -1;

    private static final int LONGEST_START = 8 * Long.BYTES;
    private static final int SMALLEST_TABLE = 32;
    private static final int LARGEST_TABLE = 2048;

    /// An answer as long as this for each place of the table, in bytes.
    private static final int BYTES_FOR_A_PLACE = 64;

    /// How many objects of a shape are looked for in vain before it is given up. A find saves more
    /// than it costs to look for some others.
    private static final int PATIENCE = 48;

    private static final int MOST_PATIENCE = 4 * PATIENCE;
    private static final int FIND = 8;

    private static final int SHAPES = 32;

    private final byte[] bytes;
    private final int end;

    /// By the number of a shape: how many bytes of an object's start are hashed; 0 before the first
    /// object. Shapes whose numbers end alike share what only decides how fast objects are found.
    private final int[] startLengths = new int[SHAPES];

    private final int[] patience = new int[SHAPES];

    /// By place in the table. Those of no object have the length 0.
    private int[] froms = {};

    private int[] lengths = {};
    private int[] objects = {};

    /// The number of the shape, and the depth in the text.
    private long[] kinds = {};

    RepeatedObjects(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /// The place of an equal object.
    ///
    /// @param number of a shape
    /// @param from where the object starts
    /// @return {@link #NONE} if there is none
    int find(int number, int depth, int from) {
        int shape = number & (SHAPES - 1);
        int startLength = startLengths[shape];
        if (startLength == 0 || patience[shape] == 0 || end - from < startLength) {
            return NONE;
        }
        int place = place(number, from, startLength);
        int length = lengths[place];
        if (kinds[place] == kind(number, depth)
                && end - from >= length
                && Arrays.equals(
                        bytes, from, from + length, bytes, froms[place], froms[place] + length)) {
            patience[shape] = Math.min(patience[shape] + FIND, MOST_PATIENCE);
            return place;
        }
        patience[shape]--;
        return NONE;
    }

    int object(int place) {
        return objects[place];
    }

    int length(int place) {
        return lengths[place];
    }

    /// Takes note of an object that was looked for and not found.
    void add(int number, int depth, int from, int length, int object) {
        if (froms.length == 0) {
            createTable();
        }
        int shape = number & (SHAPES - 1);
        int known = startLengths[shape];
        if (known == 0) {
            patience[shape] = PATIENCE;
        } else if (patience[shape] == 0) {
            return;
        }
        int startLength = Math.min(length, known == 0 ? LONGEST_START : known);
        startLengths[shape] = startLength;
        int place = place(number, from, startLength);
        froms[place] = from;
        lengths[place] = length;
        objects[place] = object;
        kinds[place] = kind(number, depth);
    }

    private void createTable() {
        int wanted = Integer.highestOneBit(Math.max(1, end / BYTES_FOR_A_PLACE));
        int size = Math.clamp(wanted, SMALLEST_TABLE, LARGEST_TABLE);
        froms = new int[size];
        lengths = new int[size];
        objects = new int[size];
        kinds = new long[size];
    }

    /// Never 0, as an object stands in another one.
    private static long kind(int number, int depth) {
        return (long) number << Integer.SIZE | depth;
    }

    private int place(int number, int from, int length) {
        return (int) HashIndex.mix(number, bytes, from, length) & (froms.length - 1);
    }
}
