package dev.trivium.server.configuration;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `router.yaml` says, with defaults for what it leaves out.
///
/// @param tls how TLS is spoken
/// @param includeSubgraphErrors what clients see of the errors that subgraphs report
/// @param overrideSubgraphUrls by the name of the subgraph, instead of those of the supergraph
/// @param overrideLabels for how many requests of a hundred a label of `@override` holds
/// @param http what of HTTP is served to clients
/// @param explorer the page that a browser gets
/// @param healthCheck whether `/health` and its relatives answer
public record Configuration(
        SupergraphSource supergraph,
        Listen listen,
        List<JwtIssuer> jwtIssuers,
        Limits limits,
        TrafficShaping trafficShaping,
        Tls tls,
        IncludeSubgraphErrors includeSubgraphErrors,
        Map<String, URI> overrideSubgraphUrls,
        Map<String, Integer> overrideLabels,
        Cors cors,
        Csrf csrf,
        SubscriptionConfiguration subscription,
        HttpConfiguration http,
        ExplorerSettings explorer,
        PersistedQueries persistedQueries,
        AutomaticPersistedQueries apq,
        RestSettings rest,
        boolean healthCheck) {

    /// @param path the file, or null where the command line or the environment names it
    /// @param introspection whether clients may read the schema
    public record SupergraphSource(@Nullable String path, boolean introspection) {}

    public record Listen(String host, int port) {}

    /// An issuer of the tokens that the router accepts.
    ///
    /// @param jwksUrl where its public keys are
    /// @param issuers the `iss` claims that it may use; empty for any
    /// @param audiences of which a token must name one; empty for any
    /// @param algorithms the only ones that count, whatever a token says
    /// @param pollInterval the age at which keys are fetched anew
    public record JwtIssuer(
            URI jwksUrl,
            List<String> issuers,
            List<String> audiences,
            List<String> algorithms,
            Duration pollInterval) {}

    /// How much a request may ask for.
    ///
    /// @param maxRequestBytes of a body, after decompression
    /// @param maxResponseBytes of a subgraph's answer, after decompression
    /// @param maxTokens of a document
    /// @param maxRecursion how deep a document may nest
    public record Limits(
            int maxRequestBytes, int maxResponseBytes, int maxTokens, int maxRecursion) {}

    /// @param concurrencyLimit how many requests the router serves at the same time
    /// @param subgraphs by the name of the subgraph, where it differs
    public record TrafficShaping(
            int concurrencyLimit, SubgraphTraffic all, Map<String, SubgraphTraffic> subgraphs) {
        public SubgraphTraffic of(String subgraph) {
            return subgraphs.getOrDefault(subgraph, all);
        }
    }

    /// How a subgraph is called.
    ///
    /// @param timeout from the start of a call to the last byte of the answer
    /// @param deduplicateQueries whether equal queries at the same time are sent once
    public record SubgraphTraffic(Duration timeout, Http2 http2, boolean deduplicateQueries) {}

    /// Whether a subgraph is called over HTTP/2.
    public enum Http2 {
        DISABLE,
        /// Over TLS, where the subgraph agrees.
        ENABLE,
        /// Always, also in clear text.
        HTTP2ONLY
    }

    /// How TLS is spoken to subgraphs, and to clients.
    ///
    /// @param subgraphs by the name of the subgraph, where it differs
    /// @param clients null for clear text
    public record Tls(
            SubgraphTls all, Map<String, SubgraphTls> subgraphs, @Nullable TlsToClients clients) {
        public SubgraphTls of(String subgraph) {
            return subgraphs.getOrDefault(subgraph, all);
        }
    }

    /// @param authorities those who may have signed the subgraph's certificate; null for those that
    ///   the JDK trusts
    /// @param client how the router shows who it is; null if it does not
    public record SubgraphTls(@Nullable Pem authorities, @Nullable ClientCertificate client) {
        /// What holds where nothing is configured.
        public static final SubgraphTls DEFAULT = new SubgraphTls(null, null);
    }

    /// @param chain the certificate, and those between it and the authority that the subgraph
    ///   trusts
    public record ClientCertificate(Pem chain, Pem key) {}

    /// @param subgraphs by the name of the subgraph, where it differs
    public record IncludeSubgraphErrors(
            SubgraphErrors all, Map<String, SubgraphErrors> subgraphs) {}

    /// @param redactMessage whether a neutral message stands in the place of the subgraph's
    /// @param allowExtensionsKeys the entries of `extensions` that pass
    public record SubgraphErrors(boolean redactMessage, List<String> allowExtensionsKeys) {}

    /// Which web pages of other origins may call.
    ///
    /// @param origins compared as a whole
    /// @param matchOrigins for origins as a whole
    /// @param allowHeaders that a page may send
    /// @param exposeHeaders that a page may read, beside those that the Fetch standard lists
    /// @param maxAge how long a browser may remember what it was told
    public record Cors(
            boolean allowAnyOrigin,
            List<String> origins,
            List<Pattern> matchOrigins,
            boolean allowCredentials,
            List<String> allowHeaders,
            List<String> exposeHeaders,
            Duration maxAge) {

        /// Whether every page is kept out.
        public boolean isOff() {
            return !allowAnyOrigin && origins.isEmpty() && matchOrigins.isEmpty();
        }

        /// Whether the pages of an origin may call.
        public boolean allows(String origin) {
            return allowAnyOrigin
                    || origins.contains(origin)
                    || matchOrigins.stream().anyMatch(it -> it.matcher(origin).matches());
        }
    }

    /// Whether a web page of another origin can be kept from sending requests with what the browser
    /// knows of its user.
    ///
    /// @param requiredHeaders of which a GET request must have one, unless it names a content type
    ///   that a page cannot send without asking
    public record Csrf(boolean enabled, List<String> requiredHeaders) {}

    public Configuration withListen(Listen other) {
        return new Configuration(
                supergraph,
                other,
                jwtIssuers,
                limits,
                trafficShaping,
                tls,
                includeSubgraphErrors,
                overrideSubgraphUrls,
                overrideLabels,
                cors,
                csrf,
                subscription,
                http,
                explorer,
                persistedQueries,
                apq,
                rest,
                healthCheck);
    }

    /// What helps those who develop with the router, and tells them what they need not know in
    /// production.
    public Configuration withDevelopment() {
        return new Configuration(
                supergraph,
                listen,
                jwtIssuers,
                limits,
                trafficShaping,
                tls,
                includeSubgraphErrors,
                overrideSubgraphUrls,
                overrideLabels,
                cors,
                csrf,
                subscription,
                http,
                explorer.withQueryPlans(),
                persistedQueries,
                apq,
                rest,
                healthCheck);
    }
}
