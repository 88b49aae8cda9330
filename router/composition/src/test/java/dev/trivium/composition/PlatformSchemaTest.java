package dev.trivium.composition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `schema/supergraph.graphql` is what `schema/supergraph.yaml` composes to. After a change of the
/// contract, `./trivium compose --config schema/supergraph.yaml --output schema/supergraph.graphql`
/// (or this test with `-Dgolden.update=true`) rewrites it.
class PlatformSchemaTest {
    private static final Path SCHEMA = Path.of("../../schema");
    private static final Pattern SUBGRAPH =
            Pattern.compile(
                    "(?m)^  (\\S+):\\n    routing_url: (\\S+)\\n    schema:\\n      file: (\\S+)$");

    @Test
    void goldenFileIsWhatTheContractComposesTo() throws IOException {
        CompositionResult result = Composition.compose(sources());
        assertThat(result).isInstanceOf(CompositionResult.Composed.class);
        assertThat(result.hints()).isEmpty();
        Path golden = SCHEMA.resolve("supergraph.graphql");
        String composed = ((CompositionResult.Composed) result).supergraphSdl();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, composed);
        }
        assertThat(golden)
                .as(
                        "rewrite with ./trivium compose --config schema/supergraph.yaml --output schema/supergraph.graphql")
                .hasContent(composed);
    }

    private static List<SubgraphSource> sources() throws IOException {
        List<SubgraphSource> sources = new ArrayList<>();
        Matcher matcher = SUBGRAPH.matcher(Files.readString(SCHEMA.resolve("supergraph.yaml")));
        while (matcher.find()) {
            String sdl = Files.readString(SCHEMA.resolve(matcher.group(3)));
            sources.add(new SubgraphSource(matcher.group(1), matcher.group(2), sdl));
        }
        assertThat(sources).hasSize(3);
        return sources;
    }
}
