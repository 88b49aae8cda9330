package dev.trivium.server.configuration;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How subscriptions are served.
///
/// @param enabled whether clients may subscribe at all
/// @param deduplication whether clients with equal subscriptions and identities share one at the
///   subgraph
/// @param maxOpenedSubscriptions of all clients at the same time
/// @param maxPerClient of one user, or of one connection where nobody says who it is
/// @param legacyWebSocket whether clients may speak the protocol of `subscriptions-transport-ws`
/// @param queueCapacity events that wait for one client; with more, its subscription ends
/// @param queueBytes what these events may weigh, unless there is but one
/// @param heartbeatInterval how often clients of streams over HTTP are shown that the stream is
///   there; zero for never
/// @param pingInterval how often a client of a WebSocket is asked whether it is there; zero for
///   never
/// @param all how subgraphs are subscribed to
/// @param subgraphs by the name of the subgraph, where it differs
/// @param callback null where no subgraph calls back
public record SubscriptionConfiguration(
        boolean enabled,
        boolean deduplication,
        int maxOpenedSubscriptions,
        int maxPerClient,
        boolean legacyWebSocket,
        int queueCapacity,
        int queueBytes,
        Duration heartbeatInterval,
        Duration pingInterval,
        Passthrough all,
        Map<String, Passthrough> subgraphs,
        @Nullable HttpCallback callback) {

    public Passthrough of(String subgraph) {
        return subgraphs.getOrDefault(subgraph, all);
    }

    /// Whether this subgraph calls the router back.
    public boolean callsBack(String subgraph) {
        return callback != null && callback.subgraphs().contains(subgraph);
    }

    /// Events come over a connection that the router opens.
    ///
    /// @param path instead of the path of the subgraph's URL; null for the same
    /// @param heartbeatInterval for {@link Protocol#GRAPHQL_WS}, how often the router asks whether
    ///   the subgraph is there; for {@link Protocol#SSE}, how often the subgraph says so; zero for
    ///   never
    public record Passthrough(
            @Nullable String path, Protocol protocol, Duration heartbeatInterval) {}

    /// Of a connection that the router opens.
    public enum Protocol {
        /// The WebSocket subprotocol `graphql-transport-ws`.
        GRAPHQL_WS,
        /// GraphQL over server-sent events, in the mode of distinct connections.
        SSE
    }

    /// Events come by requests of the subgraph.
    ///
    /// @param publicUrl where subgraphs reach the `path` of this router
    /// @param path where the router listens
    /// @param heartbeatInterval how often a subgraph says that it is there; zero for never
    /// @param subgraphs the names of those that call back
    public record HttpCallback(
            URI publicUrl, String path, Duration heartbeatInterval, List<String> subgraphs) {
        public HttpCallback {
            subgraphs = List.copyOf(subgraphs);
        }
    }
}
