package dev.trivium.planner.proof;

import dev.trivium.composition.SubgraphSource;
import java.util.List;
import java.util.Random;

/// Splits a random schema over some subgraphs, with all directives of Federation 2.
///
/// Not everything that comes out composes: composition tells what can be resolved.
final class RandomFederation {
    private RandomFederation() {}

    static List<SubgraphSource> of(Random random) {
        FederationDraft draft = new FederationDraft(random);
        AddValueTypes.to(draft);
        AddEntities.to(draft);
        AddAbstractTypes.to(draft);
        for (FederationDraft.Entity entity : draft.entities) {
            for (int i = 0; i < 2 + draft.below(2); i++) {
                draft.reference(entity.name(), "r" + i, draft.one(entity.in()), entity.in());
            }
        }
        AddRequires.to(draft);
        AddInterfaceObjects.to(draft);
        AddRoots.to(draft);
        AddContexts.to(draft);
        HideElements.in(draft);
        return draft.subgraphs.stream().map(SubgraphDraft::source).toList();
    }
}
