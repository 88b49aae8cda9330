package dev.trivium.composition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// A written case of satisfiability, a folder of `src/test/resources/cases`:
///
///     subgraphs/NAME.graphql   each a subgraph
///     errors.json              [{"code", "messageContains"}], all that composition must report
///     hints.json               the same, for hints
///
/// @param errors the expected errors, in any order; what else is in the result is wrong
record CompositionCase(
        String name, List<SubgraphSource> sources, List<Expected> errors, List<Expected> hints) {
    private static final Path FOLDER = Path.of("src/test/resources/cases");
    private static final String PREFIX = "satisfiability-";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param messageContains a part of the message; empty for any
    record Expected(String code, String messageContains) {}

    static List<CompositionCase> all() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(PREFIX))
                    .sorted()
                    .map(CompositionCase::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CompositionCase read(Path folder) {
        try {
            return new CompositionCase(
                    folder.getFileName().toString(),
                    subgraphs(folder),
                    expected(folder.resolve("errors.json")),
                    expected(folder.resolve("hints.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The subgraphs of any case.
    static List<SubgraphSource> subgraphs(Path folder) throws IOException {
        List<SubgraphSource> sources = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("subgraphs"))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".graphql", "");
                sources.add(new SubgraphSource(name, "http://" + name, Files.readString(file)));
            }
        }
        return sources;
    }

    private static List<Expected> expected(Path file) throws IOException {
        List<Expected> expected = new ArrayList<>();
        if (Files.exists(file)) {
            for (JsonNode entry : JSON.readTree(Files.readString(file))) {
                expected.add(
                        new Expected(
                                entry.path("code").asString(),
                                entry.path("messageContains").asString("")));
            }
        }
        return expected;
    }

    @Override
    public String toString() {
        return name;
    }
}
