package dev.trivium.planner.plan;

import dev.trivium.language.TypeReference;
import java.util.List;

/// A field of the response.
///
/// The same response key may stand in one list more than once, under other types or conditions;
/// such fields are mergeable, and the executor merges what applies (GraphQL specification, section
/// 6.3.2), in the order of the first.
///
/// @param responseKey the key that the client sees
/// @param planKey the key in the merged tree
/// @param name the name of the field in the API schema; `__typename` is the runtime type's name
/// @param type the type in the API schema
/// @param onTypes the runtime types of the enclosing object that have this field; empty for all
/// @param kind what a value is
/// @param selections for a composite type, else empty
public record OutputField(
        String responseKey,
        String planKey,
        String name,
        TypeReference type,
        List<String> onTypes,
        Condition condition,
        Kind kind,
        List<OutputField> selections) {

    /// What the innermost values of a field are.
    public sealed interface Kind {}

    /// A scalar; built-in ones are checked by name (`Int`, `Float`, `String`, `Boolean`, `ID`).
    public record Scalar(String name) implements Kind {}

    /// An enum.
    ///
    /// @param values those that a client may see
    public record Enumeration(String name, List<String> values) implements Kind {}

    /// An object, interface or union.
    ///
    /// @param possibleTypes the object types that a client may see; the only one, for an object
    ///   type
    public record Composite(String name, List<String> possibleTypes) implements Kind {}

    /// `__schema` or `__type` of the query root, answered from the API schema.
    public record Introspection() implements Kind {}
}
