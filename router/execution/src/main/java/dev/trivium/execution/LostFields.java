package dev.trivium.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Says why fields are null that no subgraph was asked for: what their object would have been asked
/// by, a key or what `@requires` names, was lost with an error. That error is repeated at each
/// position of the response that it costs, unless one is known there already.
final class LostFields {

    private final Program program;
    private final ResultTree tree;
    private final PartErrors errors;
    private final ClientPaths paths;
    private final FetchProgram fetch;

    /// The errors of the fetches that this one depends on.
    private final List<ResponseError> causes = new ArrayList<>();

    LostFields(
            Program program,
            ResultTree tree,
            PartErrors errors,
            ClientPaths paths,
            FetchProgram fetch) {
        this.program = program;
        this.tree = tree;
        this.errors = errors;
        this.paths = paths;
        this.fetch = fetch;
        addCauses(fetch, new BitSet());
    }

    private void addCauses(FetchProgram dependent, BitSet seen) {
        for (FetchProgram other : program.fetches()) {
            if (Arrays.stream(other.dependents()).anyMatch(id -> id == dependent.id())
                    && !seen.get(other.id())) {
                seen.set(other.id());
                causes.addAll(errors.reportedFor(other));
                addCauses(other, seen);
            }
        }
    }

    /// @param asked whether an object has a representation, and so is asked for
    void report(EntityGroupProgram group, IntPredicate asked) {
        if (!causes.isEmpty()) {
            paths.forEach(
                    group,
                    (object, type) ->
                            group.writer(tree, object, type) != null && !asked.test(object),
                    place -> report(group, place));
        }
    }

    private void report(EntityGroupProgram group, ClientPaths.Place place) {
        if (place.selection() == null || errors.isFull(fetch)) {
            return;
        }
        ResponseError cause = cause(place.path(), !group.contexts().isEmpty());
        if (cause != null) {
            fields(place.path(), place.object(), place.selection(), group.shape(), cause);
        }
    }

    /// The error that is nearest to an object. What an object is asked by stands below it, but for
    /// the values of contexts.
    private @Nullable ResponseError cause(List<Object> object, boolean fromAbove) {
        ResponseError nearest = null;
        int most = fromAbove ? 0 : object.size() - 1;
        for (ResponseError cause : causes) {
            int common = cause.path() == null ? 0 : common(cause.path(), object);
            if (common > most) {
                most = common;
                nearest = cause;
            }
        }
        return nearest;
    }

    private static int common(List<Object> path, List<Object> other) {
        int length = 0;
        while (length < Math.min(path.size(), other.size())
                && path.get(length).equals(other.get(length))) {
            length++;
        }
        return length;
    }

    private void fields(
            List<Object> path,
            int object,
            ResponseSelection selection,
            Shape shape,
            ResponseError cause) {
        int type = tree.typeOf(object, selection.onlyType());
        if (!selection.isPossible(type)) {
            return;
        }
        Projection projection = selection.of(type);
        for (int i = 0; i < shape.count(); i++) {
            ResponseField field = projection.ofSlot(shape.slots[i]);
            if (field != null) {
                long cell = tree.at(object, shape.slots[i]);
                value(below(path, field.key()), cell, field, shape.children[i], cause);
            }
        }
    }

    /// What another fetch has brought is not lost, but what would be merged into it may be.
    private void value(
            List<Object> path,
            long cell,
            ResponseField field,
            @Nullable Shape shape,
            ResponseError cause) {
        int index = Cell.index(cell);
        if (cell == Cell.ABSENT) {
            if (!errors.explain(path)) {
                errors.add(fetch, cause.at(path));
            }
        } else if (Cell.tag(cell) == Cell.LIST) {
            for (int i = 0; i < tree.count(index) && !errors.isFull(fetch); i++) {
                value(below(path, i), tree.at(index, i), field, shape, cause);
            }
        } else if (Cell.tag(cell) == Cell.OBJECT && shape != null && field.selection() != null) {
            fields(path, index, field.selection(), shape, cause);
        }
    }

    private static List<Object> below(List<Object> path, Object segment) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(segment);
        return longer;
    }
}
