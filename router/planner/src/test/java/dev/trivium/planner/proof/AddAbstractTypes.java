package dev.trivium.planner.proof;

import dev.trivium.planner.proof.FederationDraft.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Adds an interface with a key, one that each subgraph knows other implementations of, and a union
/// that each subgraph knows other members of.
final class AddAbstractTypes {
    private final FederationDraft draft;

    private AddAbstractTypes(FederationDraft draft) {
        this.draft = draft;
    }

    static void to(FederationDraft draft) {
        AddAbstractTypes add = new AddAbstractTypes(draft);
        add.entityInterface();
        add.plainInterface();
        add.union();
    }

    /// All its implementations are known to every subgraph that has it.
    private void entityInterface() {
        List<Entity> nodes = draft.entities.stream().filter(Entity::isNode).toList();
        if (nodes.isEmpty()) {
            return;
        }
        NavigableSet<Integer> where = draft.all();
        where.removeAll(draft.withInterfaceObject);
        NavigableSet<Integer> in = draft.some(where, 30);
        draft.abstracts.put(FederationDraft.NODE, in);
        if (!draft.withInterfaceObject.isEmpty() && draft.chance(40)) {
            second(nodes, in);
        }
        int named = draft.chance(50) ? draft.one(in) : -1;
        for (int s : in) {
            SubgraphDraft subgraph = draft.subgraph(s);
            subgraph.declare("interface", FederationDraft.NODE);
            draft.key(s, FederationDraft.NODE, "id", true);
            for (Entity it : nodes) {
                draft.key(s, it.name(), "id", true);
                it.in().add(s);
                subgraph.implement(it.name(), FederationDraft.NODE);
            }
            if (s == named) {
                subgraph.add(FederationDraft.NODE, "label", ": String");
                nodes.forEach(it -> subgraph.add(it.name(), "label", ": String"));
            }
        }
    }

    /// Another interface with a key, of some of the same entities.
    private void second(List<Entity> nodes, NavigableSet<Integer> in) {
        List<Entity> some = nodes.subList(0, 1 + draft.below(nodes.size()));
        draft.abstracts.put(FederationDraft.ITEM, new TreeSet<>(in));
        for (int s : in) {
            SubgraphDraft subgraph = draft.subgraph(s);
            subgraph.declare("interface", FederationDraft.ITEM);
            draft.key(s, FederationDraft.ITEM, "id", true);
            some.forEach(it -> subgraph.implement(it.name(), FederationDraft.ITEM));
        }
    }

    private void plainInterface() {
        if (draft.chance(25)) {
            return;
        }
        NavigableSet<Integer> in = new TreeSet<>();
        for (SubgraphDraft subgraph : draft.subgraphs) {
            List<Entity> there =
                    draft.entities.stream().filter(it -> subgraph.has(it.name(), "id")).toList();
            if (there.isEmpty() || draft.chance(40)) {
                continue;
            }
            in.add(subgraph.number);
            subgraph.declare("interface", "Thing");
            subgraph.add("Thing", "id", ": ID!");
            Entity always = draft.one(there);
            there.stream()
                    .filter(it -> it.equals(always) || draft.chance(60))
                    .forEach(it -> subgraph.implement(it.name(), "Thing"));
        }
        if (!in.isEmpty()) {
            draft.abstracts.put("Thing", in);
        }
    }

    private void union() {
        NavigableSet<Integer> in = new TreeSet<>();
        for (SubgraphDraft subgraph : draft.subgraphs) {
            List<String> there = new ArrayList<>(List.of("V"));
            draft.entities.stream()
                    .filter(it -> subgraph.has(it.name()))
                    .forEach(it -> there.add(it.name()));
            there.removeIf(_ -> draft.chance(30));
            if (!there.isEmpty() && draft.chance(70)) {
                in.add(subgraph.number);
                subgraph.declare("union", "Any");
                there.forEach(it -> subgraph.add("Any", it, ""));
            }
        }
        if (!in.isEmpty()) {
            draft.abstracts.put("Any", in);
        }
    }
}
