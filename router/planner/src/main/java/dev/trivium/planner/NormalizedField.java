package dev.trivium.planner;

import dev.trivium.language.Argument;
import dev.trivium.planner.plan.Condition;
import java.util.List;

/// A field of a normalized selection set.
///
/// @param responseKey the key that the client sees
/// @param arguments sorted by name, without locations
/// @param onTypes the runtime types of the enclosing object that have this field, in the order of
///   the supergraph; never empty
/// @param condition what must hold beyond the conditions of the enclosing fields
/// @param selections empty for a leaf, and for an object of which nothing is left to select
record NormalizedField(
        String responseKey,
        String name,
        List<Argument> arguments,
        List<String> onTypes,
        Condition condition,
        List<NormalizedField> selections) {

    static final String TYPENAME = "__typename";

    boolean isTypename() {
        return name.equals(TYPENAME);
    }

    /// Whether this is `__schema` or `__type`.
    boolean isIntrospection() {
        return name.startsWith("__") && !isTypename();
    }
}
