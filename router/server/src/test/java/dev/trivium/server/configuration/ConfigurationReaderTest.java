package dev.trivium.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.Configuration.JwtIssuer;
import dev.trivium.server.configuration.Configuration.SubgraphErrors;
import dev.trivium.server.configuration.Configuration.SubgraphTls;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("PORT", "4100", "EMPTY", "");

    @Test
    void anEmptyFileMeansTheDefaults() {
        var configuration = accepted("");

        assertThat(configuration).isEqualTo(ConfigurationReader.defaults());
        assertThat(configuration.listen()).isEqualTo(new Configuration.Listen("127.0.0.1", 4000));
        assertThat(configuration.trafficShaping().of("any").timeout())
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(configuration.limits().maxRequestBytes()).isEqualTo(2 * 1024 * 1024);
        assertThat(configuration.jwtIssuers()).isEmpty();
    }

    @Test
    void readsEveryKey() {
        var configuration =
                accepted(
                        """
                        supergraph:
                          path: schema/supergraph.graphql
                          introspection: false
                        listen:
                          host: 0.0.0.0
                          port: ${env.PORT:-4000}
                        authentication:
                          router:
                            jwt:
                              jwks:
                                - url: ${env.JWKS_URI:-http://127.0.0.1:4101/.well-known/jwks.json}
                                  issuers: ["${env.EMPTY:-http://127.0.0.1:4101}"]
                                  audiences: [trivium]
                                  algorithms: [RS256]
                                  poll_interval: 90s
                        limits:
                          http_max_request_bytes: 1000
                          subgraph_max_response_bytes: 2000
                          parser_max_tokens: 300
                          parser_max_recursion: 40
                        traffic_shaping:
                          all: {timeout: 10s}
                          subgraphs:
                            slow: {timeout: 1m}
                            plain: {}
                        include_subgraph_errors:
                          all: {redact_message: true, allow_extensions_keys: [code, retry]}
                          subgraphs:
                            slow: {redact_message: false}
                        override_subgraph_url:
                          slow: https://slow.example/graphql
                        override_labels:
                          new-prices: {percent: 30}
                        cors:
                          origins: ["https://app.example"]
                          allow_credentials: true
                          match_origins: ['https://[a-z]+\\.app\\.example']
                          allow_headers: [content-type]
                          expose_headers: [retry-after]
                          max_age: 1h
                        explorer: {enabled: false, query_plans: true}
                        health_check: {enabled: false}
                        """);

        assertThat(configuration.supergraph().path()).isEqualTo("schema/supergraph.graphql");
        assertThat(configuration.supergraph().introspection()).isFalse();
        assertThat(configuration.listen()).isEqualTo(new Configuration.Listen("0.0.0.0", 4100));
        assertThat(configuration.jwtIssuers())
                .containsExactly(
                        new JwtIssuer(
                                URI.create("http://127.0.0.1:4101/.well-known/jwks.json"),
                                List.of("http://127.0.0.1:4101"),
                                List.of("trivium"),
                                List.of("RS256"),
                                Duration.ofSeconds(90)));
        assertThat(configuration.limits()).isEqualTo(new Configuration.Limits(1000, 2000, 300, 40));
        assertThat(configuration.trafficShaping().of("slow").timeout())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.trafficShaping().of("plain").timeout())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(configuration.includeSubgraphErrors())
                .isEqualTo(
                        new Configuration.IncludeSubgraphErrors(
                                new SubgraphErrors(true, List.of("code", "retry")),
                                Map.of(
                                        "slow",
                                        new SubgraphErrors(false, List.of("code", "retry")))));
        assertThat(configuration.tls().of("slow")).isEqualTo(SubgraphTls.DEFAULT);
        assertThat(configuration.overrideSubgraphUrls())
                .containsExactly(Map.entry("slow", URI.create("https://slow.example/graphql")));
        assertThat(configuration.overrideLabels()).containsExactly(Map.entry("new-prices", 30));
        assertThat(configuration.cors())
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> a.pattern().equals(b.pattern()), Pattern.class)
                .isEqualTo(
                        new Configuration.Cors(
                                false,
                                List.of("https://app.example"),
                                List.of(Pattern.compile("https://[a-z]+\\.app\\.example")),
                                true,
                                List.of("content-type"),
                                List.of("retry-after"),
                                Duration.ofHours(1)));
        assertThat(configuration.explorer()).isEqualTo(new ExplorerSettings(false, true));
        assertThat(configuration.healthCheck()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    listn: {}                              | 1:1  | unknown key `listn`
                    listen: {hots: x}                      | 1:10 | known here: host, port
                    listen: {port: many}                   | 1:16 | must be a whole number
                    listen: {port: 70000}                  | 1:16 | between 0 and 65535
                    listen: {port: 1, port: 2}             | 1:19 | stands here twice
                    listen: 4000                           | 1:9  | must be a mapping
                    listen: {host: [a]}                    | 1:16 | must be a single value
                    explorer: {enabled: maybe}             | 1:21 | true or false
                    traffic_shaping: {all: {timeout: 30}}  | 1:34 | such as 500ms
                    override_subgraph_url: {a: ftp://b}    | 1:28 | http or https URL
                    override_subgraph_url: {a: '::'}       | 1:28 | http or https URL
                    override_labels: {a: {percent: 101}}   | 1:32 | between 0 and 100
                    http: {status_codes: new}              | 1:22 | must be classic or draft
                    http: {http2: {max_concurrent_streams: 0}} | 1:40 | between 1 and
                    batching: {mode: other}                | 1:18 | must be batch_http_link
                    compression: {algorithms: [lzma]}      | 1:27 | cannot be `lzma`
                    cors: {origins: x}                     | 1:17 | must be a list
                    "cors: {match_origins: ['.*', '(']}"   | 1:30 | `(` is no regular expression
                    "cors: {allow_any_origin: true, allow_credentials: true}" | 1:51 | exclude each other
                    supergraph: {path: "${env.NOPE}"}      | 1:20 | variable NOPE is not set
                    [a]                                    | 1:1  | must be a mapping
                    "authentication: {router: {jwt: {jwks: [{}]}}}" | 1:40 | `url` is missing
                    "authentication: {router: {jwt: {jwks: [{url: 'http://a', algorithms: [none]}]}}}" | 1:70 | `algorithms` cannot be `none`
                    """)
    void saysWhereAndWhat(String file, String place, String message) {
        var outcome = ConfigurationReader.read(file, "router.yaml", ENVIRONMENT);

        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        var issues = ((Outcome.Rejected<Configuration>) outcome).issues();
        assertThat(issues).hasSize(1);
        assertThat(ConfigurationReader.describe(issues))
                .startsWith("router.yaml:" + place + ": ")
                .contains(message);
    }

    @Test
    void reportsEverythingAtOnce() {
        var outcome = ConfigurationReader.read("listen: {port: x}\nfoo: 1", "f", ENVIRONMENT);

        assertThat(((Outcome.Rejected<Configuration>) outcome).issues()).hasSize(2);
    }

    @Test
    void aSyntaxErrorHasAPlace() {
        var outcome = ConfigurationReader.read("listen: {port", "f", ENVIRONMENT);

        assertThat(ConfigurationReader.describe(((Outcome.Rejected<?>) outcome).issues()))
                .startsWith("f:1:");
    }

    @Test
    void plansAreShownInDevelopmentOnly() {
        assertThat(accepted("").explorer().traces()).isFalse();
        assertThat(accepted("").withDevelopment().explorer().traces()).isTrue();
        assertThat(accepted("explorer: {enabled: false}").withDevelopment().explorer().traces())
                .isFalse();
    }

    @Test
    void theSchemaNamesEveryKey() {
        var schema = new JsonObject(ConfigurationReader.jsonSchema());

        assertThat(schema.getJsonObject("properties").fieldNames())
                .containsExactly(
                        "supergraph",
                        "listen",
                        "authentication",
                        "limits",
                        "traffic_shaping",
                        "tls",
                        "include_subgraph_errors",
                        "override_subgraph_url",
                        "override_labels",
                        "cors",
                        "csrf",
                        "subscription",
                        "http",
                        "compression",
                        "batching",
                        "uploads",
                        "explorer",
                        "persisted_queries",
                        "apq",
                        "rest",
                        "health_check");
        assertThat(schema.getBoolean("additionalProperties")).isFalse();
    }

    private static Configuration accepted(String text) {
        var outcome = ConfigurationReader.read(text, "router.yaml", ENVIRONMENT);
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return ((Outcome.Accepted<Configuration>) outcome).value();
    }
}
