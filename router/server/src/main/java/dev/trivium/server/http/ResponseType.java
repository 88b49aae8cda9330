package dev.trivium.server.http;

import dev.trivium.execution.ClientSink.Result;
import dev.trivium.language.Issue;
import dev.trivium.language.Parser;
import dev.trivium.server.configuration.HttpConfiguration.StatusCodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The media types of a response (GraphQL over HTTP, section "Media Types").
public enum ResponseType {
    /// `application/graphql-response+json`: the HTTP status tells whether the request was good.
    GRAPHQL("application/graphql-response+json; charset=utf-8", 400, 400, 200),
    /// The same with the statuses that the newest draft recommends: they also tell a document that
    /// cannot be read from an operation that cannot be carried out, and an answer with errors from
    /// one without.
    GRAPHQL_DRAFT("application/graphql-response+json; charset=utf-8", 400, 422, 294),
    /// `application/json`: any well-formed request is answered with 200.
    JSON("application/json; charset=utf-8", 200, 200, 200);

    private final String contentType;
    private final int unreadable;
    private final int rejected;
    private final int partial;

    /// @param unreadable the status where the document is no GraphQL
    /// @param rejected the status where the operation is refused before its execution
    /// @param partial the status where there is `data`, though perhaps null, and `errors`
    ResponseType(String contentType, int unreadable, int rejected, int partial) {
        this.contentType = contentType;
        this.unreadable = unreadable;
        this.rejected = rejected;
        this.partial = partial;
    }

    /// The type with the statuses that are configured.
    ResponseType with(StatusCodes codes) {
        return this == GRAPHQL && codes == StatusCodes.DRAFT ? GRAPHQL_DRAFT : this;
    }

    public Map<String, String> headers() {
        return Map.of("content-type", contentType);
    }

    /// The status of what the executor came to.
    public int status(Result result) {
        return switch (result) {
            case COMPLETE -> 200;
            case PARTIAL -> partial;
            case REFUSED -> rejected;
        };
    }

    /// The status of an answer to an operation that was refused before its execution.
    int rejectionStatus(List<Issue> issues) {
        return issues.stream().anyMatch(it -> it.code().equals(Parser.PARSE_FAILED))
                ? unreadable
                : rejected;
    }

    /// The type that a client accepts with a media range. One that takes anything gets
    /// `application/json`, as all of them did before the other existed.
    ///
    /// @return null if the range is none of these
    static @Nullable ResponseType of(MediaType range) {
        return switch (range.name()) {
            case "application/graphql-response+json" -> range.isUtf8() ? GRAPHQL : null;
            case "application/json", "application/*", "*/*" -> range.isUtf8() ? JSON : null;
            default -> null;
        };
    }
}
