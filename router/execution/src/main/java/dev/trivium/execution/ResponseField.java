package dev.trivium.execution;

import dev.trivium.language.TypeReference;
import dev.trivium.planner.plan.OutputField;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A field of the response, for one runtime type of its object.
///
/// @param number differs between all fields of a program, or is {@link #NOT_REPEATED}
/// @param key the response key
/// @param parentType the name of the runtime type, for messages
/// @param prefix what is written before the value: `{"key":` or `,"key":`; the value too if it is
///   constant; padded, so that it may be copied in words
/// @param prefixLength without the padding
/// @param slot where the value is found
/// @param plainTags the values that may be copied without a look at them, a bit for each tag
/// @param leaf how other leaves are checked; null for a composite
/// @param values the values of an enum
/// @param listDepth the number of list types around the innermost type
/// @param nonNulls the levels that are non-null, a bit for each; level 0 is the outermost
/// @param selection for a composite
record ResponseField(
        int number,
        String key,
        String parentType,
        String name,
        byte[] prefix,
        int prefixLength,
        int slot,
        int plainTags,
        @Nullable Leaf leaf,
        @Nullable NameTable values,
        int listDepth,
        long nonNulls,
        @Nullable ResponseSelection selection) {

    /// The number of fields whose values are written anew at each place.
    static final int NOT_REPEATED = 0;

    private static final int CONSTANT = -1;

    /// Kinds of leaves (GraphQL specification, section 3.5).
    enum Leaf {
        INT("an Int", 0),
        FLOAT("a Float", bit(Cell.INTEGER) | bit(Cell.DECIMAL)),
        STRING("a String", bit(Cell.STRING)),
        BOOLEAN("a Boolean", bit(Cell.TRUE) | bit(Cell.FALSE)),
        ID("an ID", bit(Cell.STRING)),
        ENUM("a value of the enum", 0),
        /// A custom scalar: whatever the subgraph says.
        ANY(
                "a value",
                bit(Cell.STRING)
                        | bit(Cell.INTEGER)
                        | bit(Cell.DECIMAL)
                        | bit(Cell.HUGE)
                        | bit(Cell.TRUE)
                        | bit(Cell.FALSE)
                        | bit(Cell.RAW_OBJECT)
                        | bit(Cell.RAW_LIST));

        private final String description;
        private final int plainTags;

        Leaf(String description, int plainTags) {
            this.description = description;
            this.plainTags = plainTags;
        }

        /// For messages, `an Int`.
        String description() {
            return description;
        }

        boolean isPlain(int tag) {
            return (plainTags & bit(tag)) != 0;
        }

        static Leaf of(String scalar) {
            return switch (scalar) {
                case "Int" -> INT;
                case "Float" -> FLOAT;
                case "String" -> STRING;
                case "Boolean" -> BOOLEAN;
                case "ID" -> ID;
                default -> ANY;
            };
        }
    }

    static ResponseField of(
            OutputField field,
            int number,
            String parentType,
            boolean first,
            int slot,
            @Nullable ResponseSelection selection) {
        Leaf leaf = leaf(field.kind());
        byte[] prefix = prefix(field, first, "");
        int listDepth = listDepth(field.type());
        return new ResponseField(
                number,
                field.responseKey(),
                parentType,
                field.name(),
                padded(prefix),
                prefix.length,
                slot,
                leaf != null && listDepth == 0 ? leaf.plainTags : 0,
                leaf,
                field.kind() instanceof OutputField.Enumeration(_, List<String> values)
                        ? new NameTable(values)
                        : null,
                listDepth,
                nonNulls(field.type()),
                selection);
    }

    /// A field whose value is the name of the runtime type.
    static ResponseField typename(OutputField field, int number, String type, boolean first) {
        byte[] prefix = prefix(field, first, '"' + type + '"');
        return new ResponseField(
                number,
                field.responseKey(),
                type,
                field.name(),
                padded(prefix),
                prefix.length,
                CONSTANT,
                0,
                Leaf.STRING,
                null,
                0,
                1,
                null);
    }

    private static byte[] prefix(OutputField field, boolean first, String value) {
        return JsonText.utf8((first ? "{\"" : ",\"") + field.responseKey() + "\":" + value);
    }

    private static byte[] padded(byte[] prefix) {
        return Arrays.copyOf(prefix, prefix.length + JsonBuffer.SLACK);
    }

    private static @Nullable Leaf leaf(OutputField.Kind kind) {
        return switch (kind) {
            case OutputField.Scalar(var name) -> Leaf.of(name);
            case OutputField.Enumeration _ -> Leaf.ENUM;
            case OutputField.Introspection _ -> Leaf.ANY;
            case OutputField.Composite _ -> null;
        };
    }

    private static int listDepth(TypeReference type) {
        return switch (type) {
            case TypeReference.Named _ -> 0;
            case TypeReference.ListOf(var element) -> 1 + listDepth(element);
            case TypeReference.NonNull(var inner) -> listDepth(inner);
        };
    }

    private static long nonNulls(TypeReference type) {
        return switch (type) {
            case TypeReference.Named _ -> 0;
            case TypeReference.ListOf(var element) -> nonNulls(element) << 1;
            case TypeReference.NonNull(var inner) -> nonNulls(inner) | 1;
        };
    }

    boolean isConstant() {
        return slot == CONSTANT;
    }

    /// Whether a value may be copied as it is, without a look at it.
    boolean isPlain(int tag) {
        return (plainTags & bit(tag)) != 0;
    }

    boolean isNonNull(int level) {
        return (nonNulls >>> level & 1) != 0;
    }

    private static int bit(int tag) {
        return 1 << tag;
    }
}
