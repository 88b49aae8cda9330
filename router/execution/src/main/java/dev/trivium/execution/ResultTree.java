package dev.trivium.execution;

import java.util.Arrays;

/// What the subgraphs have answered to one request: objects and lists in one array of cells, over
/// the bytes as they were received.
///
/// An object or list is known by the index of its header; its slots or elements follow.
///
///     [ count 32 | flags 8 ] [ note ] [ note ] [ slot 0 ] [ slot 1 ] …
///
/// Slot 0 of an object is its `__typename`. An object or list may be part of the tree at several
/// places, once the same entity has been merged into several objects; it is copied before it is
/// changed for one of them ({@link #own}).
final class ResultTree {

    static final int HEADER = 3;

    /// A quarter of the heap, in cells of eight bytes, but enough for answers of ten megabytes.
    private static final long MOST_CELLS =
            Math.clamp(Runtime.getRuntime().maxMemory() / 32, 4L << 20, 64L << 20);

    private static final int COUNT_SHIFT = 8;
    private static final long ATTACHED = 1;
    private static final long SHARED = 2;

    private final TypeNames types;
    private byte[][] buffers;
    private int bufferCount;
    private long[] cells;
    private int top;
    private int epoch;

    /// Pairs of a copy and what it stands for, in the order of the copies, up to `replacements`.
    private int[] replaced = new int[0];

    private int replacements;

    /// @param buffers how many are expected
    ResultTree(TypeNames types, int buffers, int capacity) {
        this.types = types;
        this.buffers = new byte[buffers][];
        this.cells = new long[capacity];
    }

    /// Adds a buffer that cells may point into.
    ///
    /// @return its number
    /// @throws TooLarge beyond the limit
    int buffer(byte[] bytes) {
        if (bufferCount == buffers.length) {
            if (bufferCount == Cell.MAX_BUFFERS) {
                throw new TooLarge();
            }
            int more = Math.min(2 * bufferCount + 1, Cell.MAX_BUFFERS);
            buffers = Arrays.copyOf(buffers, more);
        }
        buffers[bufferCount] = bytes;
        return bufferCount++;
    }

    /// The bytes that a slice is part of.
    byte[] bytes(long slice) {
        return buffers[Cell.buffer(slice)];
    }

    /// How many cells are in use.
    int size() {
        return top;
    }

    /// A new object without any values.
    int newObject(int slots) {
        int index = allocate(slots);
        cells[index] = (long) slots << COUNT_SHIFT;
        return index;
    }

    int newList(long[] elements, int from, int end) {
        int count = end - from;
        int index = allocate(count);
        cells[index] = (long) count << COUNT_SHIFT;
        System.arraycopy(elements, from, cells, index + HEADER, count);
        return index;
    }

    /// @throws TooLarge beyond the limit
    private int allocate(int count) {
        int index = top;
        long needed = (long) top + HEADER + count;
        if (needed > cells.length) {
            if (needed > MOST_CELLS) {
                throw new TooLarge();
            }
            long more = Math.min(2L * cells.length, MOST_CELLS);
            cells = Arrays.copyOf(cells, (int) Math.max(needed, more));
        }
        top = (int) needed;
        return index;
    }

    /// The number of slots or elements.
    int count(int index) {
        return (int) (cells[index] >>> COUNT_SHIFT);
    }

    /// A slot or an element.
    long at(int index, int position) {
        return cells[index + HEADER + position];
    }

    void put(int index, int position, long cell) {
        cells[index + HEADER + position] = cell;
    }

    /// Whether it is part of the tree at more than one place.
    boolean isShared(int index) {
        return (cells[index] & SHARED) != 0;
    }

    /// Lets an object stand at one more place of the tree.
    long share(int object) {
        cells[object] |= SHARED;
        return Cell.object(object);
    }

    /// A note that a step keeps about an object or list: one of two.
    long note(int index, int which) {
        return cells[index + 1 + which];
    }

    void note(int index, int which, long note) {
        cells[index + 1 + which] = note;
    }

    /// A number that was never given before: notes of another epoch are void.
    int nextEpoch() {
        return ++epoch;
    }

    /// Takes note that a walk has come to an object or list. What is at one place only is not
    /// noted: there is no other way to it than from above.
    ///
    /// @param walk says which walk, and how far along; negative
    /// @return false if the walk was here before
    boolean visit(int index, long walk) {
        if (!isShared(index)) {
            return true;
        }
        if (note(index, 0) == walk) {
            return false;
        }
        note(index, 0, walk);
        return true;
    }

    /// The number of an object's runtime type; `otherwise` where its `__typename` was not asked
    /// for, {@link TypeNames#UNKNOWN} where it is none of the schema.
    int typeOf(int object, int otherwise) {
        long cell = cells[object + HEADER];
        if (cell == Cell.ABSENT) {
            return otherwise;
        }
        return Cell.tag(cell) == Cell.TYPE ? Cell.index(cell) : TypeNames.UNKNOWN;
    }

    /// Whether an object says that it is of a type which the schema does not have.
    boolean saysUnknownType(int object) {
        long cell = cells[object + HEADER];
        return cell != Cell.ABSENT && Cell.tag(cell) != Cell.TYPE;
    }

    /// Whether an object says its type, and so is of the same type as an object with an equal cell.
    boolean saysType(int object) {
        return Cell.tag(cells[object + HEADER]) == Cell.TYPE;
    }

    /// Merges some slots of one object into another of the same layout. A null replaces nothing.
    void merge(int target, int source, int[] slots) {
        for (int slot : slots) {
            mergeSlot(target, slot, at(source, slot), ATTACHED);
        }
    }

