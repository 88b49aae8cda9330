package dev.trivium.starter;

/// The values of `extensions.code` in a subgraph's errors.
public enum ErrorCode {
    /// An argument is not valid; `extensions.field` names it, except where a variable has not even
    /// the type that the schema asks for.
    BAD_USER_INPUT,
    /// The caller must log in, or what it sent to prove its identity is not valid.
    UNAUTHENTICATED,
    /// The caller is known and may not do this.
    FORBIDDEN,
    /// What the request names does not exist, or the caller may not know that it does.
    NOT_FOUND,
    /// The request contradicts the present state: something is taken, or has changed meanwhile.
    CONFLICT,
    /// The document is not valid GraphQL for this schema, or asks for too much.
    GRAPHQL_VALIDATION_FAILED,
    /// The document is not GraphQL.
    GRAPHQL_PARSE_FAILED,
    /// The subscription has ended since its events came faster than they were taken.
    SUBSCRIPTION_SLOW_CONSUMER,
    /// The caller has as many subscriptions as one may have.
    SUBSCRIPTION_LIMIT_REACHED,
    /// Anything unexpected; the message holds no more than a reference into the log.
    INTERNAL_SERVER_ERROR
}
