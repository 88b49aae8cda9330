package dev.trivium.execution;

/// A value of the result tree, packed into 64 bits, so that a tree is one `long[]`: merging is
/// copying numbers, and a response of some thousand values costs the collector one array instead
/// of as many objects.
///
///     slice:            offset 24 | length 24 | buffer 12 | tag 4
///     OBJECT, LIST:     index 32  | 0                     | tag 4
///     TYPE:             type 32   | 0                     | tag 4
///
/// A slice points to a JSON value in one of the tree's buffers, strings with their quotes.
final class Cell {

    static final int TAG_ABSENT = 0;
    static final int TAG_NULL = 1;
    static final int STRING = 2;
    static final int INTEGER = 3;
    static final int DECIMAL = 4;

    /// A number beyond all that a `Float` can be.
    static final int HUGE = 5;

    static final int TRUE = 6;
    static final int FALSE = 7;
    static final int RAW_OBJECT = 8;
    static final int RAW_LIST = 9;
    static final int TYPE = 10;
    static final int OBJECT = 11;
    static final int LIST = 12;

    /// Never read; as opposed to null.
    static final long ABSENT = TAG_ABSENT;

    static final long NULL = TAG_NULL;

    /// The longest buffer, in bytes.
    static final int MAX_BUFFER_LENGTH = (1 << 24) - 1;

    /// How many buffers a tree can have.
    static final int MAX_BUFFERS = 1 << 12;

    private static final int LENGTH_SHIFT = 16;
    private static final int OFFSET_SHIFT = 40;
    private static final int LENGTH_MASK = (1 << 24) - 1;

    private Cell() {}

    static long slice(int tag, int buffer, int offset, int length) {
        return tag
                | ((long) buffer << 4)
                | ((long) length << LENGTH_SHIFT)
                | ((long) offset << OFFSET_SHIFT);
    }

    static long object(int index) {
        return OBJECT | ((long) index << 32);
    }

    static long list(int index) {
        return LIST | ((long) index << 32);
    }

    static long type(int id) {
        return TYPE | ((long) id << 32);
    }

    static int tag(long cell) {
        return (int) cell & 0xF;
    }

    /// Whether there is neither a value nor a null that a subgraph sent.
    static boolean isNothing(long cell) {
        return tag(cell) <= TAG_NULL;
    }

    /// Whether it points to bytes.
    static boolean isSlice(long cell) {
        int tag = tag(cell);
        return tag >= STRING && tag <= RAW_LIST;
    }

    /// The index of an object or a list, or the id of a type.
    static int index(long cell) {
        return (int) (cell >>> 32);
    }

    static int buffer(long cell) {
        return (int) (cell >>> 4) & 0xFFF;
    }

    static int offset(long cell) {
        return (int) (cell >>> OFFSET_SHIFT);
    }

    static int length(long cell) {
        return (int) (cell >>> LENGTH_SHIFT) & LENGTH_MASK;
    }
}
