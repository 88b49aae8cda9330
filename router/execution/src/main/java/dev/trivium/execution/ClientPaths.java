package dev.trivium.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Says where in the response a client finds what is at some place of the tree. Only errors need
/// that, so paths are found when there are some, by walking the tree again.
///
/// What the router asked for on its own account has no place in the response; the nearest place
/// above stands for it.
final class ClientPaths {

    private final ResultTree tree;
    private final int root;
    private final ResponseSelection rootSelection;

    ClientPaths(ResultTree tree, int root, ResponseSelection rootSelection) {
        this.tree = tree;
        this.root = root;
        this.rootSelection = rootSelection;
    }

    /// A place in the response.
    ///
    /// @param path response keys and positions in lists
    /// @param object the object of the tree that the place is about
    /// @param selection what the response holds of the object; null if the object itself is not in
    ///   the response
    record Place(List<Object> path, int object, @Nullable ResponseSelection selection) {}

    Place root() {
        return new Place(List.of(), root, rootSelection);
    }

    /// Visits the places that wait for some of the entities of a batch.
    ///
    /// @param wanted by the number of the representation
    void forEach(EntityBatch batch, IntPredicate wanted, Consumer<Place> visitor) {
        ObjectFilter filter =
                (object, _) -> {
                    int representation = batch.representationOf(object);
                    return representation >= 0 && wanted.test(representation);
                };
        forEach(batch.group(), filter, visitor);
    }

    /// Visits the places that a group leads to.
    void forEach(EntityGroupProgram group, ObjectFilter wanted, Consumer<Place> visitor) {
        new Walk(group, wanted, visitor).run();
    }

    /// Says which objects are looked for.
    interface ObjectFilter {
        /// @param type the runtime type of the object, or {@link TypeNames#UNKNOWN}
        boolean accepts(int object, int type);
    }

    /// Repeats the walk that gathered the objects of a batch.
    private final class Walk {
        private final EntityGroupProgram group;
        private final ObjectFilter wanted;
        private final Consumer<Place> visitor;
        private final List<Object> path = new ArrayList<>();

        Walk(EntityGroupProgram group, ObjectFilter wanted, Consumer<Place> visitor) {
            this.group = group;
            this.wanted = wanted;
            this.visitor = visitor;
        }

        void run() {
            for (MergePath mergePath : group.paths()) {
                at(mergePath, Cell.object(root), 0, rootSelection);
            }
        }

        private void at(MergePath way, long cell, int step, @Nullable ResponseSelection selection) {
            int index = Cell.index(cell);
            if (Cell.tag(cell) == Cell.LIST) {
                list(way, index, step, selection);
            } else if (Cell.tag(cell) == Cell.OBJECT) {
                if (step == way.length()) {
                    if (wanted.accepts(index, way.typeOf(tree, index, step))) {
                        visitor.accept(new Place(List.copyOf(path), index, selection));
                    }
                } else if (way.leavesFrom(tree, index, step)) {
                    field(way, index, step, selection);
                }
            }
        }

        private void list(
                MergePath way, int list, int step, @Nullable ResponseSelection selection) {
            for (int i = 0; i < tree.count(list); i++) {
                if (selection != null) {
                    path.addLast(i);
                }
                at(way, tree.at(list, i), step, selection);
                if (selection != null) {
                    path.removeLast();
                }
            }
        }

        private void field(
                MergePath way, int object, int step, @Nullable ResponseSelection selection) {
            int type = way.typeOf(tree, object, step);
            ResponseField field =
                    selection != null && selection.isPossible(type)
                            ? selection.of(type).ofSlot(way.slot(step))
                            : null;
            if (field != null) {
                path.addLast(field.key());
            }
            long below = tree.at(object, way.slot(step));
            at(way, below, step + 1, field == null ? null : field.selection());
            if (field != null) {
                path.removeLast();
            }
        }
    }

    /// Follows a path of a subgraph's answer as far as the client's response has it too.
    ///
    /// @param shape of the objects at `place` in the answer
    /// @param segments keys of the answer and positions in lists
    List<Object> follow(Place place, Shape shape, List<Object> segments) {
        List<Object> path = new ArrayList<>(place.path());
        ResponseSelection selection = place.selection();
        Shape at = shape;
        long cell = Cell.object(place.object());
        int lists = 0;
        for (Object segment : segments) {
            if (segment instanceof Integer position) {
                if (lists-- == 0 || isBeyond(cell, position)) {
                    break;
                }
                path.add(position);
                cell =
                        Cell.tag(cell) == Cell.LIST
                                ? tree.at(Cell.index(cell), position)
                                : Cell.NULL;
                continue;
            }
            int number = at == null ? -1 : at.field((String) segment);
            ResponseField field =
                    at == null || number < 0 ? null : field(selection, cell, at.slots[number]);
            if (at == null || field == null) {
                break;
            }
            path.add(field.key());
            cell = below(cell, at.slots[number]);
            at = at.children[number];
            selection = field.selection();
            lists = field.listDepth();
        }
        return path;
    }

    private boolean isBeyond(long cell, int position) {
        return Cell.tag(cell) == Cell.LIST && position >= tree.count(Cell.index(cell));
    }

    private @Nullable ResponseField field(
            @Nullable ResponseSelection selection, long cell, int slot) {
        if (selection == null) {
            return null;
        }
        int type =
                Cell.tag(cell) == Cell.OBJECT
                        ? tree.typeOf(Cell.index(cell), selection.onlyType())
                        : selection.onlyType();
        return selection.isPossible(type) ? selection.of(type).ofSlot(slot) : null;
    }

    private long below(long cell, int slot) {
        return Cell.tag(cell) == Cell.OBJECT ? tree.at(Cell.index(cell), slot) : Cell.NULL;
    }
}
