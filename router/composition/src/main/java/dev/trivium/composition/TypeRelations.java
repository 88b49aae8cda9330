package dev.trivium.composition;

import dev.trivium.language.TypeReference;

/// Which types are subtypes of which (GraphQL specification, section 3.6.1), by the types of one
/// schema.
final class TypeRelations {
    private final SchemaModel model;

    TypeRelations(SchemaModel model) {
        this.model = model;
    }

    /// Whether every value of the one type is a value of the other, which is not the same type.
    boolean isStrictSubtype(TypeReference type, TypeReference maybeSubtype) {
        return !type.equals(maybeSubtype) && isSubtype(type, maybeSubtype);
    }

    boolean isSubtype(TypeReference type, TypeReference maybeSubtype) {
        if (maybeSubtype instanceof TypeReference.NonNull(var inner)) {
            return isSubtype(type.nullable(), inner);
        }
        return switch (type) {
            case TypeReference.NonNull _ -> false;
            case TypeReference.ListOf(var element) ->
                    maybeSubtype instanceof TypeReference.ListOf(var other)
                            && isSubtype(element, other);
            case TypeReference.Named(var name) ->
                    maybeSubtype instanceof TypeReference.Named(var other)
                            && (name.equals(other) || isNamedSubtype(name, other));
        };
    }

    /// Whether an object or interface type implements the interface, or an object type is a member
    /// of the union.
    private boolean isNamedSubtype(String abstractName, String name) {
        TypeElement abstractType = model.type(abstractName);
        TypeElement type = model.type(name);
        if (abstractType == null || type == null) {
            return false;
        }
        return switch (abstractType.kind) {
            case UNION -> abstractType.members.containsKey(name);
            case INTERFACE -> type.interfaces.containsKey(abstractName);
            case SCALAR, OBJECT, ENUM, INPUT -> false;
        };
    }
}
