package dev.trivium.execution;

import dev.trivium.execution.AnswerReader.Answer;
import dev.trivium.execution.SubgraphClient.Call;
import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.ResponseSink;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// One request under way, or one event. A fetch starts when the last of its dependencies has ended;
/// all of it happens on one thread, so there is nothing to lock.
final class FetchRun implements Call {

    private static final EntityBatch[] NO_ENTITIES = {};

    private final Program program;
    private final VariableValues variables;
    private final BitSet truths;
    private final SubgraphClient subgraphs;
    private final Introspector introspector;
    private final PartDelivery delivery;

    private final ResultTree tree;
    private final int root;
    private final ResponseParts parts;
    private final PartErrors errors;

    /// By fetch: how many of its dependencies have not ended.
    private final int[] pending;

    /// By fetch: how many of its requests have no answer yet.
    private final int[] unanswered;

    /// The requests that were sent, null once they have an answer.
    private @Nullable Call[] calls;

    private int callCount;

    /// The fetches that may start, up to `readyCount`.
    private final int[] ready;

    private int readyCount;
    private boolean ended;

    FetchRun(
            Program program,
            VariableValues variables,
            BitSet truths,
            SubgraphClient subgraphs,
            Introspector introspector,
            ClientSink sink) {
        this.program = program;
        this.variables = variables;
        this.truths = truths;
        this.subgraphs = subgraphs;
        this.introspector = introspector;
        int count = program.fetches().size();
        tree = new ResultTree(program.types(), count, program.treeSize());
        root = tree.newObject(program.rootSize());
        parts = program.response(truths);
        errors = new PartErrors(parts, program.fetches().size());
        delivery = new PartDelivery(program, parts, tree, root, errors, sink);
        pending = new int[count];
        unanswered = new int[count];
        calls = new @Nullable Call[count];
        ready = new int[count];
    }

    void start() {
        guarded(() -> {
            addIndependent();
            proceed();
        });
    }

    /// Starts with an answer to the first fetch, a subscription, which is not sent.
    void startWith(byte[] event) {
        guarded(() -> {
            FetchProgram source = program.fetches().getFirst();
            pending[source.id()] = 1;
            addIndependent();
            merge(source, NO_ENTITIES, 200, event);
            finish(source);
            proceed();
        });
    }

    private void addIndependent() {
        List<FetchProgram> fetches = program.fetches();
        for (int id = 0; id < pending.length; id++) {
            pending[id] += fetches.get(id).dependencies();
            if (pending[id] == 0) {
                ready[readyCount++] = id;
            }
        }
    }

    @Override
    public void cancel() {
        delivery.stop();
        end();
    }

    private void end() {
        ended = true;
        for (int i = 0; i < callCount; i++) {
            Call call = calls[i];
            if (call != null) {
                calls[i] = null;
                call.cancel();
            }
        }
    }

