package dev.trivium.server.subgraphs;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.configuration.Configuration.Http2;
import dev.trivium.server.configuration.Configuration.SubgraphTraffic;
import dev.trivium.server.configuration.SubscriptionConfiguration;
import dev.trivium.server.events.EventTarget;
import dev.trivium.server.schema.Schema;
import dev.trivium.supergraph.Subgraph;
import dev.trivium.supergraph.Supergraph;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where and how to reach one subgraph.
///
/// @param longestResponse in bytes
public record SubgraphTarget(
        String name, RequestOptions options, SubgraphTraffic traffic, int longestResponse) {

    /// How long after its timeout a call that still waits for a connection leaves the queue; not
    /// before, so that it has failed for the right reason.
    private static final Duration WITHDRAWAL = Duration.ofSeconds(1);

    /// One for each subgraph, by its number.
    public static List<SubgraphTarget> of(Supergraph supergraph, Configuration configuration) {
        return supergraph.subgraphs().stream().map(each -> of(each, configuration)).toList();
    }

    public static SubgraphTarget of(Subgraph subgraph, Configuration configuration) {
        var url = url(subgraph, configuration);
        if (url == null) {
            throw new IllegalArgumentException("no URL of the subgraph " + subgraph.name());
        }
        var tls = ClientTls.options(configuration.tls().of(subgraph.name()));
        var traffic = configuration.trafficShaping().of(subgraph.name());
        return new SubgraphTarget(
                subgraph.name(),
                options(url)
                        .setSslOptions(tls)
                        .setProtocolVersion(version(traffic.http2(), url))
                        .setConnectTimeout(traffic.timeout().plus(WITHDRAWAL).toMillis()),
                traffic,
                configuration.limits().maxResponseBytes());
    }

    /// How it is subscribed to.
    public EventTarget events(SubscriptionConfiguration subscription) {
        return EventTarget.of(name, options, traffic.timeout(), subscription);
    }

    /// Refuses a supergraph of which a subgraph cannot be called.
    public static Outcome<Schema> checked(Schema schema, Configuration configuration) {
        var issues =
                schema.supergraph().subgraphs().stream()
                        .filter(each -> url(each, configuration) == null)
                        .map(SubgraphTarget::withoutUrl)
                        .toList();
        return issues.isEmpty() ? new Outcome.Accepted<>(schema) : new Outcome.Rejected<>(issues);
    }

    private static Issue withoutUrl(Subgraph subgraph) {
        var message =
                "the supergraph has no http or https URL for the subgraph `%s`, but `%s`: set `override_subgraph_url.%s`"
                        .formatted(subgraph.name(), subgraph.url(), subgraph.name());
        return new Issue("INVALID_SUBGRAPH_URL", message, List.of());
    }

    /// @return null if there is none that can be called
    private static @Nullable URI url(Subgraph subgraph, Configuration configuration) {
        var configured = configuration.overrideSubgraphUrls().get(subgraph.name());
        if (configured != null) {
            return configured;
        }
        try {
            var url = new URI(subgraph.url());
            var callable = isSecure(url) || "http".equals(url.getScheme());
            return callable && url.getHost() != null ? url : null;
        } catch (URISyntaxException _) {
            return null;
        }
    }

    /// @return null where TLS is to agree on HTTP/2 or HTTP/1.1
    private static @Nullable HttpVersion version(Http2 http2, URI url) {
        return switch (http2) {
            case DISABLE -> HttpVersion.HTTP_1_1;
            case ENABLE -> isSecure(url) ? null : HttpVersion.HTTP_1_1;
            case HTTP2ONLY -> HttpVersion.HTTP_2;
        };
    }

    private static boolean isSecure(URI url) {
        return "https".equals(url.getScheme());
    }

    private static RequestOptions options(URI url) {
        var ssl = isSecure(url);
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setSsl(ssl)
                .setHost(url.getHost())
                .setPort(url.getPort() >= 0 ? url.getPort() : ssl ? 443 : 80)
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .putHeader("content-type", "application/json")
                .putHeader("accept-encoding", "gzip")
                .putHeader("accept", "application/graphql-response+json, application/json;q=0.9");
    }
}
