package dev.trivium.server.configuration;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.SourceLocation;
import dev.trivium.server.configuration.Configuration.ClientCertificate;
import dev.trivium.server.configuration.Configuration.Cors;
import dev.trivium.server.configuration.Configuration.Csrf;
import dev.trivium.server.configuration.Configuration.Http2;
import dev.trivium.server.configuration.Configuration.IncludeSubgraphErrors;
import dev.trivium.server.configuration.Configuration.JwtIssuer;
import dev.trivium.server.configuration.Configuration.Limits;
import dev.trivium.server.configuration.Configuration.Listen;
import dev.trivium.server.configuration.Configuration.SubgraphErrors;
import dev.trivium.server.configuration.Configuration.SubgraphTls;
import dev.trivium.server.configuration.Configuration.SubgraphTraffic;
import dev.trivium.server.configuration.Configuration.SupergraphSource;
import dev.trivium.server.configuration.Configuration.Tls;
import dev.trivium.server.configuration.Configuration.TrafficShaping;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads `router.yaml`. Unknown keys, repeated keys and values of a wrong type are issues, each
/// with its line and column.
public final class ConfigurationReader {
    private static final List<String> ALGORITHMS =
            List.of(
                    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384",
                    "ES512");
    private static final int MEBIBYTE = 1024 * 1024;

    private ConfigurationReader() {}

    /// Reads a file.
    ///
    /// @param source its name, for the issues
    /// @param environment for `${env.NAME}` and `${env.NAME:-default}`
    public static Outcome<Configuration> read(
            String text, String source, Map<String, String> environment) {
        return read(text, source, environment, ConfigurationReader::configuration);
    }

    static <T> Outcome<T> read(
            String text,
            String source,
            Map<String, String> environment,
            Function<Section, T> content) {
        Node root;
        try {
            var settings = LoadSettings.builder().setLabel(source).build();
            root = new Compose(settings).composeString(text).orElse(null);
        } catch (MarkedYamlEngineException e) {
            return new Outcome.Rejected<>(syntax(source, e));
        } catch (YamlEngineException e) {
            return new Outcome.Rejected<>(
                    new Issue("SYNTAX", String.valueOf(e.getMessage()), SourceLocation.NONE));
        }
        var start = new SourceLocation(source, 1, 1);
        if (root != null && !(root instanceof MappingNode)) {
            return new Outcome.Rejected<>(
                    new Issue("WRONG_TYPE", "the file must be a mapping", start));
        }
        var scalars = new Scalars(source, environment);
        var section = new YamlSection((MappingNode) root, start, scalars);
        var value = content.apply(section);
        section.rejectUnknownKeys();
        return scalars.issues().isEmpty()
                ? new Outcome.Accepted<>(value)
                : new Outcome.Rejected<>(scalars.issues());
    }

    /// What holds without a file.
    public static Configuration defaults() {
        var scalars = new Scalars("", Map.of());
        return configuration(new YamlSection(null, SourceLocation.NONE, scalars));
    }