    /// An exception means a bug; without this it would end in the event loop, and the client would
    /// wait for nothing.
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (TooLarge _) {
            if (!ended) {
                end();
                delivery.tooLarge();
            }
        } catch (RuntimeException bug) {
            if (!ended) {
                end();
                delivery.failed(bug);
            }
        }
    }

    private void proceed() {
        while (readyCount > 0) {
            FetchProgram fetch = program.fetches().get(ready[--readyCount]);
            if (!program.holds(fetch.condition(), truths) || !send(fetch)) {
                finish(fetch);
            }
        }
        delivery.deliver();
        if (!ended && delivery.isComplete()) {
            // What is still under way is for objects that the client does not see. Not before: what
            // goes wrong up to here is still to be reported.
            end();
            delivery.close();
        }
    }

    private void finish(FetchProgram fetch) {
        delivery.ended(fetch);
        for (int dependent : fetch.dependents()) {
            if (--pending[dependent] == 0) {
                ready[readyCount++] = dependent;
            }
        }
    }

    /// @return false if there is nothing to ask for
    private boolean send(FetchProgram fetch) {
        if (fetch.service() == null) {
            introspect(fetch);
        } else if (fetch.isRoot()) {
            send(fetch, NO_ENTITIES, fetch.body(variables));
        } else if (fetch.hasContexts()) {
            return sendForEachContext(fetch);
        } else {
            EntityBatch[] batches = new EntityBatch[fetch.groups().size()];
            JsonBuffer body = fetch.start(variables, program.requestSize(fetch));
            if (!gather(fetch, batches, body)) {
                return false;
            }
            program.learn(fetch, body.length);
            send(fetch, batches, body.copy());
        }
        return true;
    }

    private boolean gather(FetchProgram fetch, EntityBatch[] batches, JsonBuffer body) {
        int representations = 0;
        for (int i = 0; i < batches.length; i++) {
            if (i > 0) {
                body.append(',');
            }
            batches[i] = EntityBatch.gather(fetch.groups().get(i), tree, root, body);
            representations += batches[i].representationCount();
            if (batches[i].hasLeftOut()) {
                EntityBatch batch = batches[i];
                reportLost(fetch, batch.group(), it -> batch.representationOf(it) >= 0);
            }
        }
        body.append('}');
        body.append('}');
        return representations > 0;
    }

    private boolean sendForEachContext(FetchProgram fetch) {
        List<ContextBatches.Batch> batches = ContextBatches.gather(fetch, variables, tree, root);
        for (ContextBatches.Batch batch : batches) {
            send(fetch, new EntityBatch[] {batch.entities()}, batch.body().copy());
        }
        if (!errors.isEmpty()) {
            BitSet asked = new BitSet();
            for (ContextBatches.Batch batch : batches) {
                batch.entities().addAsked(asked);
            }
            reportLost(fetch, fetch.groups().getFirst(), asked::get);
        }
        return !batches.isEmpty();
    }

    private void send(FetchProgram fetch, EntityBatch[] batches, byte[] body) {
        Receiver receiver = receiver(fetch, batches);
        calls[receiver.number] =
                subgraphs.send(
                        new SubgraphRequest(fetch.id(), fetch.subgraph(), fetch.mutation(), body),
                        receiver);
    }

    private void introspect(FetchProgram fetch) {
        JsonBuffer out = new JsonBuffer(256);
        out.append('{');
        boolean any = false;
        for (int variable : fetch.variables()) {
            if (variables.isGiven(variable)) {
                if (any) {
                    out.append(',');
                }
                any = true;
                variables.write(variable, out);
            }
        }
        out.append('}');
        Receiver receiver = receiver(fetch, NO_ENTITIES);
        calls[receiver.number] =
                introspector.introspect(
                        JsonText.utf8(fetch.prefix(), 0, fetch.prefix().length),
                        out.copy(),
                        receiver);
    }

    private Receiver receiver(FetchProgram fetch, EntityBatch[] batches) {
        if (callCount == Cell.MAX_BUFFERS) {
            throw new TooLarge();
        }
        if (callCount == calls.length) {
            calls = Arrays.copyOf(calls, 2 * callCount);
        }
        unanswered[fetch.id()]++;
        return new Receiver(fetch, batches, callCount++);
    }

    private final class Receiver implements ResponseSink {
        private final FetchProgram fetch;
        private final EntityBatch[] batches;
        private final int number;

        Receiver(FetchProgram fetch, EntityBatch[] batches, int number) {
            this.fetch = fetch;
            this.batches = batches;
            this.number = number;
        }

        @Override
        public void answered(int status, byte[] body) {
            end(() -> merge(fetch, batches, status, body));
        }

        @Override
        public void failed(Failure failure) {
            end(() ->
                    errorsOf(fetch)
                            .failed(batches, ErrorCode.of(failure.kind()), failure.message()));
        }

        private void end(Runnable step) {
            if (ended) {
                return;
            }
            guarded(() -> {
                calls[number] = null;
                for (EntityBatch batch : batches) {
                    batch.findAgain(root);
                }
                step.run();
                if (--unanswered[fetch.id()] == 0) {
                    finish(fetch);
                }
                proceed();
            });
        }
    }

    private FetchErrors errorsOf(FetchProgram fetch) {
        return new FetchErrors(fetch, errors, clientPaths());
    }

    /// @param asked whether an object of the group has a representation
    private void reportLost(FetchProgram fetch, EntityGroupProgram group, IntPredicate asked) {
        if (!errors.isEmpty()) {
            new LostFields(program, tree, errors, clientPaths(), fetch).report(group, asked);
        }
    }

    private ClientPaths clientPaths() {
        return new ClientPaths(tree, root, parts.whole());
    }

    private void merge(FetchProgram fetch, EntityBatch[] batches, int status, byte[] body) {
        Answer answer = AnswerReader.read(tree, program.types(), body, fetch.shape());
        if (answer == null || !(answer.hasData() || answer.hasErrors())) {
            errorsOf(fetch).unusable(batches, status);
        } else if (fetch.isRoot()) {
            if (answer.hasData()) {
                tree.merge(root, Cell.index(answer.data()), fetch.shape().slots);
            }
            errorsOf(fetch).reported(body, answer);
        } else {
            new EntityAnswer(batches, tree, errorsOf(fetch)).merge(body, answer);
        }
    }
}
