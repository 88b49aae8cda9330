package dev.trivium.planner.proof;

import dev.trivium.planner.proof.FederationDraft.Entity;
import dev.trivium.planner.proof.FederationDraft.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Adds entities with one key or more, and leaves that one subgraph resolves, that several share,
/// or that one takes over from another.
final class AddEntities {
    private static final List<List<String>> KEYS =
            List.of(
                    List.of("id"),
                    List.of("id"),
                    List.of("id", "code"),
                    List.of("id", "id code"),
                    List.of("info { serial }", "id"),
                    List.of("code number"));

    private final FederationDraft draft;

    private AddEntities(FederationDraft draft) {
        this.draft = draft;
    }

    static void to(FederationDraft draft) {
        AddEntities add = new AddEntities(draft);
        int count = 3 + draft.below(2);
        int nodes = draft.chance(25) ? 0 : 2 + draft.below(2);
        if (nodes > 0 && draft.chance(60)) {
            draft.withInterfaceObject.add(draft.below(draft.subgraphs.size()));
        }
        for (int i = 0; i < count; i++) {
            draft.entities.add(add.entity("E" + i, i < nodes));
        }
    }

    private Entity entity(String name, boolean isNode) {
        NavigableSet<Integer> where = draft.all();
        if (isNode) {
            where.removeAll(draft.withInterfaceObject);
        }
        NavigableSet<Integer> in = draft.some(where, 55);
        List<String> keys = draft.one(isNode ? KEYS.subList(0, 4) : KEYS);
        Entity entity = new Entity(name, keys, in, new ArrayList<>(), isNode);
        for (int s : in) {
            boolean all = s == in.first();
            List<String> own = new ArrayList<>(keys);
            while (!all && own.size() > 1 && draft.chance(60)) {
                own.remove(draft.below(own.size()));
            }
            own.forEach(it -> draft.key(s, name, it, true));
        }
        for (int i = 0; i < 4; i++) {
            leaf(entity, "f" + i);
        }
        return entity;
    }

    private void leaf(Entity entity, String name) {
        String rest = draft.arguments() + ": " + draft.leafType();
        Leaf leaf = new Leaf(name, rest, new TreeSet<>());
        entity.leaves().add(leaf);
        int s = draft.one(entity.in());
        leaf.owners().add(s);
        String directives = "";
        int other = draft.one(entity.in());
        if (other != s && draft.chance(40)) {
            leaf.owners().add(other);
            draft.subgraph(other).add(entity.name(), name, rest + " @shareable");
            directives = " @shareable";
        } else if (other != s && draft.chance(40)) {
            String name0 = draft.one(List.of("l0", "l1"));
            String label = draft.chance(60) ? ", label: \"" + name0 + "\"" : "";
            draft.subgraph(other).add(entity.name(), name, rest);
            directives = " @override(from: \"s" + other + "\"" + label + ")";
        }
        draft.subgraph(s).add(entity.name(), name, rest + directives);
    }
}
