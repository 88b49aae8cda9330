package dev.trivium.composition;

import dev.trivium.language.SourceLocation;
import dev.trivium.language.TypeReference;
import dev.trivium.language.Value;
import org.jspecify.annotations.Nullable;

/// An argument of a field or directive, or a field of an input object type.
final class InputElement extends Element {
    final String coordinate;
    final String name;
    TypeReference type;
    @Nullable Value defaultValue;

    InputElement(String coordinate, String name, TypeReference type, SourceLocation location) {
        super(location);
        this.coordinate = coordinate;
        this.name = name;
        this.type = type;
    }

    static InputElement argumentOf(
            FieldElement field, String name, TypeReference type, SourceLocation location) {
        return new InputElement(field.coordinate() + "(" + name + ":)", name, type, location);
    }

    static InputElement fieldOf(
            TypeElement type, String name, TypeReference fieldType, SourceLocation location) {
        return new InputElement(type.name + "." + name, name, fieldType, location);
    }

    @Override
    String coordinate() {
        return coordinate;
    }

    /// Whether a value must be given.
    boolean isRequired() {
        return type.isNonNull() && defaultValue == null;
    }
}
