package dev.trivium.execution;

import dev.trivium.execution.ClientSink.Part;
import dev.trivium.execution.ClientSink.Result;
import dev.trivium.execution.InputReader.Problem;
import dev.trivium.execution.SubgraphClient.Call;
import java.util.BitSet;
import java.util.List;

/// Runs programs.
public final class Execution {

    private static final Call NOTHING_TO_CANCEL = () -> {};

    private Execution() {}

    /// Starts a program for one request. The sink is called on this thread (the event loop), and
    /// possibly before this method returns.
    ///
    /// @return cancels everything that is under way; the sink is not called any more
    public static Call start(
            Program program,
            RequestInput input,
            SubgraphClient subgraphs,
            Introspector introspector,
            ClientSink sink) {
        VariableValues variables = VariableValues.read(program.variables(), input);
        BitSet truths = truths(program, variables);
        List<Problem> problems = variables.problems();
        if (!problems.isEmpty()) {
            sink.part(refusal(problems));
            return NOTHING_TO_CANCEL;
        }
        FetchRun run = new FetchRun(program, variables, truths, subgraphs, introspector, sink);
        run.start();
        return run;
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
        JsonBuffer out = new JsonBuffer(256);
        out.append('{');
        errors.write(out);
        out.append('}');
        return new Part(out.bytes, out.length, Result.REFUSED, true);
    }
}
