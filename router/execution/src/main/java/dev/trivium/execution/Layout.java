package dev.trivium.execution;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The slots of the objects at one or more places of the merged tree, while a program is compiled.
///
/// Places that receive the same entities have one layout, so that merging an entity is copying
/// slots, whatever the place: {@link #unify}. Layouts may therefore be cyclic.
final class Layout {

    static final String TYPENAME = "__typename";

    /// The layout that this one has become a part of.
    private @Nullable Layout whole;

    private final Map<String, Integer> slots = new HashMap<>();
    private final Map<String, Layout> children = new HashMap<>();

    Layout() {
        slots.put(TYPENAME, 0);
    }

    private Layout whole() {
        Layout at = this;
        while (at.whole != null) {
            at = at.whole;
        }
        return at;
    }

    /// The slot of a plan key, which exists from now on.
    int slot(String planKey) {
        Map<String, Integer> all = whole().slots;
        Integer slot = all.putIfAbsent(planKey, all.size());
        return slot == null ? all.size() - 1 : slot;
    }

    int size() {
        return whole().slots.size();
    }

    /// The layout of the objects below a plan key.
    Layout child(String planKey) {
        slot(planKey);
        return whole().children.computeIfAbsent(planKey, _ -> new Layout()).whole();
    }

    /// Makes this and another layout one. Slots read before are void.
    void unify(Layout other) {
        Layout mine = whole();
        Layout theirs = other.whole();
        if (mine == theirs) {
            return;
        }
        theirs.whole = mine;
        for (String key : theirs.slots.keySet()) {
            mine.slot(key);
        }
        // A key that only one of them has takes the layout over as it is. So there are fewer
        // layouts after each step, and even cyclic ones come to an end.
        theirs.children.forEach((key, child) -> {
            Layout known = mine.whole().children.putIfAbsent(key, child);
            if (known != null) {
                known.unify(child);
            }
        });
    }

    /// The slot of a plan key that is known. Unlike {@link #slot} it may be called by any thread,
    /// once the layout is complete.
    int slotAt(String planKey) {
        Integer slot = whole().slots.get(planKey);
        if (slot == null) {
            throw new IllegalStateException("no slot for " + planKey);
        }
        return slot;
    }

    /// The layout below a plan key that is known to have one; for any thread, like {@link #slotAt}.
    Layout childAt(String planKey) {
        Layout child = whole().children.get(planKey);
        if (child == null) {
            throw new IllegalStateException("no objects below " + planKey);
        }
        return child.whole();
    }
}
