package dev.trivium.server.configuration;

/// What of HTTP is served to clients.
public record HttpConfiguration(StatusCodes statusCodes) {

    /// Which status an answer of the type `application/graphql-response+json` has.
    public enum StatusCodes {
        /// 400 for a refused operation, 200 for any other answer.
        CLASSIC,
        /// As the newest draft of GraphQL over HTTP recommends: 400 for a document that is no
        /// GraphQL, 422 for another operation that is refused, 294 for `data` with `errors`.
        DRAFT
    }
}
