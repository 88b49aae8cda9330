package dev.trivium.composition;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A place where a fetch can stand: a type of a subgraph, with what `@provides` on the way adds to
/// it. One object for each place, so vertices are compared by identity and ordered by number.
final class Vertex {
    final int id;
    final LocalType type;
    final ProvidedFields provided;

    /// The object type of the supergraph that an interface object is known to stand for here, or
    /// null.
    final @Nullable String narrowedTo;

    /// Where each field leads; a leaf leads nowhere.
    final Map<String, Vertex> tails = new HashMap<>();

    Vertex(int id, LocalType type, ProvidedFields provided, @Nullable String narrowedTo) {
        this.id = id;
        this.type = type;
        this.provided = provided;
        this.narrowedTo = narrowedTo;
    }

    int subgraph() {
        return type.subgraph;
    }

    /// Whether the subgraph itself answers a field here.
    boolean answers(LocalType.Field field) {
        return !field.external() || provided.below(field.name()) != null;
    }
}
