package dev.trivium.execution;

import dev.trivium.planner.plan.Fetch.Representation;
import dev.trivium.planner.plan.Fetch.RepresentationField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes the representation of an object of the tree (Federation subgraph specification, `_Any`).
final class RepresentationWriter {

    private static final byte[] NULL = JsonText.utf8("null");

    private final TypeNames types;

    /// `{"__typename":`, with the name if that is fixed.
    private final byte[] start;

    private final boolean ownType;
    private final List<Field> fields;

    /// What the representation is made of, `__typename` included, if that is leaves only; else
    /// null.
    private final int @Nullable [] leaves;

    private RepresentationWriter(
            TypeNames types, byte[] start, boolean ownType, List<Field> fields) {
        this.types = types;
        this.start = start;
        this.ownType = ownType;
        this.fields = fields;
        this.leaves = leaves(fields);
    }

    private static int @Nullable [] leaves(List<Field> fields) {
        int[] leaves = new int[fields.size() + 1];
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (!field.fields.isEmpty() || field.filter != null) {
                return null;
            }
            leaves[i + 1] = field.slot;
        }
        return leaves;
    }

    /// Whether representations can be compared without writing them.
    boolean isFlat() {
        return leaves != null;
    }

    /// Whether objects that say their type, and are not alike, differ in their representations.
    boolean tellsApart() {
        return ownType;
    }

    /// The same for all objects that are alike.
    long hash(ResultTree tree, int object) {
        long hash = HashIndex.start();
        for (int slot : Objects.requireNonNull(leaves)) {
            long cell = tree.at(object, slot);
            hash =
                    Cell.isSlice(cell)
                            ? HashIndex.mix(
                                    hash, tree.bytes(cell), Cell.offset(cell), Cell.length(cell))
                            : HashIndex.mix(hash, cell);
        }
        return hash;
    }

    /// Whether two objects have the same representation, byte for byte.
    boolean isAlike(ResultTree tree, int object, int other) {
        for (int slot : Objects.requireNonNull(leaves)) {
            long mine = tree.at(object, slot);
            long theirs = tree.at(other, slot);
            if (mine != theirs && !sameBytes(tree, mine, theirs)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameBytes(ResultTree tree, long cell, long other) {
        if (!Cell.isSlice(cell) || !Cell.isSlice(other)) {
            return false;
        }
        int from = Cell.offset(cell);
        int otherFrom = Cell.offset(other);
        return Cell.length(cell) == Cell.length(other)
                && Arrays.equals(
                        tree.bytes(cell),
                        from,
                        from + Cell.length(cell),
                        tree.bytes(other),
                        otherFrom,
                        otherFrom + Cell.length(other));
    }

    /// @param fields empty for a leaf
    private record Field(byte[] key, int slot, boolean @Nullable [] filter, List<Field> fields) {}

    static RepresentationWriter of(Representation representation, Layout layout, TypeNames types) {
        String typename = representation.typename();
        String start = "{\"" + Layout.TYPENAME + "\":";
        List<RepresentationField> fields =
                representation.fields().stream()
                        .filter(field -> !field.name().equals(Layout.TYPENAME))
                        .toList();
        return new RepresentationWriter(
                types,
                JsonText.utf8(typename == null ? start : start + '"' + typename + '"'),
                typename == null,
                compile(fields, layout, types));
    }

    private static List<Field> compile(
            List<RepresentationField> fields, Layout layout, TypeNames types) {
        List<Field> compiled = new ArrayList<>();
        for (RepresentationField field : fields) {
            List<Field> below =
                    field.fields().isEmpty()
                            ? List.of()
                            : compile(field.fields(), layout.child(field.planKey()), types);
            compiled.add(
                    new Field(
                            JsonText.utf8('"' + field.name() + "\":"),
                            layout.slot(field.planKey()),
                            types.filter(field.types()),
                            below));
        }
        return List.copyOf(compiled);
    }

    /// @param type of the object
    /// @return false if a part is missing; what has been written is then of no use
    boolean write(JsonBuffer out, ResultTree tree, int object, int type) {
        out.append(start);
        if (ownType) {
            out.append(types.json(type));
        }
        return writeFields(out, tree, object, type, fields, true);
    }

    private boolean writeFields(
            JsonBuffer out,
            ResultTree tree,
            int object,
            int type,
            List<Field> fields,
            boolean comma) {
        boolean separate = comma;
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (type != TypeNames.UNKNOWN && !TypeNames.accepts(field.filter, type)) {
                continue;
            }
            if (separate) {
                out.append(',');
            }
            separate = true;
            out.append(field.key);
            if (!writeValue(out, tree, tree.at(object, field.slot), field)) {
                return false;
            }
        }
        out.append('}');
        return true;
    }

    private boolean writeValue(JsonBuffer out, ResultTree tree, long cell, Field field) {
        return switch (Cell.tag(cell)) {
            case Cell.TAG_ABSENT -> false;
            case Cell.TAG_NULL -> {
                out.append(NULL);
                yield true;
            }
            case Cell.OBJECT -> {
                int object = Cell.index(cell);
                out.append('{');
                int type = tree.typeOf(object, TypeNames.UNKNOWN);
                yield writeFields(out, tree, object, type, field.fields, false);
            }
            case Cell.LIST -> writeList(out, tree, Cell.index(cell), field);
            case Cell.TYPE -> {
                out.append(types.json(Cell.index(cell)));
                yield true;
            }
            default -> {
                out.append(tree.bytes(cell), Cell.offset(cell), Cell.length(cell));
                yield field.fields.isEmpty();
            }
        };
    }

    private boolean writeList(JsonBuffer out, ResultTree tree, int list, Field field) {
        out.append('[');
        int count = tree.count(list);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.append(',');
            }
            if (!writeValue(out, tree, tree.at(list, i), field)) {
                return false;
            }
        }
        out.append(']');
        return true;
    }
}
