package dev.trivium.starter;

import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.execution.NonNullableValueCoercedAsNullException;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.introspection.GoodFaithIntrospection;
import graphql.schema.CoercingParseValueException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives a code to the errors that graphql-java makes itself: those of documents and variables, and
/// of nulls where the schema allows none. As in [ProblemHandler], what is not the client's fault is
/// logged under a reference, and the client sees that reference only.
final class ErrorCodes extends SimplePerformantInstrumentation {
    private static final Logger log = LoggerFactory.getLogger(ErrorCodes.class);

    @Override
    public CompletableFuture<ExecutionResult> instrumentExecutionResult(
            ExecutionResult result,
            InstrumentationExecutionParameters parameters,
            @Nullable InstrumentationState state) {
        if (result.getErrors().stream().allMatch(CodedError.class::isInstance)) {
            return CompletableFuture.completedFuture(result);
        }
        List<GraphQLError> errors = result.getErrors().stream().map(ErrorCodes::coded).toList();
        return CompletableFuture.completedFuture(
                result.transform(builder -> builder.errors(errors)));
    }

    private static GraphQLError coded(GraphQLError error) {
        if (error instanceof CodedError) {
            return error;
        }
        ErrorCode code = code(error);
        return new CodedError(
                code == ErrorCode.INTERNAL_SERVER_ERROR ? masked(error) : error.getMessage(),
                error.getLocations(),
                error.getPath(),
                code,
                null);
    }

    private static String masked(GraphQLError error) {
        String reference = UUID.randomUUID().toString();
        log.error(
                "Unexpected failure {} at {}: {}", reference, error.getPath(), error.getMessage());
        return CodedError.masked(reference);
    }

    private static ErrorCode code(GraphQLError error) {
        if (error instanceof CoercingParseValueException
                || error instanceof NonNullableValueCoercedAsNullException) {
            // The document is good, what the client put into a variable is not.
            return ErrorCode.BAD_USER_INPUT;
        }
        if (error instanceof GoodFaithIntrospection.BadFaithIntrospectionError) {
            return ErrorCode.GRAPHQL_VALIDATION_FAILED;
        }
        return switch (error.getErrorType()) {
            case ErrorType.InvalidSyntax -> ErrorCode.GRAPHQL_PARSE_FAILED;
            case ErrorType.ValidationError,
                    ErrorType.OperationNotSupported,
                    ErrorType.ExecutionAborted ->
                    ErrorCode.GRAPHQL_VALIDATION_FAILED;
            case null, default -> ErrorCode.INTERNAL_SERVER_ERROR;
        };
    }
}
