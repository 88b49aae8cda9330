package dev.trivium.planner.proof;

import dev.trivium.planner.proof.FederationDraft.Entity;
import dev.trivium.planner.proof.FederationDraft.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// Adds fields that need leaves, with arguments too, or leaves of neighbours, of other subgraphs.
final class AddRequires {
    private final FederationDraft draft;

    private AddRequires(FederationDraft draft) {
        this.draft = draft;
    }

    static void to(FederationDraft draft) {
        draft.entities.forEach(new AddRequires(draft)::requires);
    }

    private void requires(Entity entity) {
        for (int i = 0; i < 2; i++) {
            int s = draft.one(entity.in());
            if (draft.chance(50) || !draft.subgraph(s).isKeyed(entity.name())) {
                continue;
            }
            List<String> sets = new ArrayList<>();
            for (Leaf leaf : entity.leaves()) {
                if (!leaf.owners().contains(s) && draft.chance(60)) {
                    external(s, entity, leaf).ifPresent(sets::add);
                }
            }
            neighbour(s, entity, i, sets);
            if (!sets.isEmpty()) {
                String type = draft.chance(20) ? draft.wrap(draft.target(s)) : draft.leafType();
                String set = " @requires(fields: \"" + String.join(" ", sets) + "\")";
                draft.subgraph(s)
                        .add(entity.name(), "q" + i, draft.arguments() + ": " + type + set);
            }
        }
    }

    /// What to require, or nothing where the subgraph resolves the leaf by itself.
    private Optional<String> external(int s, Entity entity, Leaf leaf) {
        SubgraphDraft subgraph = draft.subgraph(s);
        if (subgraph.has(entity.name(), leaf.name())
                && !subgraph.isExternal(entity.name(), leaf.name())) {
            return Optional.empty();
        }
        subgraph.add(entity.name(), leaf.name(), leaf.rest() + " @external");
        boolean number = leaf.rest().startsWith("(x: Int");
        return Optional.of(
                leaf.name() + (number && draft.chance(70) ? "(x: " + draft.below(3) + ")" : ""));
    }

    /// A leaf of an object that another subgraph knows of, be it behind a union.
    private void neighbour(int s, Entity entity, int i, List<String> sets) {
        if (draft.chance(60) || entity.in().size() < 2) {
            return;
        }
        NavigableSet<Integer> others = new TreeSet<>(entity.in());
        others.remove(s);
        int other = draft.one(others);
        Entity target = draft.one(draft.entities);
        if (!target.in().contains(s) || !draft.canKnow(other, target.name())) {
            return;
        }
        for (Leaf leaf : target.leaves()) {
            if (!leaf.hasArguments() && !leaf.owners().contains(s)) {
                Optional<String> required = external(s, target, leaf);
                if (required.isEmpty()) {
                    return;
                }
                draft.know(other, target.name());
                boolean inUnion =
                        draft.subgraph(s).isA(target.name(), "Any")
                                && draft.subgraph(other).isA(target.name(), "Any");
                boolean byUnion = inUnion && draft.chance(60);
                String name = "n" + i;
                String rest = ": " + draft.wrap(byUnion ? "Any" : target.name());
                draft.subgraph(other).add(entity.name(), name, rest);
                draft.subgraph(s).add(entity.name(), name, rest + " @external");
                String on = byUnion ? "... on " + target.name() + " { %s }" : "%s";
                sets.add(name + " { " + on.formatted(required.get()) + " }");
                return;
            }
        }
    }
}
