package dev.trivium.execution;

import dev.trivium.execution.EntityGroupProgram.Sharing;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// The entities that one request asks one entity group for: from the objects of the tree to the
/// list of representations, and from the list of entities back to the objects.
///
/// Objects with the same representation ask for one entity. Representations are compared by their
/// bytes, of which the hash only says where to look: two entities must never be mixed up. Most
/// objects are like another one in all that a representation is made of, and need not be written to
/// see that: writing them all took a quarter of the time of the benchmark operation.
final class EntityBatch {

    /// How an entity was merged.
    enum Merge {
        DONE,
        /// The subgraph answered something that is not an object.
        NOT_AN_OBJECT,
        /// The subgraph answered another entity than it was asked for.
        ANOTHER_ENTITY
    }

    private static final int NONE = -1;

    /// How many objects and elements may be looked at to find those that wait for an entity: shared
    /// ones count at each of their places, which nest.
    private static final int MOST_VISITS = 4_000_000;

    private final EntityGroupProgram group;
    private final ResultTree tree;
    private final JsonBuffer out;

    /// By position: an object of the tree, and the number of its representation.
    private int[] objects = new int[16];

    private int[] representations = new int[16];
    private int positionCount;
    private int visits;

    /// By path: the number of positions up to its end.
    private final int[] pathEnds;

    /// The replacements in the tree when the objects were last looked for.
    private int replacements;

    private @Nullable Positions positions;

    /// By representation: where it stands in the request.
    private int[] starts = new int[16];

    private int[] ends = new int[16];
    private int count;

    /// Representations by their bytes: none, or the first of them.
    private final HashIndex byBytes = new HashIndex();

    private int countByBytes;

    /// How many objects have no representation, though the group is about their type.
    private int leftOut;

    /// Positions by the leaves that representations are made of, one position for each different
    /// object.
    private final HashIndex byLeaves = new HashIndex();

    /// A batch to which entities are added.
    ///
    /// @param out receives the list of representations
    EntityBatch(EntityGroupProgram group, ResultTree tree, JsonBuffer out) {
        this.group = group;
        this.tree = tree;
        this.out = out;
        this.pathEnds = new int[group.paths().size()];
        this.replacements = tree.replacements();
        out.append(group.variableKey());
        out.append('[');
    }

    /// A batch of all entities that a group waits for.
    static EntityBatch gather(EntityGroupProgram group, ResultTree tree, int root, JsonBuffer out) {
        EntityBatch batch = new EntityBatch(group, tree, out);
        batch.walk(root, null);
        batch.close();
        return batch;
    }

    /// @param known the positions to find again; null to gather them
    private void walk(int root, @Nullable Positions known) {
        for (int i = 0; i < pathEnds.length; i++) {
            long walk = Long.MIN_VALUE | ((long) tree.nextEpoch() << 32);
            walk(group.paths().get(i), walk, Cell.object(root), 0, known);
            endPath(i);
        }
    }

    /// What is added from now on is at the end of the next path.
    void endPath(int path) {
        pathEnds[path] = positionCount;
    }

    void close() {
        out.append(']');
    }

    EntityGroupProgram group() {
        return group;
    }

    int representationCount() {
        return count;
    }

    /// Whether objects were left out since something is missing that they would be asked by.
    boolean hasLeftOut() {
        return leftOut > 0;
    }

    /// The number of the representation of an object, or -1 if it is none of this batch.
    int representationOf(int object) {
        Positions all = positions;
        if (all == null) {
            all = new Positions(objects, representations, positionCount);
            positions = all;
        }
        return all.representationOf(object);
    }

    /// Adds the objects that have a representation. Where there are many batches, that is less work
    /// than to ask each for every object.
    void addAsked(BitSet asked) {
        for (int i = 0; i < positionCount; i++) {
            if (representations[i] != NONE) {
                asked.set(objects[i]);
            }
        }
    }

    /// An object that stands at many places is looked at once, and so is what is below it: in the
    /// benchmark operation most places are such.
    private void walk(MergePath path, long walk, long cell, int step, @Nullable Positions known) {
        int tag = Cell.tag(cell);
        if (tag < Cell.OBJECT) {
            return;
        }
        if (++visits > MOST_VISITS) {
            throw new TooLarge();
        }
        int index = Cell.index(cell);
        if (!tree.visit(index, walk | (2 * step + tag - Cell.OBJECT))) {
            return;
        }
        if (tag == Cell.LIST) {
            int elements = tree.count(index);
            for (int i = 0; i < elements; i++) {
                walk(path, walk, tree.at(index, i), step, known);
            }
        } else if (step == path.length()) {
            if (known == null) {
                gather(index, path.typeOf(tree, index, step));
            } else {
                addKnown(index, known);
            }
        } else if (path.leavesFrom(tree, index, step)) {
            walk(path, walk, tree.at(index, path.slot(step)), step + 1, known);
        }
    }

    /// Adds an object, unless another path has led to it.
    private void gather(int object, int type) {
        if (tree.note(object, 1) >>> 32 == group.number()) {
            return;
        }
        int representation = representation(object, type);
        if (representation != NONE) {
            tree.note(object, 1, ((long) group.number() << 32) | representation);
            add(object, representation);
        }
    }

    /// Adds an object, unless it has no representation.
    void addObject(int object, int type) {
        int representation = representation(object, type);
        if (representation != NONE) {
            add(object, representation);
        }
    }

