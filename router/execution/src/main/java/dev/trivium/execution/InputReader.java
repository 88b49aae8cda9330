package dev.trivium.execution;

import dev.trivium.execution.InputType.InputObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Checks one JSON value against an input type (GraphQL specification, section 6.1.2) while
/// stepping over it. What passes is sent on as the client wrote it: the subgraph coerces it once
/// more, with the same types.
final class InputReader {

    private static final int MOST_PROBLEMS = 20;
    private static final int LONGEST_INT = 11;

    private final JsonReader json;
    private final Deque<String> path = new ArrayDeque<>();
    private final List<Problem> problems = new ArrayList<>();

    InputReader(JsonReader json) {
        this.json = json;
    }

    /// @param field the path to the wrong value, its parts joined by dots
    record Problem(String field, String message) {}

    List<Problem> problems() {
        return problems;
    }

    /// Steps over the next value.
    ///
    /// @param name for paths
    /// @param depth how many objects and lists are open
    /// @return the tag of the value
    int read(String name, InputType type, int depth) throws MalformedJson {
        path.addLast(name);
        json.peek();
        int from = json.position;
        int tag = value(type, depth);
        path.removeLast();
        if (json.position == from) {
            throw new IllegalStateException("stood still at " + name);
        }
        return tag;
    }

    private int value(InputType type, int depth) throws MalformedJson {
        return switch (type) {
            case InputType.NonNull(var inner) -> nonNull(inner, depth);
            case InputType.ListOf(var element) -> list(element, depth);
            case InputObject object -> object(object, depth);
            case InputType.Int _ -> leaf(type, depth, "an Int");
            case InputType.FloatingPoint _ -> leaf(type, depth, "a Float");
            case InputType.Text _ -> leaf(type, depth, "a String");
            case InputType.Bool _ -> leaf(type, depth, "a Boolean");
            case InputType.Id _ -> leaf(type, depth, "an ID");
            case InputType.Enumeration(var name, _) ->
                    leaf(type, depth, "a value of the enum " + name);
            case InputType.Any _ -> json.skipValue(depth);
        };
    }

    private int nonNull(InputType type, int depth) throws MalformedJson {
        int tag = value(type, depth);
        if (tag == Cell.TAG_NULL) {
            problem("must not be null");
        }
        return tag;
    }

    private int list(InputType element, int depth) throws MalformedJson {
        byte first = json.peek();
        if (first == 'n') {
            return json.skipValue(depth);
        }
        if (first != '[') {
            return value(element, depth);
        }
        JsonReader.checkDepth(depth + 1);
        json.position++;
        if (!json.skipIf(']')) {
            int position = 0;
            do {
                read(Integer.toString(position++), element, depth + 1);
            } while (json.next(']'));
        }
        return Cell.RAW_LIST;
    }

    private int leaf(InputType type, int depth, String expected) throws MalformedJson {
        json.peek();
        int from = json.position;
        int tag = json.skipValue(depth);
        if (tag != Cell.TAG_NULL && !fits(type, tag, from, json.position - from)) {
            problem("is not " + expected);
        }
        return tag;
    }

    private boolean fits(InputType type, int tag, int from, int length) {
        return switch (type) {
            case InputType.Int _ ->
                    tag == Cell.INTEGER && isBetween(from, length, Integer.MIN_VALUE);
            case InputType.FloatingPoint _ -> tag == Cell.INTEGER || tag == Cell.DECIMAL;
            case InputType.Text _ -> tag == Cell.STRING;
            case InputType.Bool _ -> tag == Cell.TRUE || tag == Cell.FALSE;
            case InputType.Id _ -> tag == Cell.STRING || tag == Cell.INTEGER;
            case InputType.Enumeration(_, var values) ->
                    tag == Cell.STRING
                            && values.number(json.bytes, from, length) != NameTable.UNKNOWN;
            case InputType.NonNull _, InputType.ListOf _, InputObject _, InputType.Any _ -> true;
        };
    }

    private boolean isBetween(int from, int length, int lowest) {
        if (length > LONGEST_INT) {
            return false;
        }
        long value = Long.parseLong(JsonText.utf8(json.bytes, from, length));
        return value >= lowest && value <= Integer.MAX_VALUE;
    }

    private int object(InputObject type, int depth) throws MalformedJson {
        byte first = json.peek();
        if (first != '{') {
            int tag = json.skipValue(depth);
            if (tag != Cell.TAG_NULL) {
                problem("is not an object of the type " + type.name());
            }
            return tag;
        }
        JsonReader.checkDepth(depth + 1);
        json.position++;
        boolean[] given = new boolean[type.fieldCount()];
        int nulls = 0;
        if (!json.skipIf('}')) {
            do {
                if (field(type, given, depth + 1) == Cell.TAG_NULL) {
                    nulls++;
                }
            } while (json.next('}'));
        }
        checkFields(type, given, nulls);
        return Cell.RAW_OBJECT;
    }

    private int field(InputObject type, boolean[] given, int depth) throws MalformedJson {
        json.peek();
        int from = json.position;
        json.skipKey();
        String name = key(from);
        int number = type.find(name);
        if (number < 0 || given[number]) {
            path.addLast(name);
            problem(number < 0 ? "is not a field of " + type.name() : "is given twice");
            path.removeLast();
            return json.skipValue(depth);
        }
        given[number] = true;
        return read(name, type.field(number).type(), depth);
    }

    /// The key that was just stepped over, with the colon and white space behind it.
    private String key(int from) throws MalformedJson {
        JsonReader again = new JsonReader(json.bytes, from, json.end);
        again.skipString();
        return JsonText.unquoted(json.bytes, from, again.position);
    }

    private void checkFields(InputObject type, boolean[] given, int nulls) {
        int count = 0;
        for (int i = 0; i < given.length; i++) {
            if (given[i]) {
                count++;
            } else if (type.field(i).required()) {
                path.addLast(type.field(i).name());
                problem("is required");
                path.removeLast();
            }
        }
        if (type.oneOf() && (count != 1 || nulls > 0)) {
            problem("must have exactly one field, which is not null");
        }
    }

    private void problem(String message) {
        if (problems.size() < MOST_PROBLEMS) {
            String field = String.join(".", path);
            problems.add(
                    new Problem(field, "Variable \"$" + field + "\": the value " + message + '.'));
        }
    }
}
