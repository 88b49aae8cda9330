package dev.trivium.execution;

import dev.trivium.planner.plan.Fetch.FetchField;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an object in an answer is expected to hold: for each key its slot, and the shape of the
/// objects below.
final class Shape {

    /// Of objects that stay apart even where they are equal.
    static final int NOT_REPEATED = -1;

    private static final int NONE = -1;

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    final int size;
    final int[] slots;
    final @Nullable Shape[] children;

    /// Differs between all shapes of a program, or is {@link #NOT_REPEATED}.
    final int repeatNumber;

    /// Each key as it is written, with its closing quote.
    private final byte[][] keys;

    /// The first eight bytes of each key, and those bits of them that count.
    private final long[] firstWords;

    private final long[] firstMasks;

    private final String[] names;

    private Shape(
            int size,
            List<FetchField> fields,
            int[] slots,
            @Nullable Shape[] children,
            int repeatNumber) {
        this.size = size;
        this.repeatNumber = repeatNumber;
        this.slots = slots;
        this.children = children;
        this.names = new String[fields.size()];
        this.keys = new byte[fields.size()][];
        this.firstWords = new long[keys.length];
        this.firstMasks = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            names[i] = fields.get(i).planKey();
            keys[i] = JsonText.utf8(names[i] + '"');
            int first = Math.min(keys[i].length, Long.BYTES);
            firstMasks[i] = -1L >>> (Long.SIZE - 8 * first);
            firstWords[i] = (long) WORDS.get(Arrays.copyOf(keys[i], Math.max(first, 8)), 0);
            firstWords[i] &= firstMasks[i];
        }
    }

    /// @param layout of the objects, which must be complete
    static Shape of(List<FetchField> fields, Layout layout, AnswerPlaces places) {
        int[] slots = new int[fields.size()];
        @Nullable Shape[] children = new @Nullable Shape[slots.length];
        for (int i = 0; i < slots.length; i++) {
            FetchField field = fields.get(i);
            slots[i] = layout.slot(field.planKey());
            if (field.isObject()) {
                children[i] =
                        of(
                                field.selections(),
                                layout.child(field.planKey()),
                                places.below(field.planKey()));
            }
        }
        return new Shape(layout.size(), fields, slots, children, places.repeatNumber());
    }

    /// The shape of an answer's `data` whose slots are its fields in order, from 1.
    static Shape ofLists(List<String> keys, List<Shape> elements) {
        int[] slots = new int[keys.size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = i + 1;
        }
        return new Shape(
                slots.length + 1,
                keys.stream().map(key -> new FetchField(key, List.of())).toList(),
                slots,
                elements.toArray(new @Nullable Shape[0]),
                NOT_REPEATED);
    }

    int count() {
        return keys.length;
    }

    String name(int field) {
        return names[field];
    }

    /// The number of the field with a key, or -1 if it was not asked for.
    int field(String key) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(key)) {
                return i;
            }
        }
        return NONE;
    }

    /// The number of the field whose key stands at a position, or -1 if it was not asked for. (A
    /// key written with escapes counts as not asked for: names need none.)
    ///
    /// @param from after the opening quote
    /// @param expected the number of the field that comes next if the subgraph answers in the order
    ///   of the request, as nearly all do: one comparison instead of a search
    int match(byte[] bytes, int from, int end, int expected) {
        if (expected < keys.length && matches(expected, bytes, from, end)) {
            return expected;
        }
        for (int i = 0; i < keys.length; i++) {
            if (matches(i, bytes, from, end)) {
                return i;
            }
        }
        return NONE;
    }

    int keyLength(int field) {
        return keys[field].length;
    }

    /// Two comparisons of a word for nearly all keys: a loop over bytes took a tenth of the time
    /// that an answer takes to be read.
    private boolean matches(int field, byte[] bytes, int from, int end) {
        int length = keys[field].length;
        if (end - from < length + Long.BYTES) {
            return end - from >= length
                    && Arrays.equals(bytes, from, from + length, keys[field], 0, length);
        }
        if ((((long) WORDS.get(bytes, from) ^ firstWords[field]) & firstMasks[field]) != 0) {
            return false;
        }
        return length <= Long.BYTES
                || Arrays.equals(
                        bytes, from + Long.BYTES, from + length, keys[field], Long.BYTES, length);
    }
}
