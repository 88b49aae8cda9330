package dev.trivium.execution;

import dev.trivium.execution.AnswerReader.Answer;
import dev.trivium.execution.ClientSink.Part;
import dev.trivium.execution.ClientSink.Result;
import dev.trivium.execution.SubgraphClient.Call;
import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.ResponseSink;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request under way. A fetch starts when the last of its dependencies has ended; all of it
/// happens on one thread, so there is nothing to lock.
final class FetchRun implements Call {

    private final Program program;
    private final VariableValues variables;
    private final BitSet truths;
    private final SubgraphClient subgraphs;
    private final Introspector introspector;
    private final ClientSink sink;

    private final ResultTree tree;
    private final int root;
    private final ErrorLog errors = new ErrorLog();
    private final FetchErrors fetchErrors;

    /// By fetch: how many of its dependencies have not ended.
    private final int[] pending;

    private final @Nullable Call[] calls;

    /// The fetches that may start, up to `readyCount`.
    private final int[] ready;

    private int readyCount;
    private int unfinished;
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
        this.sink = sink;
        int count = program.fetches().size();
        tree = new ResultTree(program.types(), count, program.treeSize());
        root = tree.newObject(program.rootSize());
        fetchErrors =
                new FetchErrors(errors, new ClientPaths(tree, root, program.response(truths)));
        pending = new int[count];
        calls = new @Nullable Call[count];
        ready = new int[count];
        unfinished = count;
    }

    void start() {
        guarded(() -> {
            List<FetchProgram> fetches = program.fetches();
            for (int id = 0; id < pending.length; id++) {
                pending[id] = fetches.get(id).dependencies();
                if (pending[id] == 0) {
                    ready[readyCount++] = id;
                }
            }
            proceed();
        });
    }

    @Override
    public void cancel() {
        ended = true;
        for (Call call : calls) {
            if (call != null) {
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
                cancel();
                sink.part(tooLarge());
            }
        } catch (RuntimeException bug) {
            if (!ended) {
                cancel();
                sink.failed(bug);
            }
        }
    }

    private static Part tooLarge() {
        ErrorLog errors = new ErrorLog();
        errors.add(ResponseError.of(ErrorCode.TOO_LARGE, "The response is too large.", null));
        JsonBuffer out = new JsonBuffer(256);
        out.append(JsonText.utf8("{\"data\":null,"));
        errors.write(out);
        out.append('}');
        return new Part(out.bytes, out.length, Result.PARTIAL, true);
    }

    private void proceed() {
        while (readyCount > 0) {
            FetchProgram fetch = program.fetches().get(ready[--readyCount]);
            if (!program.holds(fetch.condition(), truths) || !send(fetch)) {
                finish(fetch);
            }
        }
        if (unfinished == 0) {
            respond();
        }
    }

    private void finish(FetchProgram fetch) {
        unfinished--;
        for (int dependent : fetch.dependents()) {
            if (--pending[dependent] == 0) {
                ready[readyCount++] = dependent;
            }
        }
    }

    /// @return false if there is nothing to ask for
    private boolean send(FetchProgram fetch) {
        if (fetch.service() == null) {
            calls[fetch.id()] = introspect(fetch);
            return true;
        }
        byte[] body;
        EntityBatch[] batches = new EntityBatch[fetch.groups().size()];
        if (fetch.isRoot()) {
            body = fetch.body(variables);
        } else {
            JsonBuffer out = fetch.start(variables);
            if (!gather(fetch, batches, out)) {
                return false;
            }
            body = out.copy();
        }
        calls[fetch.id()] =
                subgraphs.send(
                        new SubgraphRequest(fetch.subgraph(), fetch.mutation(), body),
                        new Receiver(fetch, batches));
        return true;
    }

    private boolean gather(FetchProgram fetch, EntityBatch[] batches, JsonBuffer out) {
        int representations = 0;
        for (int i = 0; i < batches.length; i++) {
            if (i > 0) {
                out.append(',');
            }
            batches[i] = new EntityBatch(fetch.groups().get(i), tree, root, out);
            representations += batches[i].representationCount();
        }
        out.append('}');
        out.append('}');
        return representations > 0;
    }

    private Call introspect(FetchProgram fetch) {
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
        return introspector.introspect(
                JsonText.utf8(fetch.prefix(), 0, fetch.prefix().length),
                out.copy(),
                new Receiver(fetch, new EntityBatch[0]));
    }

    private final class Receiver implements ResponseSink {
        private final FetchProgram fetch;
        private final EntityBatch[] batches;

        Receiver(FetchProgram fetch, EntityBatch[] batches) {
            this.fetch = fetch;
            this.batches = batches;
        }

        @Override
        public void answered(int status, byte[] body) {
            end(() -> merge(status, body));
        }

        @Override
        public void failed(Failure failure) {
            end(() ->
                    fetchErrors.failed(
                            fetch, batches, ErrorCode.of(failure.kind()), failure.message()));
        }

        private void end(Runnable step) {
            if (ended) {
                return;
            }
            guarded(() -> {
                calls[fetch.id()] = null;
                step.run();
                finish(fetch);
                proceed();
            });
        }

        private void merge(int status, byte[] body) {
            Answer answer =
                    AnswerReader.read(tree, program.types(), fetch.id(), body, fetch.shape());
            if (answer == null || !(answer.hasData() || answer.hasErrors())) {
                fetchErrors.unusable(fetch, batches, status);
                return;
            }
            if (fetch.isRoot()) {
                if (answer.hasData()) {
                    tree.merge(root, Cell.index(answer.data()), fetch.shape().slots);
                }
                fetchErrors.reported(fetch, body, answer);
            } else {
                new EntityAnswer(fetch, batches, tree, fetchErrors).merge(body, answer);
            }
        }
    }

    private void respond() {
        JsonBuffer out = new JsonBuffer(program.responseSize() + JsonBuffer.SLACK);
        ResponseWriter.write(tree, root, program.response(truths), errors, out);
        program.learn(tree.size(), out.length);
        Result result = errors.isEmpty() ? Result.COMPLETE : Result.PARTIAL;
        // Not before: what goes wrong up to here is still to be reported.
        ended = true;
        sink.part(new Part(out.bytes, out.length, result, true));
    }
}
