package dev.trivium.planner.proof;

import dev.trivium.language.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which fields the objects of the merged tree have, by their runtime type, and who brings them.
final class MergedTree {
    private MergedTree() {}

    /// The objects at one place.
    static final class Node {
        private final Map<String, Map<String, Slot>> slots = new TreeMap<>();

        @Nullable Slot find(String type, String planKey) {
            return slots.getOrDefault(type, Map.of()).get(planKey);
        }

        /// @return the slot, which may have been there already for another field
        Slot add(String type, String planKey, String name, Map<String, Value> arguments) {
            return slots.computeIfAbsent(type, _ -> new HashMap<>())
                    .computeIfAbsent(planKey, _ -> new Slot(name, arguments));
        }
    }

    /// A field of these objects.
    static final class Slot {
        final String name;
        final Map<String, Value> arguments;
        final Node below = new Node();
        private final Set<Integer> fetches = new HashSet<>();

        Slot(String name, Map<String, Value> arguments) {
            this.name = name;
            this.arguments = arguments;
        }

        void bring(int fetch) {
            fetches.add(fetch);
        }

        boolean isThere(Set<Integer> ended) {
            return fetches.stream().anyMatch(ended::contains);
        }

        @Override
        public String toString() {
            return name + arguments;
        }
    }
}