    /// Merges what is below: the source stays part of the tree, so what is taken over from it
    /// stands at two places.
    private void mergeAll(int target, int source) {
        int count = Math.min(count(target), count(source));
        for (int slot = 0; slot < count; slot++) {
            mergeSlot(target, slot, at(source, slot), SHARED);
        }
    }

    private void mergeSlot(int target, int slot, long incoming, long flag) {
        long present = at(target, slot);
        if (Cell.isNothing(incoming)) {
            if (present == Cell.ABSENT) {
                put(target, slot, incoming);
            }
            return;
        }
        int tag = Cell.tag(incoming);
        if (tag == Cell.TYPE && keepsType(present, incoming)) {
            return;
        }
        if (tag < Cell.OBJECT) {
            put(target, slot, incoming);
        } else if (Cell.tag(present) != tag) {
            attach(Cell.index(incoming), flag);
            put(target, slot, incoming);
        } else if (present != incoming) {
            mergeNested(target, slot, incoming);
        }
    }

    /// A subgraph that knows an interface only as an object type answers with the interface's name,
    /// which must not replace the name of the runtime type.
    private boolean keepsType(long present, long incoming) {
        return Cell.tag(present) == Cell.TYPE && !types.isObject(Cell.index(incoming));
    }

    private void mergeNested(int target, int slot, long incoming) {
        int mine = Cell.index(own(target, slot));
        int theirs = Cell.index(incoming);
        if (Cell.tag(incoming) == Cell.OBJECT) {
            mergeAll(mine, theirs);
        } else if (count(mine) == count(theirs)) {
            mergeAll(mine, theirs);
        }
    }

    private void attach(int index, long flag) {
        long header = cells[index];
        cells[index] = header | ((header & ATTACHED) == 0 ? flag : SHARED);
    }

    /// Makes the object or list in a slot one that stands at this place only.
    private long own(int target, int slot) {
        long cell = at(target, slot);
        if (isShared(Cell.index(cell))) {
            cell = copy(cell, true);
            put(target, slot, cell);
        }
        return cell;
    }

    /// A deep copy of an object or list; anything else is its own copy.
    long copy(long cell) {
        return copy(cell, false);
    }

    /// @param replaces whether the copy stands for the original at one place from now on
    private long copy(long cell, boolean replaces) {
        int tag = Cell.tag(cell);
        if (tag < Cell.OBJECT) {
            return cell;
        }
        int source = Cell.index(cell);
        int count = count(source);
        int target = allocate(count);
        cells[target] = (long) count << COUNT_SHIFT;
        if (replaces && tag == Cell.OBJECT) {
            replace(source, target);
        }
        for (int i = 0; i < count; i++) {
            put(target, i, copy(at(source, i), replaces));
        }
        return tag == Cell.OBJECT ? Cell.object(target) : Cell.list(target);
    }

    private void replace(int object, int copy) {
        if (2 * replacements == replaced.length) {
            replaced = Arrays.copyOf(replaced, Math.max(16, 4 * replacements));
        }
        replaced[2 * replacements] = copy;
        replaced[2 * replacements + 1] = object;
        replacements++;
    }

    /// How many objects have been replaced by copies so far. Who remembers objects has to look for
    /// them again once this has changed.
    int replacements() {
        return replacements;
    }

    /// The object that a copy stands for at its place, or -1 for an object that is no such copy.
    int original(int object) {
        int low = 0;
        int high = replacements;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (replaced[2 * middle] < object) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < replacements && replaced[2 * low] == object ? replaced[2 * low + 1] : -1;
    }

    /// Whether two objects can be the same entity by their runtime types.
    boolean typesAgree(int object, int other) {
        long mine = cells[object + HEADER];
        long theirs = cells[other + HEADER];
        return mine == theirs
                || Cell.tag(mine) != Cell.TYPE
                || Cell.tag(theirs) != Cell.TYPE
                || !types.isObject(Cell.index(mine))
                || !types.isObject(Cell.index(theirs));
    }

    /// Whether two leaves are the same value of a key. `1` and `"1"` are: an `ID` may be written
    /// either way. What is null, or no leaf, says nothing.
    boolean leavesAgree(long cell, long other) {
        if (!isKey(cell) || !isKey(other)) {
            return true;
        }
        byte[] mine = bytes(cell);
        byte[] theirs = bytes(other);
        int from = Cell.offset(cell);
        int otherFrom = Cell.offset(other);
        return Arrays.equals(
                        mine,
                        from,
                        from + Cell.length(cell),
                        theirs,
                        otherFrom,
                        otherFrom + Cell.length(other))
                || text(cell).equals(text(other))
                || (isDecimal(cell, other)
                        && Double.parseDouble(text(cell)) == Double.parseDouble(text(other)));
    }

    private static boolean isKey(long cell) {
        int tag = Cell.tag(cell);
        return tag >= Cell.STRING && tag <= Cell.FALSE;
    }

    /// Whether two leaves are numbers that may be written in several ways.
    private static boolean isDecimal(long cell, long other) {
        int mine = Cell.tag(cell);
        int theirs = Cell.tag(other);
        return (mine == Cell.DECIMAL && (theirs == Cell.DECIMAL || theirs == Cell.INTEGER))
                || (mine == Cell.INTEGER && theirs == Cell.DECIMAL);
    }

    /// The text of a string, or of any other leaf as it is written.
    String text(long cell) {
        int from = Cell.offset(cell);
        int length = Cell.length(cell);
        return Cell.tag(cell) == Cell.STRING
                ? JsonText.unquoted(bytes(cell), from, from + length)
                : JsonText.utf8(bytes(cell), from, length);
    }
}
