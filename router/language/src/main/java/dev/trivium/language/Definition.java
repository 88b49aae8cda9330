package dev.trivium.language;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A top-level element of a document (GraphQL specification, section 2.2 and 3).
public sealed interface Definition {
    SourceLocation location();

    /// An element of an executable document.
    sealed interface Executable extends Definition {}

    /// An operation.
    ///
    /// @param name null for an anonymous operation
    record Operation(
            OperationType type,
            @Nullable String name,
            List<VariableDefinition> variables,
            List<Directive> directives,
            List<Selection> selections,
            SourceLocation location)
            implements Executable {}

    /// A named fragment.
    record Fragment(
            String name,
            String typeCondition,
            List<Directive> directives,
            List<Selection> selections,
            SourceLocation location)
            implements Executable {}

    /// `schema { … }` or `extend schema { … }`.
    ///
    /// @param rootTypes in the order of the text
    record Schema(
            boolean extension,
            @Nullable String description,
            List<Directive> directives,
            List<RootType> rootTypes,
            SourceLocation location)
            implements Definition {}

    /// `query: Query` in a schema definition.
    record RootType(OperationType operation, String typeName, SourceLocation location) {}

    /// `directive @name(…) repeatable on …`.
    ///
    /// @param locations names such as `FIELD_DEFINITION`, in the order of the text
    record DirectiveType(
            @Nullable String description,
            String name,
            List<InputValue> arguments,
            boolean repeatable,
            List<String> locations,
            SourceLocation location)
            implements Definition {}

    /// A type definition, or an extension of one.
    sealed interface Type extends Definition {
        boolean extension();

        @Nullable String description();

        String name();

        List<Directive> directives();
    }

    record ScalarType(
            boolean extension,
            @Nullable String description,
            String name,
            List<Directive> directives,
            SourceLocation location)
            implements Type {}

    record ObjectType(
            boolean extension,
            @Nullable String description,
            String name,
            List<String> interfaces,
            List<Directive> directives,
            List<FieldDefinition> fields,
            SourceLocation location)
            implements Type {}

    record InterfaceType(
            boolean extension,
            @Nullable String description,
            String name,
            List<String> interfaces,
            List<Directive> directives,
            List<FieldDefinition> fields,
            SourceLocation location)
            implements Type {}

    record UnionType(
            boolean extension,
            @Nullable String description,
            String name,
            List<Directive> directives,
            List<String> members,
            SourceLocation location)
            implements Type {}

    record EnumType(
            boolean extension,
            @Nullable String description,
            String name,
            List<Directive> directives,
            List<EnumValue> values,
            SourceLocation location)
            implements Type {}

    record InputObjectType(
            boolean extension,
            @Nullable String description,
            String name,
            List<Directive> directives,
            List<InputValue> fields,
            SourceLocation location)
            implements Type {}

    /// A field of an object or interface type.
    record FieldDefinition(
            @Nullable String description,
            String name,
            List<InputValue> arguments,
            TypeReference type,
            List<Directive> directives,
            SourceLocation location) {}

    /// An argument of a field or directive, or a field of an input object type.
    record InputValue(
            @Nullable String description,
            String name,
            TypeReference type,
            @Nullable Value defaultValue,
            List<Directive> directives,
            SourceLocation location) {}

    /// A value of an enum type.
    record EnumValue(
            @Nullable String description,
            String name,
            List<Directive> directives,
            SourceLocation location) {}

    /// A variable of an operation.
    record VariableDefinition(
            String name,
            TypeReference type,
            @Nullable Value defaultValue,
            List<Directive> directives,
            SourceLocation location) {}
}
