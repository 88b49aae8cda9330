package dev.trivium.server.events;

import dev.trivium.server.configuration.SubscriptionConfiguration;
import dev.trivium.server.configuration.SubscriptionConfiguration.Protocol;
import io.vertx.core.MultiMap;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;

/// Where and how one subgraph is subscribed to.
///
/// @param options the address, and how TLS is spoken; no headers
/// @param timeout for the subgraph to accept a subscription
/// @param heartbeat zero for never; see the configuration
public record EventTarget(
        String subgraph, Way way, RequestOptions options, Duration timeout, Duration heartbeat) {

    /// How events travel.
    enum Way {
        WEB_SOCKET,
        SSE,
        CALLBACK
    }

    /// @param call how the subgraph is called for queries; not changed
    /// @param timeout of such calls
    public static EventTarget of(
            String subgraph,
            RequestOptions call,
            Duration timeout,
            SubscriptionConfiguration configuration) {
        var options = new RequestOptions(call).setHeaders(MultiMap.caseInsensitiveMultiMap());
        var callback = configuration.callback();
        if (callback != null && configuration.callsBack(subgraph)) {
            return new EventTarget(
                    subgraph, Way.CALLBACK, options, timeout, callback.heartbeatInterval());
        }
        var passthrough = configuration.of(subgraph);
        if (passthrough.path() != null) {
            options.setURI(passthrough.path());
        }
        return new EventTarget(
                subgraph,
                way(passthrough.protocol()),
                options,
                timeout,
                passthrough.heartbeatInterval());
    }

    private static Way way(Protocol protocol) {
        return switch (protocol) {
            case GRAPHQL_WS -> Way.WEB_SOCKET;
            case SSE -> Way.SSE;
        };
    }

    /// Whether both lead to the same place.
    public boolean leadsWhere(EventTarget other) {
        return address().equals(other.address());
    }

    /// The same for targets that lead to the same place.
    String address() {
        return "%s %s %s %s:%d%s"
                .formatted(
                        subgraph,
                        way,
                        options.isSsl(),
                        options.getHost(),
                        options.getPort(),
                        options.getURI());
    }
}
