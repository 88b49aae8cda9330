package dev.trivium.planner;

import dev.trivium.language.Argument;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.Condition.Literal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A field of a normalized selection set.
///
/// @param responseKey the key that the client sees
/// @param arguments sorted by name, without locations
/// @param onTypes the runtime types of the enclosing object that have this field, in the order of
///   the supergraph; never empty
/// @param condition what must hold beyond the conditions of the enclosing fields
/// @param selections empty for a leaf, and for an object of which nothing is left to select
/// @param defer the innermost `@defer` between the enclosing field and this one, or null
record NormalizedField(
        String responseKey,
        String name,
        List<Argument> arguments,
        List<String> onTypes,
        Condition condition,
        List<NormalizedField> selections,
        @Nullable Defer defer) {

    /// A fragment with `@defer`, at one of the places where it is spread.
    ///
    /// @param number from 1, in the order of the text
    /// @param label given by the client, or null
    /// @param condition what must hold for the fragment to be deferred, else it is not
    /// @param outer the `@defer` around this one at the same object, or null
    record Defer(
            int number,
            @Nullable String label,
            @Nullable Literal condition,
            @Nullable Defer outer) {}

    static final String TYPENAME = "__typename";

    /// `__typename` of objects of some types, for the planner.
    static NormalizedField typename(List<String> onTypes) {
        return new NormalizedField(
                TYPENAME, TYPENAME, List.of(), onTypes, Condition.ALWAYS, List.of(), null);
    }

    /// The field as part of what is deferred.
    NormalizedField withoutDefer() {
        return new NormalizedField(
                responseKey, name, arguments, onTypes, condition, selections, null);
    }

    /// The field of objects of one type.
    NormalizedField of(String object) {
        return new NormalizedField(
                responseKey, name, arguments, List.of(object), condition, selections, defer);
    }

    boolean isTypename() {
        return name.equals(TYPENAME);
    }

    /// Whether this is `__schema` or `__type`.
    boolean isIntrospection() {
        return name.startsWith("__") && !isTypename();
    }
}
