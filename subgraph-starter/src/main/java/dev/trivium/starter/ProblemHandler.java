package dev.trivium.starter;

import com.netflix.graphql.dgs.exceptions.DgsInvalidInputArgumentException;
import com.netflix.graphql.dgs.exceptions.MissingDgsEntityFetcherException;
import com.netflix.graphql.dgs.exceptions.MissingFederatedQueryArgument;
import graphql.GraphQLError;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.language.SourceLocation;
import graphql.schema.DataFetchingEnvironment;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;

/// Turns what a data fetcher throws into a coded error. Whatever is not expected is logged under a
/// reference, and the client sees that reference only.
final class ProblemHandler implements DataFetcherExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
            DataFetcherExceptionHandlerParameters parameters) {
        GraphQLError error =
                error(unwrap(parameters.getException()), parameters.getDataFetchingEnvironment());
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(error).build());
    }

    private static GraphQLError error(Throwable thrown, DataFetchingEnvironment environment) {
        ProblemException problem = problem(thrown, Caller.of(environment));
        if (problem != null) {
            return error(environment, problem.code(), problem.getMessage(), problem.field());
        }
        String reference = UUID.randomUUID().toString();
        log.error(
                "Unexpected failure {} at {}",
                reference,
                environment.getExecutionStepInfo().getPath(),
                thrown);
        return error(
                environment, ErrorCode.INTERNAL_SERVER_ERROR, CodedError.masked(reference), null);
    }

    private static GraphQLError error(
            DataFetchingEnvironment environment,
            ErrorCode code,
            String message,
            @Nullable String field) {
        SourceLocation location = environment.getField().getSourceLocation();
        return new CodedError(
                message,
                location == null ? null : List.of(location),
                environment.getExecutionStepInfo().getPath().toList(),
                code,
                field);
    }

    private static @Nullable ProblemException problem(Throwable thrown, Caller caller) {
        return switch (thrown) {
            case ProblemException problem -> problem;
            case AccessDeniedException _ ->
                    caller.isAnonymous()
                            ? ProblemException.unauthenticated("Log in first.")
                            : ProblemException.forbidden("You may not do this.");
            case AuthenticationException _ ->
                    ProblemException.unauthenticated("The credentials are not valid.");
            case DgsInvalidInputArgumentException _ ->
                    ProblemException.badUserInput("input", "The input is not valid.");
            case MissingDgsEntityFetcherException _ ->
                    ProblemException.badUserInput(
                            "representations", "Not an entity of this graph.");
            case MissingFederatedQueryArgument _ ->
                    ProblemException.badUserInput("representations", "`__typename` is missing.");
            default -> null;
        };
    }

    private static Throwable unwrap(Throwable thrown) {
        boolean wrapper =
                thrown instanceof CompletionException
                        || thrown instanceof ExecutionException
                        || thrown instanceof InvocationTargetException;
        Throwable cause = thrown.getCause();
        return wrapper && cause != null ? unwrap(cause) : thrown;
    }
}
