package dev.trivium.starter;

import org.jspecify.annotations.Nullable;

/// An expected failure on its way out of a data fetcher: becomes a GraphQL error with
/// `extensions.code` and, where one input field is to blame, `extensions.field`. The message is
/// shown to the client.
///
/// Domain code does not throw it; an adapter makes it of the domain's result.
public final class ProblemException extends RuntimeException {
    private final ErrorCode code;
    private final @Nullable String field;

    private ProblemException(ErrorCode code, @Nullable String field, String message) {
        super(message, null, false, false);
        this.code = code;
        this.field = field;
    }

    public static ProblemException badUserInput(String field, String message) {
        return new ProblemException(ErrorCode.BAD_USER_INPUT, field, message);
    }

    public static ProblemException unauthenticated(String message) {
        return new ProblemException(ErrorCode.UNAUTHENTICATED, null, message);
    }

    public static ProblemException forbidden(String message) {
        return new ProblemException(ErrorCode.FORBIDDEN, null, message);
    }

    public static ProblemException notFound(String message) {
        return new ProblemException(ErrorCode.NOT_FOUND, null, message);
    }

    public static ProblemException conflict(String message) {
        return new ProblemException(ErrorCode.CONFLICT, null, message);
    }

    /// A conflict over the value of one field, such as a name that is taken.
    public static ProblemException conflict(String field, String message) {
        return new ProblemException(ErrorCode.CONFLICT, field, message);
    }

    static ProblemException tooSlow() {
        return new ProblemException(
                ErrorCode.SUBSCRIPTION_SLOW_CONSUMER,
                null,
                "The events came faster than they were taken.");
    }

    static ProblemException tooManyStreams() {
        return new ProblemException(
                ErrorCode.SUBSCRIPTION_LIMIT_REACHED, null, "You have too many subscriptions.");
    }

    public ErrorCode code() {
        return code;
    }

    public @Nullable String field() {
        return field;
    }

    /// The message, which a [ProblemException] always has.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
