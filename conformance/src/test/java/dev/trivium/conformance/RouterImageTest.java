package dev.trivium.conformance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The last stage of the router's image, without an engine: its files in a folder, its command that
/// records the class cache, and its entry point.
class RouterImageTest {

    private static final String HOME = "/opt/router";

    @TempDir Path folder;

    private String stage = "";

    @BeforeEach
    void layOut() throws IOException {
        String dockerfile = Files.readString(Platform.ROOT.resolve("Dockerfile"));
        stage = dockerfile.substring(dockerfile.indexOf("FROM runtime AS router"));
        for (List<String> copy : copies()) {
            String target = copy.getLast();
            for (String source : copy.subList(0, copy.size() - 1)) {
                Path from = Platform.ROOT.resolve(source.replaceFirst("^/trivium/", ""));
                Path to = folder.resolve(target.substring(HOME.length() + 1));
                copy(from, target.endsWith("/") ? to.resolve(from.getFileName()) : to);
            }
        }
    }

    /// By `COPY`: its sources, then its target.
    private List<List<String>> copies() {
        return Pattern.compile("(?m)^COPY (?:--from=build )?(.*)$")
                .matcher(stage)
                .results()
                .map(it -> List.of(it.group(1).split(" ", -1)))
                .toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            Files.createDirectories(to);
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.toList()) {
                    copy(file, to.resolve(file.getFileName()));
                }
            }
        } else {
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
        }
    }

    @Test
    void recordsAClassCacheThatTheEntryPointUses() throws Exception {
        Command record = Command.run(folder, environment(), command("RUN"));
        assertThat(record.exitCode()).as(record.output()).isZero();

        List<String> start = new ArrayList<>(command("ENTRYPOINT"));
        // Without this the JVM would start without a cache that does not fit.
        start.add(1, "-XX:AOTMode=on");
        Path output = folder.resolve("output");
        Process router =
                Command.builder(environment(), start).redirectOutput(output.toFile()).start();
        try (HttpClient http = HttpClient.newHttpClient()) {
            Awaitility.await("ready line in " + output)
                    .atMost(Duration.ofSeconds(60))
                    .until(() ->
                            !router.isAlive()
                                    || Files.readString(output).contains("router answers"));
            assertThat(router.isAlive()).as(Files.readString(output)).isTrue();
            assertThat(
                            new GraphQlCaller(http, endpoint(Files.readString(output)), null)
                                    .send("{ __typename }")
                                    .data("/__typename")
                                    .asString())
                    .isEqualTo("Query");
        } finally {
            router.destroy();
            assertThat(router.waitFor(40, SECONDS)).isTrue();
        }
    }

    private static URI endpoint(String output) {
        return Pattern.compile("http://\\S+/graphql")
                .matcher(output)
                .results()
                .map(MatchResult::group)
                .map(URI::create)
                .findFirst()
                .orElseThrow();
    }

    /// The words of an instruction, with the program's folder and this JVM in place of the image's.
    private List<String> command(String instruction) {
        String json =
                stage.lines().filter(it -> it.startsWith(instruction + " ")).toList().getLast();
        List<String> words = new ArrayList<>();
        for (JsonNode word : JsonMapper.shared().readTree(json.substring(instruction.length()))) {
            words.add(
                    word.asString().equals("java")
                            ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
                            : word.asString().replace(HOME, folder.toString()));
        }
        return words;
    }

    /// What the stage sets, and a free port.
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        Pattern.compile("(\\w+_PATH)=(\\S+)")
                .matcher(stage)
                .results()
                .forEach(it ->
                        environment.put(it.group(1), it.group(2).replace(HOME, folder.toString())));
        assertThat(environment).hasSize(2);
        environment.put("JAVA_TOOL_OPTIONS", options());
        environment.put("PORT", "0");
        environment.put("HOST", "127.0.0.1");
        return environment;
    }

    private String options() {
        return Pattern.compile("JAVA_TOOL_OPTIONS=\"(.*)\"")
                .matcher(stage)
                .results()
                .map(it -> it.group(1))
                .findFirst()
                .orElseThrow();
    }
}
