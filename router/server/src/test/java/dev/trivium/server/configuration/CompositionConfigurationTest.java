package dev.trivium.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Outcome;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompositionConfigurationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                              | c.yaml:1:1: `subgraphs` is missing
                    {federation_version: 2}         | c.yaml:1:1: `subgraphs` is missing
                    subgraphs: {}                   | c.yaml:1:1: `subgraphs` is empty; it must name at least one
                    {a: 1, subgraphs: }             | c.yaml:1:8: `subgraphs` is empty; it must name at least one
                    subgraphs: [a]                  | c.yaml:1:12: `subgraphs` must be a mapping
                    subgraphs: {a: {}}              | subgraph `a` needs `file`, `subgraph_url` or `sdl` as its schema
                    subgraphs: {a: {schema: {file: f, sdl: s}}} | subgraph `a` has `file` and `sdl` as its schema; choose one
                    subgraphs: {a: {schema: {file: f, subgraph_url: http://a}}} | subgraph `a` has `file` and `subgraph_url` as its schema; choose one
                    subgraphs: {a: {schema: {sdl: s, subgraph_url: http://a}}} | subgraph `a` has `subgraph_url` and `sdl` as its schema; choose one
                    subgraphs: {a: {schema: {file: f}}} | subgraph `a` has no `routing_url`
                    """)
    void saysWhatIsWrong(String file, String message) {
        var outcome = CompositionConfiguration.read(file, "c.yaml", Map.of());

        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        var issues = ((Outcome.Rejected<CompositionConfiguration>) outcome).issues();
        assertThat(ConfigurationReader.describe(issues.subList(0, 1))).isEqualTo(message);
    }
}
