package dev.trivium.planner.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The published query planner, in a process of its own.
final class NpmPlanner implements AutoCloseable {
    private static final Path SOURCE = Path.of("src/test/oracle");
    private static final Path INSTALLED = Path.of("target/oracle");
    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", "plan.mjs");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final PrintWriter in;
    private final BufferedReader out;

    /// How large a plan is.
    ///
    /// @param steps the most requests that wait for one another
    record Size(int steps, int requests) {}

    private NpmPlanner(Process process) {
        this.process = process;
        this.in =
                new PrintWriter(
                        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8),
                        true);
        this.out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// Installs and starts the package.
    ///
    /// @return null where Node or its registry are out of reach
    static @Nullable NpmPlanner start() throws InterruptedException {
        try {
            Files.createDirectories(INSTALLED);
            for (String file : FILES) {
                Files.copy(
                        SOURCE.resolve(file),
                        INSTALLED.resolve(file),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            Process install = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            install.getOutputStream().close();
            install.getInputStream().readAllBytes();
            return install.waitFor(2, TimeUnit.MINUTES) && install.exitValue() == 0
                    ? new NpmPlanner(run("node", "plan.mjs"))
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

    /// Sets the supergraph of the operations that follow.
    void supergraph(String sdl) {
        in.println(JSON.writeValueAsString(Map.of("supergraph", sdl)));
    }

    /// @return null where the package fails
    @Nullable Size plan(String operation) throws IOException {
        in.println(JSON.writeValueAsString(Map.of("operation", operation)));
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the package has stopped");
        }
        JsonNode answer = JSON.readTree(line);
        return answer.has("error")
                ? null
                : new Size(answer.path("steps").asInt(), answer.path("requests").asInt());
    }

    @Override
    public void close() {
        in.close();
        process.destroy();
    }
}
