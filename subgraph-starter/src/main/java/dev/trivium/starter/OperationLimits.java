package dev.trivium.starter;

import graphql.ExecutionResult;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationCreateStateParameters;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Bounds what one operation may ask for, whoever sends it: the router has limits of its own, but a
/// subgraph may be called without it.
final class OperationLimits extends SimplePerformantInstrumentation {
    static final int DEEPEST = 50;
    static final int MOST_FIELDS = 10_000;
    static final int MOST_REPRESENTATIONS = 1_000;

    /// How many representations an operation's `_entities` fields have named so far.
    private static final class Named implements InstrumentationState {
        final AtomicInteger representations = new AtomicInteger();
    }

    @Override
    public InstrumentationState createState(InstrumentationCreateStateParameters parameters) {
        return new Named();
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters,
            @Nullable InstrumentationState state) {
        ExecutionContext context = parameters.getExecutionContext();
        OperationSize size =
                OperationSize.of(
                        context.getOperationDefinition().getSelectionSet(),
                        context.getFragmentsByName());
        if (size.depth() > DEEPEST) {
            throw new AbortExecutionException(
                    "The operation nests more than %d fields.".formatted(DEEPEST));
        }
        if (size.fields() > MOST_FIELDS) {
            throw new AbortExecutionException(
                    "The operation has more than %,d fields.".formatted(MOST_FIELDS));
        }
        return super.beginExecuteOperation(parameters, state);
    }

    @Override
    public DataFetcher<?> instrumentDataFetcher(
            DataFetcher<?> fetcher,
            InstrumentationFieldFetchParameters parameters,
            @Nullable InstrumentationState state) {
        if (parameters.isTrivialDataFetcher()
                || !parameters.getEnvironment().getField().getName().equals("_entities")
                || !(state instanceof Named named)) {
            return fetcher;
        }
        return environment -> {
            count(environment, named);
            return fetcher.get(environment);
        };
    }

    private static void count(DataFetchingEnvironment environment, Named named) {
        Collection<?> representations = environment.getArgument("representations");
        if (representations != null
                && named.representations.addAndGet(representations.size()) > MOST_REPRESENTATIONS) {
            throw ProblemException.badUserInput(
                    "representations",
                    "A request names at most %,d entities.".formatted(MOST_REPRESENTATIONS));
        }
    }
}
