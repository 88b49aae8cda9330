package dev.trivium.starter;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The configuration of a subgraph, under `trivium`. A service sets `subgraph`; the rest has
/// defaults in `trivium-subgraph-defaults.yaml`.
@ConfigurationProperties("trivium")
public record SubgraphProperties(
        Subgraph subgraph, Security security, Outbox outbox, Consumer consumer) {

    /// @param name the subgraph's name in the supergraph
    /// @param schema where the SDL is on the class path, for example `schema/auth.graphql`
    /// @param port the port when the environment names none
    /// @param database the MongoDB database when `MONGODB_URI` names none
    public record Subgraph(String name, String schema, int port, String database) {}

    /// @param publicPaths paths besides `/graphql` and the health endpoint that need no login
    public record Security(URI jwksUri, String issuer, String audience, List<String> publicPaths) {}

    /// @param headStart how long new events are left to the instance that recorded them before any
    ///   instance may take them over
    /// @param pollInterval how often each instance looks for events that were left behind
    /// @param confirmTimeout how long to wait for the broker's confirmation
    public record Outbox(Duration headStart, Duration pollInterval, Duration confirmTimeout) {}

    /// @param attempts how often a message is tried before it is a dead letter
    /// @param firstBackoff the pause after the first failure; doubles from then on
    /// @param prefetch how many messages the broker may hand over ahead
    public record Consumer(int attempts, Duration firstBackoff, int prefetch) {}
}
