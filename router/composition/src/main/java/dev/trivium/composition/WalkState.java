package dev.trivium.composition;

import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A position in the schema that clients see, with every place in the subgraphs where fetches could
/// stand when an operation gets there.
///
/// @param parent the position before the last element, or null at a root
/// @param element the last element of the operation, or null at a root
/// @param place the name of the type at this position
/// @param at the places, by number, each once
/// @param labels the truth of each override label that the way here depends on
/// @param contexts the slots of contextual arguments that the way here can fill
record WalkState(
        @Nullable WalkState parent,
        @Nullable Element element,
        String place,
        List<Vertex> at,
        Map<String, Boolean> labels,
        BitSet contexts) {

    /// An element of an operation.
    ///
    /// @param cast whether a type condition, and `name` its type; else the name of a field
    record Element(String name, boolean cast) {}

    static WalkState root(String rootType, List<Vertex> at) {
        return new WalkState(null, null, rootType, sorted(at), Map.of(), new BitSet());
    }

    WalkState then(
            Element next,
            String type,
            Collection<Vertex> vertices,
            Map<String, Boolean> assigned,
            BitSet filled) {
        return new WalkState(this, next, type, sorted(vertices), assigned, filled);
    }

    /// The labels with one more; null where it is known to be the opposite.
    @Nullable Map<String, Boolean> assign(String label, boolean value) {
        Boolean known = labels.get(label);
        if (known != null) {
            return known == value ? labels : null;
        }
        Map<String, Boolean> more = new LinkedHashMap<>(labels);
        more.put(label, value);
        return more;
    }

    /// Whether an operation that gets here can fill all contexts, and has decided all labels, of
    /// another position.
    boolean hasAllConditionsOf(WalkState other) {
        return labels.entrySet().containsAll(other.labels.entrySet())
                && containsAll(contexts, other.contexts);
    }

    private static boolean containsAll(BitSet slots, BitSet others) {
        BitSet missing = (BitSet) others.clone();
        missing.andNot(slots);
        return missing.isEmpty();
    }

    private static List<Vertex> sorted(Collection<Vertex> vertices) {
        return vertices.stream()
                .distinct()
                .sorted(Comparator.comparingInt(vertex -> vertex.id))
                .toList();
    }
}
