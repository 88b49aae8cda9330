package dev.trivium.composition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Measures composition; not a test. With the test class path of this module:
///
///     java dev.trivium.composition.CompositionTimes write FOLDER
///     java dev.trivium.composition.CompositionTimes warm FOLDER
///
/// `write` makes the 100 subgraphs of {@link LargeSubgraphs} with their `config.yaml` for
/// `trivium compose`, and `task.jsonl` for the npm package (`src/test/oracle/compose.mjs`). `warm`
/// composes all `*.graphql` of a folder again and again, and prints milliseconds.
final class CompositionTimes {
    private static final LargeSubgraphs LARGE = new LargeSubgraphs(100, 50);
    private static final int WARM_UP = 200;
    private static final int MEASURED = 200;
    private static final double NANOS_PER_MILLI = 1e6;

    private CompositionTimes() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        if (arguments[0].equals("write")) {
            write(Files.createDirectories(folder));
        } else {
            warm(sources(folder));
        }
    }

    private static void write(Path folder) throws IOException {
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

    private static List<SubgraphSource> sources(Path folder) throws IOException {
        List<SubgraphSource> sources = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".graphql")).sorted().toList()) {
                String name = file.getFileName().toString().replace(".graphql", "");
                if (!name.equals("supergraph")) {
                    sources.add(new SubgraphSource(name, "", Files.readString(file)));
                }
            }
        }
        return sources;
    }

    private static void warm(List<SubgraphSource> sources) {
        for (int i = 0; i < WARM_UP; i++) {
            Composition.compose(sources);
        }
        double[] millis = new double[MEASURED];
        for (int i = 0; i < MEASURED; i++) {
            long start = System.nanoTime();
            Composition.compose(sources);
            millis[i] = (System.nanoTime() - start) / NANOS_PER_MILLI;
        }
        Arrays.sort(millis);
        System.out.printf(
                "%d subgraphs: median %.2f ms, 95%% %.2f ms%n",
                sources.size(), millis[MEASURED / 2], millis[MEASURED * 95 / 100]);
    }
}
