package dev.trivium.execution;

import dev.trivium.planner.plan.Fetch.ContextSource;
import dev.trivium.planner.plan.Fetch.ContextValue;
import dev.trivium.planner.plan.Fetch.PathStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A {@link ContextValue}, ready to run: a variable of an entity fetch whose value is found above
/// the entity.
final class ContextVariable {

    private static final byte[] NULL = JsonText.utf8("null");

    /// `"name":`
    private final byte[] key;

    /// By path, since objects above the entities have a layout for each.
    private final Source[][] sources;

    private ContextVariable(byte[] key, Source[][] sources) {
        this.key = key;
        this.sources = sources;
    }

    /// @param step the object on the path that has the value
    /// @param filter the runtime types that it may have
    /// @param slots the way from the object to the value
    private record Source(int step, boolean @Nullable [] filter, int[] slots) {}

    /// Made once for a program, hence the stream.
    static ContextVariable of(
            ContextValue value, List<List<PathStep>> paths, Layout root, TypeNames types) {
        Source[][] sources = new Source[paths.size()][];
        for (int i = 0; i < sources.length; i++) {
            List<PathStep> path = paths.get(i);
            sources[i] =
                    value.sources().stream()
                            .map(source -> source(source, path, root, types))
                            .toArray(Source[]::new);
        }
        return new ContextVariable(JsonText.utf8('"' + value.variable() + "\":"), sources);
    }

    private static Source source(
            ContextSource source, List<PathStep> path, Layout root, TypeNames types) {
        int step = path.size() - source.up();
        Layout layout = root;
        for (PathStep before : path.subList(0, step)) {
            layout = layout.child(before.planKey());
        }
        int[] slots = new int[source.planKeys().size()];
        for (int i = 0; i < slots.length; i++) {
            String planKey = source.planKeys().get(i);
            slots[i] = layout.slot(planKey);
            if (i + 1 < slots.length) {
                layout = layout.child(planKey);
            }
        }
        return new Source(step, types.filter(source.types()), slots);
    }

    /// Appends `"name":value`.
    ///
    /// @param path the number of a path
    /// @param objects those on the path, from the root to the entity
    /// @return false if there is no value; what has been written is then of no use
    boolean write(JsonBuffer out, ResultTree tree, MergePath along, int path, int[] objects) {
        for (Source source : sources[path]) {
            int object = objects[source.step];
            if (TypeNames.accepts(source.filter, along.typeOf(tree, object, source.step))) {
                return write(out, tree, value(tree, object, source.slots));
            }
        }
        return false;
    }

    /// Where nothing is selected from an object, the value is null.
    private static long value(ResultTree tree, int object, int[] slots) {
        if (slots.length == 0) {
            return Cell.NULL;
        }
        long cell = Cell.object(object);
        for (int slot : slots) {
            if (Cell.tag(cell) != Cell.OBJECT) {
                // A null has nothing below it; so has what should be an object and is none.
                return Cell.tag(cell) == Cell.TAG_NULL ? Cell.NULL : Cell.ABSENT;
            }
            cell = tree.at(Cell.index(cell), slot);
        }
        return cell;
    }

    private boolean write(JsonBuffer out, ResultTree tree, long cell) {
        out.append(key);
        if (Cell.isSlice(cell)) {
            out.append(tree.bytes(cell), Cell.offset(cell), Cell.length(cell));
            return true;
        }
        out.append(NULL);
        return cell == Cell.NULL;
    }
}
