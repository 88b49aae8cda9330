package dev.trivium.language;

/// The type of a field, an argument or a variable, `[User!]!`.
public sealed interface TypeReference {

    record Named(String name) implements TypeReference {
        @Override
        public String toString() {
            return name;
        }
    }

    record ListOf(TypeReference element) implements TypeReference {
        @Override
        public String toString() {
            return "[" + element + "]";
        }
    }

    /// @param type never itself a `NonNull`
    record NonNull(TypeReference type) implements TypeReference {
        public NonNull {
            if (type instanceof NonNull) {
                throw new IllegalArgumentException("a non-null type cannot be non-null again");
            }
        }

        @Override
        public String toString() {
            return type + "!";
        }
    }

    /// The name of the type below all lists and non-nulls.
    default String namedType() {
        return switch (this) {
            case Named(var name) -> name;
            case ListOf(var element) -> element.namedType();
            case NonNull(var type) -> type.namedType();
        };
    }

    default boolean isNonNull() {
        return this instanceof NonNull;
    }

    /// This type without its outer `!`, if it has one.
    default TypeReference nullable() {
        return this instanceof NonNull(var type) ? type : this;
    }
}
