package dev.trivium.server.configuration;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What of HTTP is served to clients.
public record HttpConfiguration(
        Protocol protocol, Compression compression, Batching batching, Uploads uploads) {

    /// Which HTTP is spoken.
    public record Protocol(StatusCodes statusCodes, Http2 http2) {}

    /// HTTP/2: over TLS where the client asks for it, in clear text from the first byte or by
    /// upgrade.
    ///
    /// @param maxConcurrentStreams requests at the same time over one connection
    public record Http2(boolean enabled, int maxConcurrentStreams) {}

    public StatusCodes statusCodes() {
        return protocol.statusCodes();
    }

    public Http2 http2() {
        return protocol.http2();
    }

    /// Which status an answer of the type `application/graphql-response+json` has.
    public enum StatusCodes {
        /// 400 for a refused operation, 200 for any other answer.
        CLASSIC,
        /// As the newest draft of GraphQL over HTTP recommends: 400 for a document that is no
        /// GraphQL, 422 for another operation that is refused, 294 for `data` with `errors`.
        DRAFT
    }

    /// How responses are compressed.
    ///
    /// @param algorithms those to offer, the best first
    /// @param minimumSize of a response, in bytes; smaller ones are sent as they are
    /// @param level 1 is fast, 9 small; of each algorithm's own scale
    public record Compression(
            boolean enabled, List<Coding> algorithms, int minimumSize, int level) {
        public Compression {
            algorithms = List.copyOf(algorithms);
        }
    }

    /// Whether one request of HTTP may hold several of GraphQL.
    ///
    /// @param maximumSize how many
    public record Batching(boolean enabled, BatchingMode mode, int maximumSize) {}

    /// Whether files may be sent (GraphQL multipart request). Sizes are in bytes.
    ///
    /// @param maximumTotalSize of all files of one request
    /// @param timeout for a request to arrive
    public record Uploads(
            boolean enabled,
            int maximumFiles,
            int maximumFileSize,
            int maximumTotalSize,
            Duration timeout) {}

    /// How they are sent.
    public enum BatchingMode {
        /// As an array, like `BatchHttpLink` of Apollo Client.
        BATCH_HTTP_LINK
    }

    /// A content coding.
    public enum Coding {
        ZSTD,
        BR,
        GZIP;

        /// As HTTP names it.
        public String token() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
