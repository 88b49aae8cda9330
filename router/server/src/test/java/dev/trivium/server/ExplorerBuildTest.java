package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is committed of the explorer is what its sources give: `./trivium explorer` builds it anew.
class ExplorerBuildTest {
    private static final Path SOURCE = Path.of("explorer");
    private static final Path COMMITTED = Path.of("src/main/resources/dev/trivium/server/explorer");

    /// Kept between runs, as its packages are.
    private static final Path COPY = Path.of("target/explorer");

    @Test
    void theSourcesGiveTheCommittedFiles(@TempDir Path built)
            throws IOException, InterruptedException {
        copySources();
        boolean installed = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        if (!installed) {
            System.out.println("THE EXPLORER IS NOT BUILT ANEW: npm is not to be had");
        }
        assumeTrue(installed);

        assertThat(run("npx", "--no-install", "tsc", "--noEmit")).as("types").isTrue();
        assertThat(run("node", "build.mjs", built.toAbsolutePath().toString())).isTrue();

        assertThat(contents(built))
                .as("what `./trivium explorer` writes")
                .isEqualTo(contents(COMMITTED));
    }

    private static void copySources() throws IOException {
        try (var files = Files.walk(SOURCE)) {
            for (var file : files.filter(ExplorerBuildTest::isSource).toList()) {
                var copy = COPY.resolve(SOURCE.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static boolean isSource(Path path) {
        return Files.isRegularFile(path) && !path.startsWith(SOURCE.resolve("node_modules"));
    }

    /// @return false if the program is not there, or says that it failed
    private static boolean run(String... command) throws InterruptedException {
        try {
            var log = COPY.resolve(command[0] + ".log");
            var process =
                    new ProcessBuilder(command)
                            .directory(COPY.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    /// What each file is, by its name.
    private static Map<String, String> contents(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.collect(
                    Collectors.toMap(
                            file -> file.getFileName().toString(), ExplorerBuildTest::digest));
        }
    }

    private static String digest(Path file) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
