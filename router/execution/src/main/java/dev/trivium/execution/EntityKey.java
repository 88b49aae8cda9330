package dev.trivium.execution;

import dev.trivium.planner.plan.Fetch.EntityGroup;
import dev.trivium.planner.plan.Fetch.FetchField;
import dev.trivium.planner.plan.Fetch.RepresentationField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value that stands in the representation of an entity and in the answer to it. Where the two
/// differ, the subgraph has answered another entity than it was asked for.
///
/// @param slot of the value in the merged object
/// @param below the values that count of an object; empty for a leaf
record EntityKey(int slot, EntityKey[] below) {

    private static final EntityKey[] NONE = {};

    /// @param layout of the entities
    static EntityKey[] of(EntityGroup group, Layout layout) {
        List<EntityKey> keys = new ArrayList<>();
        group.representations()
                .forEach(it -> collect(it.fields(), group.selections(), layout, keys));
        return keys.toArray(NONE);
    }

    private static void collect(
            List<RepresentationField> fields,
            List<FetchField> selections,
            Layout layout,
            List<EntityKey> keys) {
        for (RepresentationField field : fields) {
            FetchField selected = selected(field, selections);
            if (selected == null || field.name().equals(Layout.TYPENAME)) {
                continue;
            }
            List<EntityKey> below = new ArrayList<>();
            if (!field.fields().isEmpty()) {
                Layout child = layout.child(field.planKey());
                collect(field.fields(), selected.selections(), child, below);
            }
            if (field.fields().isEmpty() || !below.isEmpty()) {
                keys.add(new EntityKey(layout.slot(field.planKey()), below.toArray(NONE)));
            }
        }
    }

    /// What the fetch asks for under the same plan key, and of the same kind.
    private static @Nullable FetchField selected(
            RepresentationField field, List<FetchField> selections) {
        for (FetchField selection : selections) {
            if (selection.planKey().equals(field.planKey())
                    && selection.selections().isEmpty() == field.fields().isEmpty()) {
                return selection;
            }
        }
        return null;
    }

    /// Whether two objects, as far as they say, have the same value here.
    boolean agrees(ResultTree tree, int object, int other) {
        long mine = tree.at(object, slot);
        long theirs = tree.at(other, slot);
        return below.length == 0
                ? tree.leavesAgree(mine, theirs)
                : Cell.tag(mine) != Cell.OBJECT
                        || Cell.tag(theirs) != Cell.OBJECT
                        || allAgree(below, tree, Cell.index(mine), Cell.index(theirs));
    }

    static boolean allAgree(EntityKey[] keys, ResultTree tree, int object, int other) {
        for (EntityKey key : keys) {
            if (!key.agrees(tree, object, other)) {
                return false;
            }
        }
        return true;
    }
}
