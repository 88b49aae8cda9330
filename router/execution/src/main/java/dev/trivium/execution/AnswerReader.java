package dev.trivium.execution;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the answer of a subgraph into a tree, in one pass over its bytes.
///
/// What was not asked for is stepped over. Of a key that stands twice the last one counts. Whether
/// values are of the right kind is not looked at here: a string where an object is expected stays a
/// string, and the response writer refuses it.
final class AnswerReader {

    private final ResultTree tree;
    private final TypeNames types;
    private final int buffer;
    private final JsonReader json;
    private final RepeatedObjects repeated;

    /// The elements of the lists that are open.
    private long[] elements = new long[64];

    private int elementCount;

    /// The type that was named last: the objects of a list mostly have one type.
    private int lastType = TypeNames.UNKNOWN;

    private long data = Cell.ABSENT;
    private int errorsFrom;
    private int errorsEnd;

    private AnswerReader(ResultTree tree, TypeNames types, int buffer, byte[] body) {
        this.tree = tree;
        this.types = types;
        this.buffer = buffer;
        this.json = new JsonReader(body);
        this.repeated = new RepeatedObjects(body, body.length);
    }

    /// What a subgraph answered.
    ///
    /// @param data an object of the expected shape, null, absent, or a value of another kind
    /// @param errorsFrom where the list of errors starts in the body
    /// @param errorsEnd where it ends; equal to `errorsFrom` if there is none
    record Answer(long data, int errorsFrom, int errorsEnd) {
        boolean hasErrors() {
            return errorsEnd > errorsFrom;
        }

        boolean hasData() {
            return Cell.tag(data) == Cell.OBJECT;
        }
    }

    /// @return null if the body is not a GraphQL response
    static @Nullable Answer read(ResultTree tree, TypeNames types, byte[] body, Shape shape) {
        if (body.length > Cell.MAX_BUFFER_LENGTH) {
            return null;
        }
        try {
            AnswerReader reader = new AnswerReader(tree, types, tree.buffer(body), body);
            reader.response(shape);
            return new Answer(reader.data, reader.errorsFrom, reader.errorsEnd);
        } catch (MalformedJson _) {
            return null;
        }
    }

    private void response(Shape shape) throws MalformedJson {
        json.expect('{');
        if (!json.skipIf('}')) {
            do {
                int key = keyStart();
                if (isKey(key, "data")) {
                    data = value(shape, 1, false);
                } else if (isKey(key, "errors")) {
                    errors();
                } else {
                    json.skipValue(1);
                }
            } while (json.next('}'));
        }
        json.expectEnd();
    }

    private void errors() throws MalformedJson {
        json.peek();
        int from = json.position;
        int tag = json.skipValue(1);
        if (tag != Cell.RAW_LIST && tag != Cell.TAG_NULL) {
            throw new MalformedJson();
        }
        boolean none = tag == Cell.TAG_NULL || isEmptyList(from);
        errorsFrom = from;
        errorsEnd = none ? from : json.position;
    }

    private boolean isEmptyList(int from) throws MalformedJson {
        return new JsonReader(json.bytes, from + 1, json.end).peek() == ']';
    }

    private int keyStart() throws MalformedJson {
        json.peek();
        int start = json.position;
        json.skipKey();
        return start;
    }

    private boolean isKey(int start, String key) {
        for (int i = 0; i < key.length(); i++) {
            if (json.bytes[start + 1 + i] != key.charAt(i)) {
                return false;
            }
        }
        return json.bytes[start + 1 + key.length()] == '"';
    }

    private long value(@Nullable Shape shape, int depth, boolean typename) throws MalformedJson {
        byte first = json.peek();
        if (shape != null) {
            if (first == '{') {
                return shape.repeatNumber == Shape.NOT_REPEATED
                        ? object(shape, depth + 1)
                        : repeatedObject(shape, depth + 1);
            }
            if (first == '[') {
                return list(shape, depth + 1);
            }
        }
        int from = json.position;
        int tag = json.skipValue(depth);
        if (tag == Cell.TAG_NULL) {
            return Cell.NULL;
        }
        int length = json.position - from;
        if (typename) {
            if (!types.isNamed(lastType, json.bytes, from, length)) {
                lastType = types.id(json.bytes, from, length);
            }
            if (lastType != TypeNames.UNKNOWN) {
                return Cell.type(lastType);
            }
        }
        return Cell.slice(tag, buffer, from, length);
    }

    private long repeatedObject(Shape shape, int depth) throws MalformedJson {
        int from = json.position;
        int place = repeated.find(shape.repeatNumber, depth, from);
        if (place != RepeatedObjects.NONE) {
            json.position += repeated.length(place);
            return tree.share(repeated.object(place));
        }
        long cell = object(shape, depth);
        int length = json.position - from;
        repeated.add(shape.repeatNumber, depth, from, length, Cell.index(cell));
        return cell;
    }

    private long object(Shape shape, int depth) throws MalformedJson {
        JsonReader.checkDepth(depth);
        JsonReader in = json;
        int object = tree.newObject(shape.size);
        in.position++;
        if (in.skipIf('}')) {
            return Cell.object(object);
        }
        int expected = 0;
        do {
            if (in.peek() != '"') {
                throw new MalformedJson();
            }
            int field = shape.match(in.bytes, in.position + 1, in.end, expected);
            if (field < 0) {
                in.skipKey();
                in.skipValue(depth);
                continue;
            }
            in.position += 1 + shape.keyLength(field);
            in.expect(':');
            int slot = shape.slots[field];
            tree.put(object, slot, value(shape.children[field], depth, slot == 0));
            expected = field + 1;
        } while (in.next('}'));
        return Cell.object(object);
    }

    private long list(Shape shape, int depth) throws MalformedJson {
        JsonReader.checkDepth(depth);
        int base = elementCount;
        json.position++;
        if (!json.skipIf(']')) {
            do {
                long element = value(shape, depth, false);
                if (elementCount == elements.length) {
                    elements = Arrays.copyOf(elements, 2 * elementCount);
                }
                elements[elementCount++] = element;
            } while (json.next(']'));
        }
        long list = Cell.list(tree.newList(elements, base, elementCount));
        elementCount = base;
        return list;
    }
}
