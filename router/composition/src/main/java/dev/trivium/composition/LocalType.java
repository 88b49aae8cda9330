package dev.trivium.composition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A composite type as one subgraph knows it.
final class LocalType {
    /// What the subgraph can do with a type.
    enum Kind {
        OBJECT,
        /// An object type that stands for an interface of the supergraph.
        INTERFACE_OBJECT,
        ABSTRACT
    }

    /// A `@key`.
    ///
    /// @param fields as written
    /// @param steps its leaves
    record Key(String fields, List<ConditionStep> steps, boolean resolvable) {}

    /// An argument that a context fills.
    ///
    /// @param slot the number of (context, selection) among all of the supergraph
    record ContextNeed(int slot, String argument, String context) {}

    /// A field as the subgraph defines it.
    ///
    /// @param typeName the named type, in this subgraph
    /// @param label null where no progressive override is concerned
    /// @param labelValue the value of the label with which this subgraph answers the field
    record Field(
            String name,
            String typeName,
            boolean external,
            @Nullable String requiresText,
            List<ConditionStep> requires,
            ProvidedFields provides,
            @Nullable String label,
            boolean labelValue,
            List<ContextNeed> contexts) {}

    final int subgraph;
    final String name;
    final Kind kind;
    final List<Key> keys = new ArrayList<>();
    final Map<String, Field> fields = new LinkedHashMap<>();

    /// The object types of this subgraph that a value of this type may have.
    final Set<String> runtimeTypes = new LinkedHashSet<>();

    /// Whether the root type of an operation; the router enters it without a key.
    boolean root;

    /// Whether some key consists only of fields that the subgraph itself answers, so that a fetch
    /// elsewhere can be followed by one here.
    boolean locallyKeyed;

    LocalType(int subgraph, String name, Kind kind) {
        this.subgraph = subgraph;
        this.name = name;
        this.kind = kind;
    }

    boolean hasResolvableKey() {
        return keys.stream().anyMatch(Key::resolvable);
    }
}
