package dev.trivium.server.configuration;

import dev.trivium.language.Outcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to compose, in the format that `rover supergraph compose` reads.
///
/// @param subgraphs by name
public record CompositionConfiguration(Map<String, SubgraphFile> subgraphs) {

    /// @param routingUrl where the subgraph answers, or null
    /// @param file its schema, relative to the configuration file
    public record SubgraphFile(@Nullable String routingUrl, String file) {}

    /// @param source the name of the file, for the issues
    public static Outcome<CompositionConfiguration> read(
            String text, String source, Map<String, String> environment) {
        return ConfigurationReader.read(
                text, source, environment, CompositionConfiguration::configuration);
    }

    private static CompositionConfiguration configuration(Section file) {
        var _ = file.optionalText("federation_version", "Accepted, and of no effect.");
        return new CompositionConfiguration(
                file.named("subgraphs", "By name.", CompositionConfiguration::subgraph));
    }

    private static SubgraphFile subgraph(Section section) {
        return new SubgraphFile(
                section.optionalText("routing_url", "Where the subgraph answers."),
                section.section(
                        "schema",
                        "Where the schema is.",
                        schema -> schema.requiredText("file", "The file.")));
    }
}
