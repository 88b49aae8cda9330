package dev.trivium.server;

import dev.trivium.server.configuration.Configuration;
import dev.trivium.supergraph.Subgraph;
import dev.trivium.supergraph.Supergraph;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// Where and how to reach one subgraph.
///
/// @param timeout from the start of the call to the last byte of the answer
/// @param longestResponse in bytes
record SubgraphTarget(String name, RequestOptions options, Duration timeout, int longestResponse) {

    /// How long after its timeout a call that still waits for a connection leaves the queue; not
    /// before, so that it has failed for the right reason.
    private static final Duration WITHDRAWAL = Duration.ofSeconds(1);

    /// One for each subgraph, by its number.
    static List<SubgraphTarget> of(Supergraph supergraph, Configuration configuration) {
        return supergraph.subgraphs().stream().map(each -> of(each, configuration)).toList();
    }

    static SubgraphTarget of(Subgraph subgraph, Configuration configuration) {
        var url =
                configuration
                        .overrideSubgraphUrls()
                        .getOrDefault(subgraph.name(), URI.create(subgraph.url()));
        var timeout = configuration.trafficShaping().timeout(subgraph.name());
        return new SubgraphTarget(
                subgraph.name(),
                options(url).setConnectTimeout(timeout.plus(WITHDRAWAL).toMillis()),
                timeout,
                configuration.limits().maxResponseBytes());
    }

    private static RequestOptions options(URI url) {
        var ssl = "https".equals(url.getScheme());
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setSsl(ssl)
                .setHost(url.getHost())
                .setPort(url.getPort() >= 0 ? url.getPort() : ssl ? 443 : 80)
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .putHeader("content-type", "application/json")
                .putHeader("accept", "application/graphql-response+json, application/json;q=0.9");
    }
}
