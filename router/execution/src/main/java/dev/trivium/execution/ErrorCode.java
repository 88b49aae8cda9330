package dev.trivium.execution;

/// What execution puts into `extensions.code`, where a subgraph has not said better.
public enum ErrorCode {
    /// A variable is missing or is not of its type. Nothing has been executed.
    BAD_USER_INPUT,
    /// A subgraph reported an error without a code that clients may see.
    DOWNSTREAM_SERVICE_ERROR,
    /// A subgraph cannot be reached, or answered with an HTTP error instead of a GraphQL response.
    UNAVAILABLE,
    /// A subgraph did not answer in time.
    TIMEOUT,
    /// A subgraph answered more than the router takes, or the response would be more than it keeps.
    TOO_LARGE,
    /// A subgraph answered with something that is not the GraphQL response to the request.
    MALFORMED,
    /// A subgraph wants to know who the client is, or does not believe it.
    UNAUTHENTICATED,
    /// A subgraph does not do this for the client.
    FORBIDDEN,
    /// A subscription has ended since its events came faster than the client took them.
    SUBSCRIPTION_SLOW_CONSUMER,
    /// The router has as many subscriptions as it takes.
    SUBSCRIPTION_LIMIT_REACHED,
    /// A value does not fit the schema.
    RESPONSE_VALIDATION;

    static ErrorCode of(SubgraphClient.Failure.Kind kind) {
        return switch (kind) {
            case UNAVAILABLE -> UNAVAILABLE;
            case TIMEOUT -> TIMEOUT;
            case TOO_LARGE -> TOO_LARGE;
            case MALFORMED -> MALFORMED;
            case UNAUTHENTICATED -> UNAUTHENTICATED;
            case FORBIDDEN -> FORBIDDEN;
            case SUBSCRIPTION_SLOW_CONSUMER -> SUBSCRIPTION_SLOW_CONSUMER;
            case SUBSCRIPTION_LIMIT_REACHED -> SUBSCRIPTION_LIMIT_REACHED;
        };
    }
}
