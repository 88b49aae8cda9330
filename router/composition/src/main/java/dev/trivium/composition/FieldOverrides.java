package dev.trivium.composition;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `@override` does to the sources of one field.
final class FieldOverrides {
    static final FieldOverrides NONE = new FieldOverrides();

    private final Set<SubgraphSchema> used = new HashSet<>();
    private final Set<SubgraphSchema> unused = new HashSet<>();
    private final Set<SubgraphSchema> migrating = new HashSet<>();
    private final Map<SubgraphSchema, String> labels = new HashMap<>();

    void addUsed(SubgraphSchema subgraph) {
        used.add(subgraph);
    }

    void addUnused(SubgraphSchema subgraph) {
        unused.add(subgraph);
    }

    /// Overridden under the condition of a label only.
    void addMigrating(SubgraphSchema subgraph) {
        migrating.add(subgraph);
    }

    void addLabel(SubgraphSchema subgraph, String label) {
        labels.put(subgraph, label);
    }

    /// Overridden, but still there for a directive or interface of the subgraph that needs it.
    boolean isUsed(SubgraphSchema subgraph) {
        return used.contains(subgraph);
    }

    /// Overridden, and gone.
    boolean isUnused(SubgraphSchema subgraph) {
        return unused.contains(subgraph);
    }

    boolean isOverridden(SubgraphSchema subgraph) {
        return isUsed(subgraph) || isUnused(subgraph) || migrating.contains(subgraph);
    }

    /// The condition under which the override holds, for both of its subgraphs.
    @Nullable String label(SubgraphSchema subgraph) {
        return labels.get(subgraph);
    }

    boolean needsJoinField() {
        return !used.isEmpty() || !labels.isEmpty();
    }
}
