package dev.trivium.composition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many subgraphs declare each type, and resolve each field, before an upgrade changes them.
final class ResolvedFields {
    private final Map<String, Integer> types = new HashMap<>();
    private final Map<String, Integer> fields = new HashMap<>();
    private final Map<String, Integer> declared = new HashMap<>();

    ResolvedFields(List<SubgraphSchema> subgraphs) {
        for (SubgraphSchema subgraph : subgraphs) {
            SubgraphFacts facts = subgraph.facts();
            for (TypeElement type : subgraph.model.types.values()) {
                types.merge(type.name, 1, Integer::sum);
                for (FieldElement field : type.fields.values()) {
                    declared.merge(field.coordinate(), 1, Integer::sum);
                    if (!facts.isFullyExternal(field)) {
                        fields.merge(field.coordinate(), 1, Integer::sum);
                    }
                }
            }
        }
    }

    boolean isDeclaredElsewhere(TypeElement type) {
        return types.getOrDefault(type.name, 0) > 1;
    }

    boolean isDeclaredElsewhere(FieldElement field) {
        return declared.getOrDefault(field.coordinate(), 0) > 1;
    }

    /// @param facts those of the subgraph of the field, before the upgrade
    boolean isResolvedElsewhere(FieldElement field, SubgraphFacts facts) {
        int own = facts.isFullyExternal(field) ? 0 : 1;
        return fields.getOrDefault(field.coordinate(), 0) > own;
    }
}
