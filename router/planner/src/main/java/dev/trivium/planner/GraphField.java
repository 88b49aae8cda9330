package dev.trivium.planner;

import dev.trivium.language.TypeReference;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A field of an object or interface type.
///
/// @param shape two fields of one shape may share a key in a response (GraphQL specification,
///   section 5.3.2, `SameResponseShape`), whichever subgraph answers
/// @param composite whether the field has selections
/// @param in for each {@link Facets facet} of a subgraph how it serves the field, or null
record GraphField(
        String name, TypeReference type, String shape, boolean composite, List<@Nullable In> in) {

    private static final int NONE = -1;

    /// A field in one facet.
    ///
    /// @param below the facet of its value
    /// @param external whether the subgraph only refers to it
    /// @param requires the index in {@link GraphType#requires}, or -1
    /// @param provides the number of the view that `@provides` opens
    /// @param label the label of a progressive override, or null
    /// @param overriding whether the subgraph takes the field over while the label is active; else
    ///   it has the field while the label is not
    record In(
            TypeReference type,
            int below,
            boolean external,
            int requires,
            int provides,
            @Nullable String label,
            boolean overriding) {

        boolean hasRequires() {
            return requires != NONE;
        }

        /// Whether the subgraph has the field while these override labels are active.
        boolean activeWith(Set<String> labels) {
            return label == null || labels.contains(label) == overriding;
        }
    }

    /// The field in a facet that has it.
    In in(int facet) {
        return Objects.requireNonNull(in.get(facet));
    }

    /// The name of the field's type in a facet that has it.
    String typeIn(int facet) {
        return in(facet).type().namedType();
    }
}
