package dev.trivium.composition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Composes every case and compares the result with the files of its folder. After a change that is
/// meant, `-Dgolden.update=true` rewrites them; review the difference.
class CompositionCasesTest {

    /// Found by satisfiability, which has cases of its own.
    private static final Set<CompositionCode> ELSEWHERE =
            EnumSet.of(
                    CompositionCode.SATISFIABILITY_ERROR,
                    CompositionCode.SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES,
                    CompositionCode.MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED,
                    CompositionCode.UNSUPPORTED_LINKED_FEATURE);

    @TestFactory
    Stream<DynamicTest> composesAsItsFilesSay() {
        return Cases.all().stream()
                .map(folder ->
                        DynamicTest.dynamicTest(
                                folder.getFileName().toString(), () -> check(folder)));
    }

    private static void check(Path folder) throws IOException {
        Map<String, String> expected = Cases.files(Composition.compose(Cases.subgraphs(folder)));
        if (Boolean.getBoolean("golden.update")) {
            rewrite(folder, expected);
        }
        Set<String> names = new TreeSet<>();
        for (Path file : Cases.children(folder)) {
            names.add(file.getFileName().toString());
        }
        assertThat(names).as("no file is missing or left over").contains("subgraphs");
        names.remove("subgraphs");
        assertThat(names).as("no file is missing or left over").isEqualTo(expected.keySet());
        expected.forEach((name, content) -> assertThat(folder.resolve(name)).hasContent(content));
    }

    private static void rewrite(Path folder, Map<String, String> files) throws IOException {
        for (Path file : Cases.children(folder)) {
            if (Files.isRegularFile(file)) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    @Test
    void everyCodeHasACase() {
        String errors = contents("errors.json");
        List<CompositionCode> missing = new ArrayList<>();
        for (CompositionCode code : CompositionCode.values()) {
            if (!ELSEWHERE.contains(code) && !errors.contains("\"" + code + "\"")) {
                missing.add(code);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyHintHasACase() {
        String hints = contents("hints.json");
        List<HintCode> missing = new ArrayList<>();
        for (HintCode code : HintCode.values()) {
            if (code != HintCode.INCONSISTENT_RUNTIME_TYPES_FOR_SHAREABLE_RETURN
                    && !hints.contains("\"" + code + "\"")) {
                missing.add(code);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyDirectiveHasACase() {
        String subgraphs =
                Cases.all().stream()
                        .flatMap(folder -> Cases.subgraphs(folder).stream())
                        .map(SubgraphSource::sdl)
                        .collect(Collectors.joining());
        for (FederationDirective directive : FederationDirective.values()) {
            assertThat(subgraphs).containsPattern("\\s@" + directive.specName() + "\\b");
        }
    }

    private static String contents(String name) {
        return Cases.all().stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::exists)
                .map(Cases::read)
                .collect(Collectors.joining());
    }
}
