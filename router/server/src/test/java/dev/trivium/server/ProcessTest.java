package dev.trivium.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trivium.server.commands.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The program as a process of its own.
@Timeout(60)
class ProcessTest {
    private static final Pattern READY =
            Pattern.compile("answers at http://127.0.0.1:(\\d+)/graphql");

    @TempDir private Path folder;

    @BeforeEach
    void writeSupergraph() throws IOException {
        Files.writeString(folder.resolve("shop.graphql"), TestRouter.supergraph());
    }

    @Test
    void finishesWhatIsUnderWayWhenToldToStop() throws Exception {
        var release = new CountDownLatch(1);
        try (var items =
                ScriptedSubgraph.start(exchange -> {
                    release.await();
                    exchange.answer("{\"data\":{\"item\":{\"name\":\"lamp\"}}}");
                })) {
            Files.writeString(folder.resolve("router.yaml"), TestRouter.addresses(items, items));
            var process =
                    start("--port", "0", "--config", folder.resolve("router.yaml").toString());
            int port = port(process.inputReader());
            try (var client = new RawHttp(port)) {
                client.write(
                        RawHttp.post(
                                TestRouter.JSON,
                                "{\"query\":\"{item(id: 1) {name}}\"}".getBytes(UTF_8)));
                await().until(() -> !items.exchanges().isEmpty());
                process.destroy();
                await().until(() -> isClosed(port));
                release.countDown();

                assertThat(client.read().body())
                        .isEqualTo("{\"data\":{\"item\":{\"name\":\"lamp\"}}}");
            }
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void saysWhenItsPortIsTaken() throws Exception {
        try (var taken = ScriptedSubgraph.answering("{}")) {
            var port = taken.url().replaceAll(".*:(\\d+)/.*", "$1");
            var process = start("--port", port);

            var message = new String(process.getErrorStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(message)
                    .startsWith("trivium: cannot listen on 127.0.0.1:" + port)
                    .hasLineCount(1);
        }
    }

    private Process start(String... options) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "router",
                                "--supergraph",
                                folder.resolve("shop.graphql").toString()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).start();
    }

    private static int port(BufferedReader log) throws IOException {
        for (var line = log.readLine(); line != null; line = log.readLine()) {
            var ready = READY.matcher(line);
            if (ready.find()) {
                return Integer.parseInt(ready.group(1));
            }
        }
        throw new AssertionError("the router did not start");
    }

    /// Nobody accepts connections any more.
    private static boolean isClosed(int port) {
        try {
            new RawHttp(port).close();
            return false;
        } catch (UncheckedIOException _) {
            return true;
        }
    }
}
