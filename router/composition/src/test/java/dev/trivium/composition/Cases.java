package dev.trivium.composition;

import dev.trivium.language.Issue;
import dev.trivium.language.SourceLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The cases in `src/test/resources/cases`: a folder each, with `subgraphs/NAME.graphql`, and what
/// composition makes of them: `supergraph.graphql` or `errors.json`, and `hints.json` where there
/// are hints. Those of satisfiability state only what must be found, see [CompositionCaseTest].
final class Cases {
    private static final Path ROOT = Path.of("src/test/resources/cases");

    private Cases() {}

    static List<Path> all() {
        return children(ROOT).stream()
                .filter(folder -> !folder.getFileName().toString().startsWith("satisfiability-"))
                .toList();
    }

    static List<SubgraphSource> subgraphs(Path folder) {
        List<SubgraphSource> subgraphs = new ArrayList<>();
        for (Path file : children(folder.resolve("subgraphs"))) {
            String fileName = file.getFileName().toString();
            String name = fileName.substring(0, fileName.length() - ".graphql".length());
            subgraphs.add(new SubgraphSource(name, "http://" + name, read(file)));
        }
        return subgraphs;
    }

    /// The files that a result is written to: name to content.
    static SequencedMap<String, String> files(CompositionResult result) {
        SequencedMap<String, String> files = new TreeMap<>();
        switch (result) {
            case CompositionResult.Composed composed ->
                    files.put("supergraph.graphql", composed.supergraphSdl());
            case CompositionResult.Rejected rejected ->
                    files.put("errors.json", json(rejected.issues()));
        }
        if (!result.hints().isEmpty()) {
            files.put("hints.json", json(result.hints()));
        }
        return files;
    }

    static List<Path> children(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(List<Issue> issues) {
        List<String> objects = new ArrayList<>();
        for (Issue issue : issues) {
            objects.add(
                    "  {\n    \"code\": %s,\n    \"message\": %s,\n    \"locations\": [%s]\n  }"
                            .formatted(
                                    quoted(issue.code()),
                                    quoted(issue.message()),
                                    locations(issue.locations())));
        }
        return "[\n" + String.join(",\n", objects) + "\n]\n";
    }

    private static String locations(List<SourceLocation> locations) {
        return String.join(
                ", ",
                locations.stream()
                        .map(l ->
                                "{\"subgraph\": %s, \"line\": %d, \"column\": %d}"
                                        .formatted(
                                                quoted(String.valueOf(l.source())),
                                                l.line(),
                                                l.column()))
                        .toList());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
