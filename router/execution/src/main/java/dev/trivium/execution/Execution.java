package dev.trivium.execution;

import dev.trivium.execution.ClientSink.Events;
import dev.trivium.execution.ClientSink.Part;
import dev.trivium.execution.ClientSink.Result;
import dev.trivium.execution.EventSource.LiveSubscription;
import dev.trivium.execution.InputReader.Problem;
import dev.trivium.execution.SubgraphClient.Call;
import dev.trivium.language.OperationType;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs programs.
public final class Execution {

    private static final LiveSubscription NOTHING_UNDER_WAY =
            new LiveSubscription() {
                @Override
                public void request(long events) {}

                @Override
                public void cancel() {}

                @Override
                public boolean continueWith(
                        Program program, SubgraphClient subgraphs, Introspector introspector) {
                    return true;
                }
            };

    private Execution() {}

    /// Starts a program for one request. The sink is called on this thread (the event loop), and
    /// possibly before this method returns.
    ///
    /// @param program of a query or a mutation
    /// @return cancels everything that is under way; the sink is not called any more
    public static Call start(
            Program program,
            RequestInput input,
            SubgraphClient subgraphs,
            Introspector introspector,
            ClientSink sink) {
        if (isSubscription(program)) {
            throw new IllegalArgumentException("a subscription is not started, but subscribed to");
        }
        Prepared prepared = prepare(program, input, sink);
        if (prepared == null) {
            return NOTHING_UNDER_WAY;
        }
        FetchRun run = prepared.run(program, subgraphs, introspector, sink);
        run.start();
        return run;
    }

    /// Subscribes to what a program is about. Each event becomes a response, as those of a query
    /// do; they are sent in the order of the events, one after the other. The sink is called on
    /// this thread, and not with an event before one was requested.
    ///
    /// @param program of a subscription
    /// @return asks for events, and cancels everything that is under way
    public static LiveSubscription subscribe(
            Program program,
            RequestInput input,
            EventSource source,
            SubgraphClient subgraphs,
            Introspector introspector,
            Events sink) {
        if (!isSubscription(program)) {
            throw new IllegalArgumentException("a query or mutation has no events");
        }
        Prepared prepared = prepare(program, input, sink);
        if (prepared == null) {
            return NOTHING_UNDER_WAY;
        }
        EventRun run =
                new EventRun(
                        program,
                        input,
                        prepared.variables,
                        each -> prepared.run(program, subgraphs, introspector, each),
                        sink);
        run.subscribe(source);
        return run;
    }

    static boolean isSubscription(Program program) {
        return program.plan().operationType() == OperationType.SUBSCRIPTION;
    }

    /// The variables of a request as a program reads them.
    ///
    /// @param truths the numbers of the variables of conditions that are true
    record Prepared(VariableValues variables, BitSet truths) {
        FetchRun run(
                Program program,
                SubgraphClient subgraphs,
                Introspector introspector,
                ClientSink sink) {
            return new FetchRun(program, variables, truths, subgraphs, introspector, sink);
        }
    }

    /// @return null if the request is refused
    private static @Nullable Prepared prepare(
            Program program, RequestInput input, ClientSink sink) {
        Prepared prepared = read(program, input);
        List<Problem> problems = prepared.variables.problems();
        if (!problems.isEmpty()) {
            sink.part(refusal(problems));
            return null;
        }
        return prepared;
    }

    /// The variables of a request for a program, good or bad.
    static Prepared read(Program program, RequestInput input) {
        VariableValues variables = VariableValues.read(program.variables(), input);
        return new Prepared(variables, truths(program, variables));
    }

    /// The numbers of the variables of conditions that are true.
    private static BitSet truths(Program program, VariableValues variables) {
        BitSet truths = new BitSet(program.conditionVariables().length);
        for (int variable : program.conditionVariables()) {
            variables.checkBoolean(variable);
            if (variables.isTrue(variable)) {
                truths.set(variable);
            }
        }
        return truths;
    }

    private static Part refusal(List<Problem> problems) {
        ErrorLog errors = new ErrorLog();
        for (Problem problem : problems) {
            errors.add(ResponseError.ofInput(problem.message(), problem.field()));
        }
        return refusal(errors);
    }

    /// A response without `data`.
    static Part refusal(ErrorLog errors) {
        JsonBuffer out = new JsonBuffer(256);
        out.append('{');
        errors.write(out);
        out.append('}');
        return Part.whole(out, Result.REFUSED, true);
    }
}
