package dev.trivium.planner.proof;

import dev.trivium.planner.proof.FederationDraft.Entity;
import dev.trivium.planner.proof.FederationDraft.Leaf;

/// Hides elements from clients: what only the planner may ask for, and what no answer may show.
final class HideElements {
    private static final String INACCESSIBLE = "@inaccessible";

    private HideElements() {}

    static void in(FederationDraft draft) {
        for (Entity entity : draft.entities) {
            for (Leaf leaf : entity.leaves()) {
                if (draft.chance(8)) {
                    mark(draft, entity.name(), leaf.name());
                }
            }
            for (String key : new String[] {"code", "number", "info"}) {
                if (draft.chance(20)) {
                    mark(draft, entity.name(), key);
                }
            }
        }
        if (draft.chance(15)) {
            draft.subgraphs.forEach(it -> it.mark("Shade", "DIM", INACCESSIBLE));
        }
        if (draft.chance(15)) {
            draft.subgraphs.forEach(it -> it.mark("Pattern", "sizes", INACCESSIBLE));
        }
        if (draft.chance(20)) {
            hideType(draft, draft.one(draft.entities).name());
        }
    }

    /// In one subgraph that resolves the element, which is enough.
    private static void mark(FederationDraft draft, String type, String field) {
        for (SubgraphDraft it : draft.subgraphs) {
            if (it.has(type, field) && !it.isExternal(type, field)) {
                it.mark(type, field, INACCESSIBLE);
                return;
            }
        }
    }

    /// With all fields that return it; interfaces and unions may still have it.
    private static void hideType(FederationDraft draft, String type) {
        for (SubgraphDraft it : draft.subgraphs) {
            it.markReturning(type, INACCESSIBLE);
            if (it.has(type)) {
                it.directive(type, INACCESSIBLE);
            }
        }
    }
}
