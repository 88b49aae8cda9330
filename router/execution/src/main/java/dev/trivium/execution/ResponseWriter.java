package dev.trivium.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes the response from the tree, and completes its values on the way (GraphQL specification,
/// section 6.4.3): each is checked against its type, and where a null is not allowed, what has been
/// written since the nearest nullable position is taken back.
final class ResponseWriter {

    private static final byte[] NULL = JsonText.utf8("null");
    private static final byte[] DATA = JsonText.utf8("{\"data\":");
    private static final int LONGEST_INT = 11;

    /// What became of a value.
    private enum Written {
        VALUE,
        /// Nothing is written: there is no value.
        NOTHING,
        /// Nothing is written: the value is not what it must be, and the error is reported.
        REPORTED
    }

    private final ResultTree tree;
    private final ErrorLog errors;
    private final JsonBuffer out;

    /// The path to the current position: a field, or null and a position in a list.
    private @Nullable ResponseField[] fields = new @Nullable ResponseField[32];

    private int[] positions = new int[32];
    private int depth;

    /// How many nulls were not allowed so far, reported or explained by other errors.
    private int faults;

    /// What was written before this changed may not be repeated: it is gone.
    private int epoch;

    /// The path of the object that is written.
    private final List<Object> start;

    /// The same in the tree.
    private final int[] startSteps;

    /// The objects that have been written, and of which more follows.
    private final List<DeferredObject> deferred = new ArrayList<>();

    private ResponseWriter(
            ResultTree tree,
            ErrorLog errors,
            JsonBuffer out,
            List<Object> start,
            int[] startSteps) {
        this.tree = tree;
        this.errors = errors;
        this.out = out;
        this.start = start;
        this.startSteps = startSteps;
        this.epoch = tree.nextEpoch();
    }

    /// Appends the response. Errors of completion are added to those that are known.
    ///
    /// @return what follows in deferred parts
    static List<DeferredObject> write(
            ResultTree tree, int object, ResponseSelection root, ErrorLog errors, JsonBuffer out) {
        ResponseWriter writer = new ResponseWriter(tree, errors, out, List.of(), new int[0]);
        writer.part(object, root.onlyType(), root);
        return writer.deferred;
    }

    /// Appends what a deferred part adds to an object. A null that must not be takes nothing along
    /// but the part.
    ///
    /// @return what follows inside of the part
    static List<DeferredObject> write(
            ResultTree tree, int root, DeferredObject more, ErrorLog errors, JsonBuffer out) {
        ResponseWriter writer = new ResponseWriter(tree, errors, out, more.path(), more.steps());
        writer.part(more.find(tree, root), more.type(), more.deferred().selection());
        return writer.deferred;
    }

    private void part(int object, int type, ResponseSelection selection) {
        out.append(DATA);
        if (fields(object, selection.of(type))) {
            defer(selection, type);
        } else {
            out.append(NULL);
        }
        if (!errors.isEmpty()) {
            out.append(',');
            errors.write(out);
        }
        out.append('}');
    }

    /// Takes note of the parts that follow about an object. One without a field for objects of the
    /// type is left out, but not those inside of it.
    private void defer(ResponseSelection selection, int type) {
        List<ResponseSelection.Deferred> parts = selection.deferred();
        for (int i = 0; i < parts.size(); i++) {
            ResponseSelection.Deferred part = parts.get(i);
            if (part.selection().of(type).fields().length > 0) {
                deferred.add(new DeferredObject(part, steps(), type, path()));
            } else {
                defer(part.selection(), type);
            }
        }
    }

    /// @return false if a null takes the object along; nothing of it is left
    private boolean fields(int object, Projection projection) {
        ResponseField[] all = projection.fields();
        if (all.length == 0) {
            out.append(Projection.EMPTY);
            return true;
        }
        int start = out.length;
        int deferredBefore = deferred.size();
        int mine = enter();
        for (ResponseField field : all) {
            if (field.isConstant()) {
                out.append(field.prefix(), 0, field.prefixLength());
                continue;
            }
            long cell = tree.at(object, field.slot());
            if (field.isPlain(Cell.tag(cell))) {
                out.append(
                        field.prefix(),
                        field.prefixLength(),
                        tree.bytes(cell),
                        Cell.offset(cell),
                        Cell.length(cell));
                continue;
            }
            out.append(field.prefix(), 0, field.prefixLength());
            fields[mine] = field;
            if (!value(field, 0, cell)) {
                takeBack(start, deferredBefore);
                depth = mine;
                return false;
            }
        }
        depth = mine;
        out.append('}');
        return true;
    }

    private int enter() {
        if (depth == positions.length) {
            fields = Arrays.copyOf(fields, 2 * depth);
            positions = Arrays.copyOf(positions, 2 * depth);
        }
        return depth++;
    }

    /// @return false if the value is null and must not be
    private boolean value(ResponseField field, int level, long cell) {
        Written written;
        if (Cell.isNothing(cell)) {
            written = Written.NOTHING;
        } else if (level < field.listDepth()) {
            written = list(field, level, cell);
        } else if (field.selection() != null) {
            written = object(field, field.selection(), cell);
        } else {
            written = leaf(field, cell);
        }
        if (written == Written.VALUE) {
            return true;
        }
        if (!field.isNonNull(level)) {
            out.append(NULL);
            return true;
        }
        if (written == Written.NOTHING) {
            missing(field);
        }
        return false;
    }

    private Written list(ResponseField field, int level, long cell) {
        if (Cell.tag(cell) == Cell.RAW_LIST) {
            return rawList(field, level, cell);
        }
        if (Cell.tag(cell) != Cell.LIST) {
            return refuse("a list");
        }
        int list = Cell.index(cell);
        if (repeated(list, field)) {
            return Written.VALUE;
        }
        int start = out.length;
        int faultsBefore = faults;
        int deferredBefore = deferred.size();
        int mine = enter();
        fields[mine] = null;
        out.append('[');
        int count = tree.count(list);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.append(',');
            }
            positions[mine] = i;
            if (!value(field, level + 1, tree.at(list, i))) {
                takeBack(start, deferredBefore);
                depth = mine;
                return Written.REPORTED;
            }
        }
        depth = mine;
        out.append(']');
        remember(list, field, start, faultsBefore);
        return Written.VALUE;
    }

    /// A list of leaves is still as the subgraph wrote it.
    private Written rawList(ResponseField field, int level, long cell) {
        int start = out.length;
        int from = Cell.offset(cell);
        JsonReader json = new JsonReader(tree.bytes(cell), from, from + Cell.length(cell));
        int mine = enter();
        fields[mine] = null;
        positions[mine] = 0;
        out.append('[');
        try {
            json.expect('[');
            if (!json.skipIf(']')) {
                do {
                    if (positions[mine] > 0) {
                        out.append(',');
                    }
                    json.peek();
                    int at = json.position;
                    int tag = json.skipValue(0);
                    long element = Cell.slice(tag, Cell.buffer(cell), at, json.position - at);
                    if (!value(field, level + 1, element)) {
                        takeBack(start, deferred.size());
                        depth = mine;
                        return Written.REPORTED;
                    }
                    positions[mine]++;
                } while (json.next(']'));
            }
        } catch (MalformedJson impossible) {
            throw new IllegalStateException("it was read before", impossible);
        }
        depth = mine;
        out.append(']');
        return Written.VALUE;
    }

    private Written object(ResponseField field, ResponseSelection selection, long cell) {
        if (Cell.tag(cell) != Cell.OBJECT) {
            return refuse("an object");
        }
        int object = Cell.index(cell);
        if (repeated(object, field)) {
            return Written.VALUE;
        }
        int type = tree.typeOf(object, selection.onlyType());
        if (!selection.isPossible(type)) {
            return refuse("an object of the type " + selection.typeName());
        }
        int start = out.length;
        int faultsBefore = faults;
        if (!fields(object, selection.of(type))) {
            return Written.REPORTED;
        }
        remember(object, field, start, faultsBefore);
        defer(selection, type);
        return Written.VALUE;
    }

    /// What stands at many places of the tree, since many objects are the same entity, is written
    /// once and copied from there: in a response of 87 KB that repeats six users and nine products,
    /// most bytes are.
    private boolean repeated(int index, ResponseField field) {
        if (!tree.isShared(index) || tree.note(index, 1) != stamp(field)) {
            return false;
        }
        long range = tree.note(index, 0);
        out.repeat((int) (range >>> 32), (int) range);
        return true;
    }

    private void remember(int index, ResponseField field, int start, int faultsBefore) {
        if (tree.isShared(index)
                && faults == faultsBefore
                && field.number() != ResponseField.NOT_REPEATED) {
            tree.note(index, 0, ((long) start << 32) | (out.length - start));
            tree.note(index, 1, stamp(field));
        }
    }

    /// Says that the other note is about what was written for a field. The sign sets it apart from
    /// the notes of {@link EntityBatch}.
    private long stamp(ResponseField field) {
        return Long.MIN_VALUE | ((long) epoch << 32) | field.number();
    }

    private void takeBack(int written, int deferredBefore) {
        out.length = written;
        epoch = tree.nextEpoch();
        deferred.subList(deferredBefore, deferred.size()).clear();
    }

    private Written leaf(ResponseField field, long cell) {
        ResponseField.Leaf leaf = Objects.requireNonNull(field.leaf());
        int tag = Cell.tag(cell);
        byte[] bytes = tree.bytes(cell);
        int from = Cell.offset(cell);
        int length = Cell.length(cell);
        boolean accepted =
                switch (leaf) {
                    case INT -> tag == Cell.INTEGER && isInt(bytes, from, length);
                    case ENUM ->
                            tag == Cell.STRING
                                    && Objects.requireNonNull(field.values())
                                                    .number(bytes, from, length)
                                            != NameTable.UNKNOWN;
                    case ID -> tag == Cell.INTEGER || leaf.isPlain(tag);
                    case FLOAT, STRING, BOOLEAN, ANY -> leaf.isPlain(tag);
                };
        if (!accepted) {
            return refuse(leaf.description());
        }
        boolean quote = leaf == ResponseField.Leaf.ID && tag == Cell.INTEGER;
        if (quote) {
            out.append('"');
        }
        out.append(bytes, from, length);
        if (quote) {
            out.append('"');
        }
        return Written.VALUE;
    }

    /// @param length of an integer in JSON's form
    private static boolean isInt(byte[] bytes, int from, int length) {
        if (length > LONGEST_INT) {
            return false;
        }
        long value = 0;
        boolean negative = bytes[from] == '-';
        for (int i = negative ? 1 : 0; i < length; i++) {
            value = 10 * value + (bytes[from + i] - '0');
        }
        return negative ? -value >= Integer.MIN_VALUE : value <= Integer.MAX_VALUE;
    }

    private Written refuse(String expected) {
        faults++;
        List<Object> path = path();
        if (!errors.isAt(path)) {
            errors.add(
                    ResponseError.of(
                            ErrorCode.RESPONSE_VALIDATION,
                            "A service answered something else than " + expected + ".",
                            path));
        }
        return Written.REPORTED;
    }

    private void missing(ResponseField field) {
        faults++;
        List<Object> path = path();
        if (!errors.explains(path)) {
            String name = field.parentType() + '.' + field.name();
            errors.add(
                    ResponseError.of(
                            ErrorCode.RESPONSE_VALIDATION,
                            "Cannot return null for non-nullable field " + name + ".",
                            path));
        }
    }

    private int[] steps() {
        int[] steps = Arrays.copyOf(startSteps, startSteps.length + depth);
        for (int i = 0; i < depth; i++) {
            ResponseField field = fields[i];
            steps[startSteps.length + i] = field == null ? positions[i] : field.slot();
        }
        return steps;
    }

    private List<Object> path() {
        List<Object> path = new ArrayList<>(start.size() + depth);
        path.addAll(start);
        for (int i = 0; i < depth; i++) {
            ResponseField field = fields[i];
            if (field == null) {
                path.add(positions[i]);
            } else {
                path.add(field.key());
            }
        }
        return path;
    }
}
