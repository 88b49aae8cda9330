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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The published composition package, in a process of its own.
final class NpmOracle implements AutoCloseable {
    private static final Path SOURCE = Path.of("src/test/oracle");
    private static final Path INSTALLED = Path.of("target/oracle");
    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", "compose.mjs");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final PrintWriter in;
    private final BufferedReader out;

    /// What the package makes of some subgraphs.
    ///
    /// @param crashed whether the package threw instead of answering
    /// @param sameSupergraph whether it makes the supergraph that it was given, whatever the order
    /// @param sameApiSchema whether it makes the API schema that it was given, whatever the order
    record Verdict(
            boolean composed,
            boolean crashed,
            Set<String> codes,
            boolean sameSupergraph,
            boolean sameApiSchema,
            String text) {}

    private NpmOracle(Process process) {
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
    static @Nullable NpmOracle start() throws InterruptedException {
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
                    ? new NpmOracle(run("node", "compose.mjs"))
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

    /// @param ours what the result is compared with, or null
    Verdict compose(List<SubgraphSource> sources, CompositionResult.@Nullable Composed ours)
            throws IOException {
        ObjectNode task = JSON.createObjectNode().put("id", "");
        if (ours != null) {
            task.put("supergraph", ours.supergraphSdl()).put("apiSchema", ours.apiSchemaSdl());
        }
        ArrayNode subgraphs = task.putArray("subgraphs");
        sources.forEach(source ->
                subgraphs
                        .addObject()
                        .put("name", source.name())
                        .put("url", source.url())
                        .put("sdl", source.sdl()));
        in.println(JSON.writeValueAsString(task));
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the package has stopped");
        }
        return verdict(JSON.readTree(line));
    }

    private static Verdict verdict(JsonNode answer) {
        Set<String> codes = new TreeSet<>();
        for (JsonNode error : answer.path("errors")) {
            codes.add(error.path("code").asString());
        }
        return new Verdict(
                codes.isEmpty(),
                codes.contains("THROWN") || codes.contains("NO_CODE"),
                codes,
                answer.path("sameSupergraph").asBoolean(),
                answer.path("sameApiSchema").asBoolean(),
                answer.path("errors").toString());
    }

    @Override
    public void close() {
        in.close();
        process.destroy();
    }
}
