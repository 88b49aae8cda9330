package dev.trivium.planner.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Proves that random operations find bugs: those of `src/test/resources/planted-bugs` are planted
/// in the planner, one at a time, and each must be found.
///
/// A file says what is wrong, where, which text is replaced, and by what. That the texts are still
/// there is always checked; `-Dtrivium.plantedBugs=true` plants them, which takes minutes.
class PlantedBugsTest {
    private static final Path BUGS = Path.of("src/test/resources/planted-bugs");
    private static final Path SOURCES = Path.of("src/main/java/dev/trivium/planner");
    private static final String OPERATIONS = "5000";
    private static final int MOST_MINUTES = 5;

    @TempDir private Path folder;

    private record Bug(String name, String file, String text, String replacement) {
        private static Bug read(Path path) {
            try {
                String[] parts = Files.readString(path).split("(?m)^---- ", -1);
                String[] place = parts[1].split("\n", 2);
                String replacement = parts[2].substring("becomes\n".length());
                return new Bug(
                        path.getFileName().toString(),
                        place[0],
                        place[1].stripTrailing(),
                        replacement.stripTrailing());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String planted() throws IOException {
            return Files.readString(SOURCES.resolve(file)).replace(text, replacement);
        }
    }

    private static List<Bug> bugs() throws IOException {
        try (Stream<Path> files = Files.list(BUGS)) {
            return files.sorted().map(Bug::read).toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyBugCanBePlanted() throws IOException {
        return bugs().stream()
                .map(bug ->
                        DynamicTest.dynamicTest(
                                bug.name(),
                                () -> {
                                    String source = Files.readString(SOURCES.resolve(bug.file()));
                                    assertThat(source).containsOnlyOnce(bug.text());
                                }));
    }

    @Test
    void thereAreMoreThanTwenty() throws IOException {
        assertThat(bugs()).hasSizeGreaterThan(20);
    }

    @TestFactory
    Stream<DynamicTest> everyPlantedBugIsFound() throws IOException {
        assumeTrue(
                Boolean.getBoolean("trivium.plantedBugs"),
                "-Dtrivium.plantedBugs=true plants bugs");
        return bugs().stream()
                .map(bug ->
                        DynamicTest.dynamicTest(bug.name(), () -> assertThat(find(bug)).isTrue()));
    }

    /// Whether the operations fail, or do not come to an end, with a bug.
    private boolean find(Bug bug) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Path classes = compile(bug);
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-cp",
                                classes
                                        + File.pathSeparator
                                        + System.getProperty("java.class.path"),
                                Campaign.class.getName(),
                                "1",
                                OPERATIONS)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output.txt").toFile())
                        .start();
        boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        String output = Files.readString(folder.resolve("output.txt"));
        boolean found = !ended || process.exitValue() == Campaign.FOUND;
        System.out.printf(
                "Planted bugs: %s %s after %d s: %s%n",
                bug.name(),
                found ? "found" : "NOT FOUND",
                (System.nanoTime() - start) / 1_000_000_000,
                output.lines().limit(2).toList());
        return found;
    }

    private Path compile(Bug bug) throws IOException {
        Path source = folder.resolve(bug.file());
        Files.writeString(source, bug.planted());
        Path classes = Files.createDirectories(folder.resolve("classes-" + bug.name()));
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-nowarn",
                                "-proc:none",
                                "-d",
                                classes.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                source.toString()));
        int result =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).as("compiles").isZero();
        return classes;
    }
}
