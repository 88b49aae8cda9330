package dev.trivium.starter;

import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.execution.NonNullableValueCoercedAsNullException;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.schema.CoercingParseValueException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Gives a code to the errors that graphql-java makes itself: those of documents and variables, and
/// of nulls where the schema allows none.
final class ErrorCodes extends SimplePerformantInstrumentation {
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
        return error instanceof CodedError
                ? error
                : new CodedError(
                        error.getMessage(),
                        error.getLocations(),
                        error.getPath(),
                        code(error),
                        null);
    }

    private static ErrorCode code(GraphQLError error) {
        if (error instanceof CoercingParseValueException
                || error instanceof NonNullableValueCoercedAsNullException) {
            // The document is good, what the client put into a variable is not.
            return ErrorCode.BAD_USER_INPUT;
        }
        return switch (error.getErrorType()) {
            case ErrorType.InvalidSyntax -> ErrorCode.GRAPHQL_PARSE_FAILED;
            case ErrorType.ValidationError, ErrorType.OperationNotSupported ->
                    ErrorCode.GRAPHQL_VALIDATION_FAILED;
            case null, default -> ErrorCode.INTERNAL_SERVER_ERROR;
        };
    }
}
