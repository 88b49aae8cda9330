package dev.trivium.benchmarks;

import dev.trivium.composition.SubgraphSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes the 100 subgraphs of {@link LargeSubgraphs} to the folder that is named: for `trivium
/// compose` with a `config.yaml`, for the npm package (`router/composition/src/test/oracle`) as the
/// one line of `task.jsonl`.
final class WriteLargeSubgraphs {
    private static final LargeSubgraphs LARGE = new LargeSubgraphs(100, 50);

    private WriteLargeSubgraphs() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        StringBuilder config = new StringBuilder("subgraphs:\n");
        List<String> tasks = new ArrayList<>();
        for (SubgraphSource source : LARGE.sources()) {
            Files.writeString(folder.resolve(source.name() + ".graphql"), source.sdl());
            config.append(
                    "  %1$s:\n    routing_url: %2$s\n    schema:\n      file: ./%1$s.graphql\n"
                            .formatted(source.name(), source.url()));
            tasks.add(
                    "{\"name\":\"%s\",\"url\":\"%s\",\"sdl\":\"%s\"}"
                            .formatted(source.name(), source.url(), escaped(source.sdl())));
        }
        Files.writeString(folder.resolve("config.yaml"), config);
        Files.writeString(
                folder.resolve("task.jsonl"),
                "{\"id\":\"large\",\"subgraphs\":[" + String.join(",", tasks) + "]}\n");
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
