package dev.trivium.execution;

import dev.trivium.planner.plan.Fetch.PathStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way from the root to the objects that an entity fetch fills.
final class MergePath {

    private final int[] slots;
    private final boolean[] @Nullable [] filters;

    /// The type of the objects at each step, and at the end, where the schema leaves no choice.
    private final int[] types;

    private MergePath(int[] slots, boolean[] @Nullable [] filters, int[] types) {
        this.slots = slots;
        this.filters = filters;
        this.types = types;
    }

    /// @param types the type of the objects at each step and at the end, or `UNKNOWN`
    static MergePath of(List<PathStep> steps, Layout root, int[] types, TypeNames names) {
        int[] slots = new int[steps.size()];
        boolean[] @Nullable [] filters = new boolean @Nullable [slots.length][];
        Layout layout = root;
        for (int i = 0; i < slots.length; i++) {
            PathStep step = steps.get(i);
            slots[i] = layout.slot(step.planKey());
            filters[i] = names.filter(step.types());
            layout = layout.child(step.planKey());
        }
        return new MergePath(slots, filters, types);
    }

    int length() {
        return slots.length;
    }

    int slot(int step) {
        return slots[step];
    }

    /// The runtime type of an object that was found at a step.
    int typeOf(ResultTree tree, int object, int step) {
        return tree.typeOf(object, types[step]);
    }

    /// Whether the path goes on from an object.
    boolean leavesFrom(ResultTree tree, int object, int step) {
        boolean[] filter = filters[step];
        return filter == null || TypeNames.accepts(filter, typeOf(tree, object, step));
    }
}
