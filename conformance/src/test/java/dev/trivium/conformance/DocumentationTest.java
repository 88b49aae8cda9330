package dev.trivium.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the documents name exists.
class DocumentationTest {

    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z]+(?:[A-Z][A-Za-z]*)+)`");
    private static final Pattern PATH =
            Pattern.compile("`([a-z][\\w.-]*(?:/[\\w.-]+)+/?)`|\\]\\(([^)#:]+)\\)");

    /// Names of the field, of libraries and of steps that are no types.
    private static final Set<String> NOT_TYPES =
            Set.of("GraphQL", "UserCreated", "EventCreated", "EventUpdated", "EventCancelled");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"})
    void namesExist(String document) throws IOException {
        String text = Files.readString(Platform.ROOT.resolve(document));
        Set<String> types = matches(TYPE, text);
        types.removeAll(NOT_TYPES);
        types.removeAll(javaTypes());
        assertThat(types).as("types that %s names", document).isEmpty();

        Set<String> paths = matches(PATH, text);
        paths.removeIf(path -> path.contains("NAME") || path.contains("target/"));
        assertThat(paths).isNotEmpty();
        for (String path : paths) {
            assertThat(Platform.ROOT.resolve(path)).exists();
        }
    }

    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .flatMap(DocumentationTest::groups)
                .filter(name -> !name.startsWith("."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> groups(MatchResult match) {
        return Stream.iterate(1, i -> i <= match.groupCount(), i -> i + 1)
                .map(match::group)
                .filter(Objects::nonNull);
    }

    private static Set<String> javaTypes() throws IOException {
        try (Stream<Path> files = Files.walk(Platform.ROOT)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