    private void add(int object, int representation) {
        if (positionCount == objects.length) {
            objects = Arrays.copyOf(objects, 2 * positionCount);
            representations = Arrays.copyOf(representations, 2 * positionCount);
        }
        objects[positionCount] = object;
        representations[positionCount] = representation;
        positionCount++;
    }

    /// @return the number of the representation, or -1 if the object has none
    private int representation(int object, int type) {
        RepresentationWriter writer = group.writer(tree, object, type);
        if (writer == null) {
            return NONE;
        }
        if (!writer.isFlat() || !tree.saysType(object)) {
            return write(writer, object, type, false);
        }
        long hash = writer.hash(tree, object);
        for (int at = byLeaves.start(hash); byLeaves.number(at) >= 0; at = byLeaves.next(at)) {
            int position = byLeaves.number(at);
            if (writer.isAlike(tree, object, objects[position])) {
                return representations[position];
            }
        }
        int representation = write(writer, object, type, writer.tellsApart());
        if (representation != NONE) {
            byLeaves.add(hash, positionCount);
        }
        return representation;
    }

    /// @param differs whether the object is unlike all that were looked for by their leaves, and so
    ///   has a representation of its own unless there are others
    private int write(RepresentationWriter writer, int object, int type, boolean differs) {
        int before = out.length;
        if (count > 0) {
            out.append(',');
        }
        int start = out.length;
        if (!writer.write(out, tree, object, type)) {
            out.length = before;
            leftOut++;
            return NONE;
        }
        int end = out.length;
        if (!differs || countByBytes > 0) {
            int known = known(start, end);
            if (known != NONE) {
                out.length = before;
                return known;
            }
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        starts[count] = start;
        ends[count] = end;
        return count++;
    }

    /// @return the number of the representation with some bytes, or -1
    private int known(int start, int end) {
        for (; countByBytes < count; countByBytes++) {
            byBytes.add(hash(starts[countByBytes], ends[countByBytes]), countByBytes);
        }
        long hash = hash(start, end);
        for (int at = byBytes.start(hash); byBytes.number(at) >= 0; at = byBytes.next(at)) {
            int known = byBytes.number(at);
            if (Arrays.equals(out.bytes, starts[known], ends[known], out.bytes, start, end)) {
                return known;
            }
        }
        return NONE;
    }

    private long hash(int start, int end) {
        return HashIndex.mix(HashIndex.start(), out.bytes, start, end - start);
    }

    /// Merges an answer.
    ///
    /// @param list has one element for each representation
    /// @return by representation what came of it; null if all is well
    Merge @Nullable [] merge(int list) {
        Merge @Nullable [] results = null;
        boolean[] used = new boolean[count];
        int position = 0;
        for (int end : pathEnds) {
            if (group.sharing() == Sharing.ALONG_PATH && position > 0) {
                replaceByCopies(list);
            }
            for (; position < end; position++) {
                int representation = representations[position];
                long entity = tree.at(list, representation);
                if (group.sharing() == Sharing.NOWHERE) {
                    entity = used[representation] ? tree.copy(entity) : entity;
                    used[representation] = true;
                }
                Merge result = merge(objects[position], entity);
                if (result != Merge.DONE) {
                    results = results == null ? allDone() : results;
                    results[representation] = result;
                }
            }
        }
        return results;
    }

    private Merge[] allDone() {
        Merge[] results = new Merge[count];
        Arrays.fill(results, Merge.DONE);
        return results;
    }

    private void replaceByCopies(int list) {
        for (int i = 0; i < count; i++) {
            tree.put(list, i, tree.copy(tree.at(list, i)));
        }
    }

    private Merge merge(int object, long entity) {
        if (Cell.isNothing(entity)) {
            return Merge.DONE;
        }
        if (Cell.tag(entity) != Cell.OBJECT) {
            return Merge.NOT_AN_OBJECT;
        }
        int source = Cell.index(entity);
        if (!isSame(object, source)) {
            return Merge.ANOTHER_ENTITY;
        }
        tree.merge(object, source, group.shape().slots);
        return Merge.DONE;
    }

    /// Finds the objects again: while a subgraph works, the answer of another one may change what
    /// several places share, so that some of them get a copy.
    void findAgain(int root) {
        if (replacements == tree.replacements()) {
            return;
        }
        replacements = tree.replacements();
        Positions known = new Positions(objects, representations, positionCount);
        objects = new int[Math.max(16, positionCount)];
        representations = new int[objects.length];
        positionCount = 0;
        positions = null;
        walk(root, known);
    }

    private void addKnown(int object, Positions known) {
        for (int at = object; at >= 0; at = tree.original(at)) {
            int representation = known.representationOf(at);
            if (representation != NONE) {
                add(object, representation);
                return;
            }
        }
    }

    /// Representations by their objects. Only what goes wrong needs them.
    private static final class Positions {
        private final HashIndex byObject = new HashIndex();
        private final int[] objects;
        private final int[] representations;

        Positions(int[] objects, int[] representations, int count) {
            this.objects = objects;
            this.representations = representations;
            for (int i = 0; i < count; i++) {
                byObject.add(HashIndex.mix(HashIndex.start(), objects[i]), i);
            }
        }

        int representationOf(int object) {
            long hash = HashIndex.mix(HashIndex.start(), object);
            for (int at = byObject.start(hash); byObject.number(at) >= 0; at = byObject.next(at)) {
                if (objects[byObject.number(at)] == object) {
                    return representations[byObject.number(at)];
                }
            }
            return NONE;
        }
    }

    private boolean isSame(int object, int source) {
        return tree.typesAgree(object, source)
                && EntityKey.allAgree(group.keys(), tree, object, source);
    }
}
