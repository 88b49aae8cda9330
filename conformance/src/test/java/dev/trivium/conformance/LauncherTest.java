package dev.trivium.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./trivium` as a newcomer meets it.
class LauncherTest {

    @TempDir Path scratch;

    @Test
    void startsEverythingAndLeavesNothing() throws Exception {
        Map<String, String> environment = environment();
        Path output = scratch.resolve("up.log");
        ProcessBuilder builder = Command.builder(environment, List.of("./trivium", "up", "--demo"));
        Process up = builder.redirectOutput(output.toFile()).start();
        List<ProcessHandle> programs;
        try {
            Awaitility.await("ready line in " + output)
                    .atMost(Duration.ofMinutes(4))
                    .until(() ->
                            !up.isAlive() || Files.readString(output).contains("Trivium is up"));
            assertThat(up.isAlive()).as(Files.readString(output)).isTrue();
            URI endpoint = URI.create("http://127.0.0.1:" + environment.get("PORT") + "/graphql");
            assertThat(Files.readString(output)).contains("Open " + endpoint);
            try (HttpClient http = HttpClient.newHttpClient()) {
                assertThat(get(http, endpoint, "text/html")).contains("<html");
                assertThat(
                                new GraphQlCaller(http, endpoint, null)
                                        .send(
                                                "{ events { edges { node { title creator { displayName } } } } }")
                                        .data("/events/edges"))
                        .isNotEmpty();
            }
            programs = programs();
            assertThat(programs).hasSize(5);
        } finally {
            up.destroy();
            assertThat(up.waitFor(40, SECONDS)).isTrue();
        }
        assertThat(programs).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void namesThePortThatIsTaken() throws Exception {
        Map<String, String> environment = environment();
        try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            environment.put("EVENTS_PORT", Integer.toString(taken.getLocalPort()));

            Command up = Command.run(scratch, environment, List.of("./trivium", "up"));

            assertThat(up.exitCode()).isEqualTo(2);
            assertThat(up.output().strip())
                    .isEqualTo(
                            "trivium: port %d, which events needs, is taken: stop what uses it, or choose another with EVENTS_PORT=…"
                                    .formatted(taken.getLocalPort()));
        }
    }

    @Test
    void saysHowToGetAJdk() throws Exception {
        Path copy = scratch.resolve("trivium");
        Files.writeString(
                copy,
                Files.readString(Platform.ROOT.resolve("trivium"))
                        .replace("WANTED_JAVA=25", "WANTED_JAVA=99"));

        Command up = Command.run(scratch, Map.of(), List.of("bash", copy.toString(), "up"));

        assertThat(up.exitCode()).isEqualTo(2);
        assertThat(up.output().strip())
                .isEqualTo(
                        "trivium: no JDK 99 found: install one (for example from https://adoptium.net) or set JAVA_HOME");
    }

    @Test
    void findsAJdkByItself() throws Exception {
        Command help =
                Command.run(
                        scratch,
                        Map.of("JAVA_HOME", ""),
                        List.of("./trivium", "compose", "--config", "schema/supergraph.yaml"));

        assertThat(help.exitCode()).as(help.output()).isZero();
        assertThat(help.output()).contains("join__Graph");
    }

    @Test
    void saysWhichProgramDiedAtItsStart() throws Exception {
        Map<String, String> environment = environment();
        environment.put("MONGODB_URI", "not a connection string");

        Command up = Command.run(scratch, environment, List.of("./trivium", "up"));

        assertThat(up.exitCode()).isEqualTo(2);
        assertThat(up.output())
                .containsPattern(
                        "trivium: (auth|events|notifications) stopped while it started: .*\\.log\\)")
                .contains("Stopping ...");
    }

    private Map<String, String> environment() {
        List<Integer> ports = Platform.freePorts(6);
        Map<String, String> environment = new HashMap<>();
        List<String> names =
                List.of(
                        "PORT",
                        "AUTH_PORT",
                        "EVENTS_PORT",
                        "NOTIFICATIONS_PORT",
                        "MONGODB_PORT",
                        "AMQP_PORT");
        for (int i = 0; i < names.size(); i++) {
            environment.put(names.get(i), Integer.toString(ports.get(i)));
        }
        environment.put("MONGODB_URI", "");
        environment.put("RABBITMQ_URI", "");
        environment.put("TRIVIUM_DATA", scratch.resolve("data").toString());
        return environment;
    }

    private List<ProcessHandle> programs() throws IOException {
        try (Stream<Path> files = Files.list(scratch.resolve("data/run"))) {
            return files.map(LauncherTest::program).flatMap(Optional::stream).toList();
        }
    }

    private static Optional<ProcessHandle> program(Path pidFile) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pidFile, UTF_8).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String get(HttpClient http, URI uri, String accept) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", accept).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
