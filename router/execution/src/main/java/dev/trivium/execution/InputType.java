package dev.trivium.execution;

import java.util.List;

/// The type of an input value (GraphQL specification, section 3.4.2), as variables are checked
/// against it.
sealed interface InputType {

    record NonNull(InputType type) implements InputType {}

    record ListOf(InputType element) implements InputType {}

    record Int() implements InputType {}

    record FloatingPoint() implements InputType {}

    record Text() implements InputType {}

    record Bool() implements InputType {}

    record Id() implements InputType {}

    /// A custom scalar: only its service can judge a value.
    record Any() implements InputType {}

    /// @param values those that a client may use
    record Enumeration(String name, NameTable values) implements InputType {}

    /// An input object type. It may contain itself, so its fields are set once all types are known.
    final class InputObject implements InputType {
        private final String name;
        private final boolean oneOf;
        private List<Field> fields = List.of();

        InputObject(String name, boolean oneOf) {
            this.name = name;
            this.oneOf = oneOf;
        }

        void complete(List<Field> all) {
            fields = List.copyOf(all);
        }

        String name() {
            return name;
        }

        /// Whether exactly one field must be given, and not null.
        boolean oneOf() {
            return oneOf;
        }

        int fieldCount() {
            return fields.size();
        }

        Field field(int number) {
            return fields.get(number);
        }

        /// The number of the field with a name, or -1.
        int find(String name) {
            for (int i = 0; i < fields.size(); i++) {
                if (fields.get(i).name.equals(name)) {
                    return i;
                }
            }
            return -1;
        }
    }

    /// A field of an input object type.
    ///
    /// @param required non-null and without a default
    record Field(String name, InputType type, boolean required) {}
}
