package dev.trivium.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The entities of a group with contexts: one batch, and so one request, for each combination of
/// their values, since a request has each of its variables once.
final class ContextBatches {

    /// How many objects and elements may be looked at.
    private static final int MOST_VISITS = 4_000_000;

    private final FetchProgram fetch;
    private final EntityGroupProgram group;
    private final VariableValues variables;
    private final ResultTree tree;
    private final List<Request> requests = new ArrayList<>();

    /// Requests by the bytes of their values.
    private final HashIndex byValues = new HashIndex();

    private final JsonBuffer values = new JsonBuffer(256);
    private int visits;

    /// A request to be sent.
    ///
    /// @param values the context variables as they stand in the body, with a comma at the end
    private record Request(byte[] values, EntityBatch batch, JsonBuffer body) {}

    private ContextBatches(FetchProgram fetch, VariableValues variables, ResultTree tree) {
        this.fetch = fetch;
        this.group = fetch.groups().getFirst();
        this.variables = variables;
        this.tree = tree;
    }

    /// What to send.
    ///
    /// @param body of the request
    record Batch(EntityBatch entities, JsonBuffer body) {}

    /// @param fetch has one group, with contexts
    /// @return in the order of the first entity of each
    static List<Batch> gather(
            FetchProgram fetch, VariableValues variables, ResultTree tree, int root) {
        ContextBatches batches = new ContextBatches(fetch, variables, tree);
        for (int path = 0; path < batches.group.paths().size(); path++) {
            batches.new Walk(path).at(Cell.object(root), 0);
            for (Request request : batches.requests) {
                request.batch.endPath(path);
            }
        }
        List<Batch> sent = new ArrayList<>();
        for (Request request : batches.requests) {
            request.batch.close();
            request.body.append('}');
            request.body.append('}');
            if (request.batch.representationCount() > 0) {
                sent.add(new Batch(request.batch, request.body));
            }
        }
        return sent;
    }

    /// Along one path, with the objects on the way.
    private final class Walk {
        private final int number;
        private final MergePath path;
        private final int[] objects;

        Walk(int number) {
            this.number = number;
            this.path = group.paths().get(number);
            this.objects = new int[path.length() + 1];
        }

        void at(long cell, int step) {
            if (++visits > MOST_VISITS) {
                throw new TooLarge();
            }
            int index = Cell.index(cell);
            if (Cell.tag(cell) == Cell.LIST) {
                for (int i = 0; i < tree.count(index); i++) {
                    at(tree.at(index, i), step);
                }
            } else if (Cell.tag(cell) == Cell.OBJECT) {
                objects[step] = index;
                if (step == path.length()) {
                    add(index, path.typeOf(tree, index, step));
                } else if (path.leavesFrom(tree, index, step)) {
                    at(tree.at(index, path.slot(step)), step + 1);
                }
            }
        }

        private void add(int object, int type) {
            values.length = 0;
            for (ContextVariable context : group.contexts()) {
                if (!context.write(values, tree, path, number, objects)) {
                    return;
                }
                values.append(',');
            }
            request().batch.addObject(object, type);
        }
    }

    /// The request with the values at hand.
    private Request request() {
        long hash = HashIndex.mix(HashIndex.start(), values.bytes, 0, values.length);
        for (int at = byValues.start(hash); byValues.number(at) >= 0; at = byValues.next(at)) {
            Request known = requests.get(byValues.number(at));
            if (Arrays.equals(
                    known.values, 0, known.values.length, values.bytes, 0, values.length)) {
                return known;
            }
        }
        byValues.add(hash, requests.size());
        JsonBuffer body = fetch.start(variables);
        body.append(values.bytes, 0, values.length);
        Request request = new Request(values.copy(), new EntityBatch(group, tree, body), body);
        requests.add(request);
        return request;
    }
}
