package dev.trivium.composition;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// A script of `src/test/oracle` in a Node process of its own, with the packages that it needs. It
/// reads JSON lines, and writes JSON lines.
public final class NpmProgram implements AutoCloseable {
    private static final Path SOURCE = Path.of("src/test/oracle");
    private static final Path INSTALLED = Path.of("target/oracle");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final PrintWriter in;
    private final BufferedReader out;

    private NpmProgram(Process process) {
        this.process = process;
        this.in =
                new PrintWriter(
                        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8),
                        true);
        this.out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// Installs the packages, as they are locked, and starts the script.
    ///
    /// @param imported other scripts that it needs
    /// @return null where Node or its registry are out of reach
    public static @Nullable NpmProgram start(String script, String... imported)
            throws InterruptedException {
        try {
            Files.createDirectories(INSTALLED);
            List<String> files = new ArrayList<>(List.of(imported));
            files.addAll(List.of("package.json", "package-lock.json", script));
            for (String file : files) {
                Files.copy(
                        SOURCE.resolve(file),
                        INSTALLED.resolve(file),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            Process install = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            install.getOutputStream().close();
            install.getInputStream().readAllBytes();
            return install.waitFor(2, TimeUnit.MINUTES) && install.exitValue() == 0
                    ? new NpmProgram(run("node", script))
                    : null;
        } catch (IOException _) {
            return null;
        }
    }

    private static Process run(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(INSTALLED.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// Writes a line, which has no answer.
    ///
    /// @param message becomes JSON
    public void tell(Object message) {
        in.println(JSON.writeValueAsString(message));
    }

    /// Writes a line, and reads the answer.
    public JsonNode ask(Object message) throws IOException {
        tell(message);
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the script has stopped");
        }
        return JSON.readTree(line);
    }

    @Override
    public void close() {
        in.close();
        process.destroy();
    }
}
