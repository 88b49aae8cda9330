package dev.trivium.server.configuration;

import dev.trivium.composition.FederationVersion;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What to compose, in the format that `rover supergraph compose` reads:
///
///     federation_version: =2.9.0
///     subgraphs:
///       auth:
///         routing_url: http://auth/graphql
///         schema:
///           file: ./auth.graphql       # or subgraph_url, with introspection_headers; or sdl
///
/// @param newest what the subgraphs may link to at most: `federation_version`
/// @param subgraphs sorted by name
public record CompositionConfiguration(FederationVersion newest, List<SubgraphEntry> subgraphs) {

    /// @param routingUrl where the router finds the subgraph
    public record SubgraphEntry(String name, String routingUrl, SchemaSource schema) {}

    /// Where a schema comes from.
    public sealed interface SchemaSource {}

    /// @param path relative to the configuration file
    public record SchemaFile(String path) implements SchemaSource {}

    /// A server that answers `_service { sdl }`.
    public record RunningSubgraph(URI url, Map<String, String> headers) implements SchemaSource {}

    public record InlineSchema(String sdl) implements SchemaSource {}

    /// The code of what the format allows, but makes no sense.
    private static final String INVALID_SUBGRAPH = "INVALID_SUBGRAPH";

    private record Unchecked(FederationVersion newest, Map<String, Entry> subgraphs) {}

    private record Entry(@Nullable String routingUrl, Schema schema) {}

    private record Schema(
            @Nullable String file,
            @Nullable String server,
            Map<String, String> headers,
            @Nullable String sdl) {

        /// The keys that say where the schema is.
        List<String> given() {
            var given = new ArrayList<String>();
            if (file != null) {
                given.add("`file`");
            }
            if (server != null) {
                given.add("`subgraph_url`");
            }
            if (sdl != null) {
                given.add("`sdl`");
            }
            return given;
        }
    }

    /// @param source the name of the file, for the issues
    public static Outcome<CompositionConfiguration> read(
            String text, String source, Map<String, String> environment) {
        return ConfigurationReader.read(
                        text, source, environment, CompositionConfiguration::configuration)
                .then(CompositionConfiguration::checked);
    }

    private static Unchecked configuration(Section file) {
        return new Unchecked(
                file.parsed(
                        "federation_version",
                        "1, 2 or =2.x.y: what the subgraphs may link to at most.",
                        FederationVersion.NEWEST,
                        FederationVersion::parse),
                file.requiredNamed("subgraphs", "By name.", CompositionConfiguration::entry));
    }

    private static Entry entry(Section section) {
        return new Entry(
                section.optionalText("routing_url", "Where the subgraph answers."),
                section.section(
                        "schema",
                        "Where the schema is: a file, a server or the text.",
                        schema ->
                                new Schema(
                                        schema.optionalText("file", "The file."),
                                        schema.optionalText(
                                                "subgraph_url",
                                                "A server that answers `_service { sdl }`."),
                                        schema.namedTexts(
                                                "introspection_headers",
                                                "Headers of the request to the server."),
                                        schema.optionalText("sdl", "The text."))));
    }

    private static Outcome<CompositionConfiguration> checked(Unchecked file) {
        List<SubgraphEntry> subgraphs = new ArrayList<>();
        List<Issue> issues = new ArrayList<>();
        new TreeMap<>(file.subgraphs())
                .forEach((name, entry) -> {
                    switch (checked(name, entry)) {
                        case Outcome.Accepted<SubgraphEntry>(var subgraph) ->
                                subgraphs.add(subgraph);
                        case Outcome.Rejected<SubgraphEntry>(var found) -> issues.addAll(found);
                    }
                });
        return issues.isEmpty()
                ? new Outcome.Accepted<>(
                        new CompositionConfiguration(file.newest(), List.copyOf(subgraphs)))
                : new Outcome.Rejected<>(issues);
    }

    private static Outcome<SubgraphEntry> checked(String name, Entry entry) {
        return schema(name, entry.schema())
                .then(schema -> {
                    var url = entry.routingUrl();
                    if (url == null && schema instanceof RunningSubgraph running) {
                        url = running.url().toString();
                    }
                    return url == null
                            ? rejected(name, "has no `routing_url`")
                            : new Outcome.Accepted<>(new SubgraphEntry(name, url, schema));
                });
    }

    private static Outcome<SchemaSource> schema(String name, Schema schema) {
        var given = schema.given();
        if (given.size() > 1) {
            return rejected(
                    name,
                    "has %s as its schema; choose one".formatted(String.join(" and ", given)));
        }
        if (schema.file() != null) {
            return new Outcome.Accepted<>(new SchemaFile(schema.file()));
        }
        if (schema.sdl() != null) {
            return new Outcome.Accepted<>(new InlineSchema(schema.sdl()));
        }
        if (schema.server() == null) {
            return rejected(name, "needs `file`, `subgraph_url` or `sdl` as its schema");
        }
        var url = url(schema.server());
        return url == null
                ? rejected(name, "has no URL as its `subgraph_url`: " + schema.server())
                : new Outcome.Accepted<>(new RunningSubgraph(url, schema.headers()));
    }

    private static @Nullable URI url(String text) {
        try {
            var url = new URI(text);
            var http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return http && url.getHost() != null ? url : null;
        } catch (URISyntaxException _) {
            return null;
        }
    }

    private static <T> Outcome<T> rejected(String subgraph, String message) {
        return new Outcome.Rejected<>(
                new Issue(INVALID_SUBGRAPH, "subgraph `" + subgraph + "` " + message, List.of()));
    }
}
