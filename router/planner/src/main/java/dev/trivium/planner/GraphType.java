package dev.trivium.planner;

import dev.trivium.supergraph.SupergraphType.ContextArgument;
import java.util.BitSet;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A composite type, and what each {@link Facets facet} of a subgraph knows of it. Sets of object
/// types are bit sets of {@link QueryGraph#objectName numbers}; nobody changes them.
///
/// @param object the number of an object type, -1 for an interface or union
/// @param possible the object types that a value may have
/// @param possibleIn the same for each facet; null where the type does not exist
/// @param hidden the facets that have the fields of this object type by an interface object, but
///   know neither the type nor which objects are of it
/// @param keys for each facet the keys by which it resolves entities of this type
/// @param requires for each facet the distinct field sets of `@requires`
record GraphType(
        String name,
        int object,
        BitSet possible,
        List<@Nullable BitSet> possibleIn,
        SequencedMap<String, GraphField> fields,
        BitSet hidden,
        List<List<EntityKey>> keys,
        List<List<FieldSet>> requires) {

    boolean isAbstract() {
        return object < 0;
    }

    boolean existsIn(int facet) {
        return possibleIn.get(facet) != null;
    }

    /// Whether a facet cannot tell that an object is of this type.
    boolean isHiddenIn(int facet) {
        return hidden.get(facet);
    }

    /// The field, which must exist.
    GraphField field(String fieldName) {
        GraphField field = fields.get(fieldName);
        if (field == null) {
            throw new IllegalArgumentException("no field " + name + "." + fieldName);
        }
        return field;
    }

    /// There is one instance for each type of a graph.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /// How a facet resolves entities.
    ///
    /// @param typename the `__typename` of the representations: an interface, or null for that of
    ///   the object
    record EntityKey(FieldSet fields, @Nullable String typename) {}

    /// A parsed field set. Two of one type are equal if they have the same text.
    ///
    /// @param text as in the supergraph, with the contexts
    /// @param contexts where this is what a field requires: its arguments that the router fills,
    ///   which go along like what is required
    record FieldSet(String text, List<NormalizedField> fields, List<ContextArgument> contexts) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof FieldSet set && set.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        /// Whether its values may differ from those of other field sets with the same fields.
        boolean isItsOwn() {
            return !contexts.isEmpty() || hasArguments(fields);
        }

        private static boolean hasArguments(List<NormalizedField> fields) {
            return fields.stream()
                    .anyMatch(it -> !it.arguments().isEmpty() || hasArguments(it.selections()));
        }
    }
}
