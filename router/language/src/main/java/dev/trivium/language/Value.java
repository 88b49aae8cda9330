package dev.trivium.language;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A literal or a variable (GraphQL specification, section 2.9).
public sealed interface Value {

    /// @param name without the `$`
    record Variable(String name) implements Value {}

    /// @param digits as written, since an integer literal may be of any size
    record IntValue(String digits) implements Value {}

    /// @param digits as written
    record FloatValue(String digits) implements Value {}

    /// @param value without quotes, escapes resolved
    record StringValue(String value) implements Value {}

    record BooleanValue(boolean value) implements Value {}

    record NullValue() implements Value {}

    record EnumValue(String name) implements Value {}

    record ListValue(List<Value> elements) implements Value {
        public ListValue {
            elements = List.copyOf(elements);
        }
    }

    /// @param fields in the order of the text; two objects are equal whatever their order
    record ObjectValue(SequencedMap<String, Value> fields) implements Value {
        public ObjectValue {
            fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        }

        public static ObjectValue of(Map<String, Value> fields) {
            return new ObjectValue(new LinkedHashMap<>(fields));
        }
    }
}