    /// The format of the file, as JSON Schema.
    public static String jsonSchema() {
        var section = new SchemaSection();
        configuration(section);
        return new JsonObject()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "Trivium router configuration")
                .mergeIn(section.schema())
                .encodePrettily();
    }

    private static Issue syntax(String source, MarkedYamlEngineException e) {
        var location =
                e.getProblemMark()
                        .map(mark ->
                                new SourceLocation(
                                        source, mark.getLine() + 1, mark.getColumn() + 1))
                        .orElse(SourceLocation.NONE);
        return new Issue("SYNTAX", e.getProblem(), location);
    }

    private static Configuration configuration(Section file) {
        return new Configuration(
                file.section("supergraph", "The schema.", ConfigurationReader::supergraph),
                file.section("listen", "Where clients connect.", ConfigurationReader::listen),
                file.section(
                        "authentication",
                        "Who the client is.",
                        authentication ->
                                authentication.section(
                                        "router",
                                        "What the router checks itself.",
                                        router ->
                                                router.section(
                                                        "jwt",
                                                        "Bearer tokens.",
                                                        ConfigurationReader::jwt))),
                file.section("limits", "How much a request may ask.", ConfigurationReader::limits),
                file.section(
                        "traffic_shaping",
                        "How subgraphs are called.",
                        ConfigurationReader::trafficShaping),
                file.section("tls", "How TLS is spoken.", ConfigurationReader::tls),
                file.section(
                        "include_subgraph_errors",
                        "What clients see of the errors that subgraphs report.",
                        ConfigurationReader::includeSubgraphErrors),
                file.namedUrls(
                        "override_subgraph_url",
                        "Addresses of subgraphs, instead of those in the supergraph."),
                file.named(
                        "override_labels",
                        "Labels of `@override`, other than `percent(x)`.",
                        label ->
                                label.integer(
                                        "percent",
                                        "For how many requests of a hundred it holds.",
                                        0,
                                        0,
                                        100)),
                file.section("cors", "Which web pages may call.", ConfigurationReader::cors),
                file.section(
                        "csrf",
                        "Whether web pages that may not call can be sure to fail.",
                        ConfigurationReader::csrf),
                file.section(
                        "subscription",
                        "How subscriptions are served.",
                        SubscriptionReader::subscription),
                HttpReader.read(file),
                file.section("explorer", "The page for browsers.", ExplorerSettings::read),
                file.section(
                        "persisted_queries",
                        "Documents that clients may send by their ids.",
                        PersistedQueriesReader::trusted),
                file.section(
                        "apq",
                        "Documents that clients register under their hashes.",
                        PersistedQueriesReader::automatic),
                file.section("rest", "The endpoints of persisted documents.", RestSettings::read),
                switchedOn(file, "health_check", "The answers at /health."));
    }

    private static SupergraphSource supergraph(Section section) {
        return new SupergraphSource(
                section.optionalText("path", "The file, relative to this one."),
                section.flag("introspection", "Whether clients may read the schema.", true));
    }

    private static Listen listen(Section section) {
        return new Listen(
                section.text("host", "The address to bind.", "127.0.0.1"),
                section.integer("port", "The port; 0 takes a free one.", 4000, 0, 65_535));
    }

    private static List<JwtIssuer> jwt(Section section) {
        return section.sections("jwks", "The issuers to trust.", ConfigurationReader::jwtIssuer);
    }

    private static JwtIssuer jwtIssuer(Section section) {
        return new JwtIssuer(
                section.url("url", "Where the issuer publishes its keys."),
                section.texts("issuers", "Accepted `iss` claims; empty for any.", List.of()),
                section.texts("audiences", "Accepted `aud` claims; empty for any.", List.of()),
                section.choices(
                        "algorithms",
                        "Accepted signatures.",
                        List.of("RS256", "ES256"),
                        ALGORITHMS),
                section.duration(
                        "poll_interval",
                        "The age at which keys are fetched anew.",
                        Duration.ofMinutes(5)));
    }

    private static Limits limits(Section section) {
        return new Limits(
                section.integer(
                        "http_max_request_bytes",
                        "The size of a body, after decompression.",
                        2 * MEBIBYTE,
                        1,
                        1024 * MEBIBYTE),
                section.integer(
                        "subgraph_max_response_bytes",
                        "The size of a subgraph's answer.",
                        10 * MEBIBYTE,
                        1,
                        1024 * MEBIBYTE),
                section.integer(
                        "parser_max_tokens", "Tokens of a document.", 15_000, 1, 10_000_000),
                section.integer(
                        "parser_max_recursion", "How deep a document may nest.", 200, 1, 2_000));
    }

    private static TrafficShaping trafficShaping(Section section) {
        var concurrencyLimit =
                section.section(
                        "router",
                        "What the router takes on.",
                        router ->
                                router.integer(
                                        "concurrency_limit",
                                        "Requests at the same time; more are answered with 503.",
                                        1_000,
                                        1,
                                        1_000_000));
        var usual = new SubgraphTraffic(Duration.ofSeconds(30), Http2.ENABLE, true);
        var all =
                section.section("all", "For every subgraph.", each -> subgraphTraffic(each, usual));
        var subgraphs =
                section.named(
                        "subgraphs",
                        "By the name of the subgraph.",
                        each -> subgraphTraffic(each, all));
        return new TrafficShaping(concurrencyLimit, all, subgraphs);
    }

    private static SubgraphTraffic subgraphTraffic(Section section, SubgraphTraffic fallback) {
        return new SubgraphTraffic(
                section.duration("timeout", "The time for the whole answer.", fallback.timeout()),
                section.parsed(
                        "http2",
                        "disable, enable (over TLS, where the subgraph agrees) or http2only.",
                        fallback.http2(),
                        ConfigurationReader::http2),
                section.flag(
                        "deduplicate_query",
                        "Whether equal queries at the same time are sent once.",
                        fallback.deduplicateQueries()));
    }

    private static Outcome<Http2> http2(String text) {
        for (var value : Http2.values()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return new Outcome.Accepted<>(value);
            }
        }
        var message = "must be disable, enable or http2only";
        return new Outcome.Rejected<>(new Issue("WRONG_TYPE", message, List.of()));
    }

    private static Tls tls(Section section) {
        var clients =
                section.optionalSection(
                        "supergraph", "To clients; without it, clear text.", TlsToClients::read);
        return section.section(
                "subgraph", "To subgraphs.", subgraph -> tlsToSubgraphs(subgraph, clients));
    }

    private static Tls tlsToSubgraphs(Section section, @Nullable TlsToClients clients) {
        var all =
                section.section(
                        "all",
                        "For every subgraph.",
                        each -> subgraphTls(each, SubgraphTls.DEFAULT));
        var subgraphs =
                section.named(
                        "subgraphs",
                        "By the name of the subgraph.",
                        each -> subgraphTls(each, all));
        return new Tls(all, subgraphs, clients);
    }

    private static SubgraphTls subgraphTls(Section section, SubgraphTls fallback) {
        var authorities =
                section.file(
                        "certificate_authorities",
                        "A PEM file with those to trust, instead of those that the JDK trusts.",
                        false,
                        Pem::certificates);
        var client =
                section.optionalSection(
                        "client_authentication",
                        "The certificate that the router shows.",
                        ConfigurationReader::clientCertificate);
        return new SubgraphTls(
                authorities == null ? fallback.authorities() : authorities,
                client == null ? fallback.client() : client);
    }

    /// @return null where a file is missing, which has been reported
    private static @Nullable ClientCertificate clientCertificate(Section section) {
        var chain =
                section.file(
                        "certificate_chain",
                        "A PEM file: the certificate, then those that have signed it.",
                        true,
                        Pem::certificates);
        var key =
                section.file(
                        "key",
                        "A PEM file with the private key, without a password.",
                        true,
                        Pem::privateKey);
        return chain == null || key == null ? null : new ClientCertificate(chain, key);
    }

    private static IncludeSubgraphErrors includeSubgraphErrors(Section section) {
        var usual = new SubgraphErrors(false, List.of("code", "field"));
        var all =
                section.section("all", "For every subgraph.", each -> subgraphErrors(each, usual));
        var subgraphs =
                section.named(
                        "subgraphs",
                        "By the name of the subgraph.",
                        each -> subgraphErrors(each, all));
        return new IncludeSubgraphErrors(all, subgraphs);
    }

    private static SubgraphErrors subgraphErrors(Section section, SubgraphErrors fallback) {
        return new SubgraphErrors(
                section.flag(
                        "redact_message",
                        "Whether a neutral message stands in the place of the subgraph's.",
                        fallback.redactMessage()),
                section.texts(
                        "allow_extensions_keys",
                        "The entries of `extensions` that pass, beside `service`.",
                        fallback.allowExtensionsKeys()));
    }

    private static Cors cors(Section section) {
        boolean any =
                section.flag("allow_any_origin", "Whether pages of all origins may call.", false);
        boolean credentials =
                section.flag("allow_credentials", "Whether cookies may be sent.", false);
        if (any && credentials) {
            section.conflict(
                    "allow_credentials",
                    "`allow_credentials` and `allow_any_origin` exclude each other");
        }
        return new Cors(
                any,
                section.texts("origins", "Origins, compared as a whole.", List.of()),
                section.parsedTexts(
                        "match_origins",
                        "Regular expressions (java.util.regex) for origins as a whole.",
                        ConfigurationReader::pattern),
                credentials,
                section.texts(
                        "allow_headers",
                        "Request headers that a page may set.",
                        List.of(
                                "content-type",
                                "authorization",
                                "graphql-require-preflight",
                                "apollo-require-preflight",
                                "x-apollo-operation-name",
                                "apollographql-client-name",
                                "apollographql-client-version",
                                "graphql-client-name",
                                "graphql-client-version")),
                section.texts(
                        "expose_headers",
                        "Response headers that a page may read.",
                        List.of("retry-after", "www-authenticate")),
                section.duration(
                        "max_age",
                        "How long a browser may remember what it was told.",
                        Duration.ofMinutes(10)));
    }

    private static Outcome<Pattern> pattern(String text) {
        try {
            return new Outcome.Accepted<>(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            return new Outcome.Rejected<>(
                    new Issue(
                            "INVALID_PATTERN",
                            "`%s` is no regular expression: %s".formatted(text, e.getDescription()),
                            SourceLocation.NONE));
        }
    }

    private static Csrf csrf(Section section) {
        return new Csrf(
                section.flag("enabled", "On or off.", true),
                section.texts(
                        "required_headers",
                        "Headers of which a GET request must have one.",
                        List.of(
                                "graphql-require-preflight",
                                "apollo-require-preflight",
                                "x-apollo-operation-name")));
    }

    private static boolean switchedOn(Section file, String key, String description) {
        return file.section(
                key, description, section -> section.flag("enabled", "On or off.", true));
    }

    /// Issues as lines for a terminal.
    public static String describe(List<Issue> issues) {
        return describe(issues, "");
    }

    /// Issues as lines for a terminal.
    ///
    /// @param source the name of the text that they are about, where they do not say it themselves
    public static String describe(List<Issue> issues, String source) {
        return issues.stream()
                .map(issue -> describe(issue, source))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String describe(Issue issue, String fallback) {
        var at = issue.locations().isEmpty() ? SourceLocation.NONE : issue.locations().getFirst();
        var source = at.source() == null ? fallback : at.source();
        var prefix = source.isEmpty() ? "" : source + ":";
        return at.line() == 0
                ? issue.message()
                : "%s%d:%d: %s".formatted(prefix, at.line(), at.column(), issue.message());
    }
}
