package dev.trivium.composition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Compares the object types that the subgraphs of a shared field may return. A shared field must
/// resolve to the same value everywhere, which is impossible where they have no type in common.
///
/// @param bySubgraph for each subgraph, by number, the types that it may return
record SharedRuntimeTypes(Map<Integer, Set<String>> bySubgraph, Verdict verdict) {
    enum Verdict {
        /// All subgraphs return the same types.
        EQUAL,
        /// Some types are common, and a field must return only those.
        OVERLAPPING,
        DISJOINT
    }

    /// @param all the types that clients may see at the field
    static SharedRuntimeTypes compare(List<Vertex> returned, List<String> all) {
        Map<Integer, Set<String>> bySubgraph = new LinkedHashMap<>();
        for (Vertex vertex : returned) {
            // A subgraph that declares one object type is right to return only that one, and an
            // interface object stands in for every type.
            if (vertex.type.kind == LocalType.Kind.ABSTRACT) {
                bySubgraph.put(vertex.subgraph(), new TreeSet<>(vertex.type.runtimeTypes));
            }
        }
        return new SharedRuntimeTypes(bySubgraph, verdict(bySubgraph, all));
    }

    private static Verdict verdict(Map<Integer, Set<String>> bySubgraph, List<String> all) {
        List<Set<String>> sets = new ArrayList<>(bySubgraph.values());
        if (sets.size() < 2 || sets.stream().allMatch(Set::isEmpty)) {
            return Verdict.EQUAL;
        }
        Set<String> common = new LinkedHashSet<>(all);
        sets.forEach(common::retainAll);
        if (common.isEmpty()) {
            return Verdict.DISJOINT;
        }
        return sets.stream().distinct().count() == 1 ? Verdict.EQUAL : Verdict.OVERLAPPING;
    }
}
