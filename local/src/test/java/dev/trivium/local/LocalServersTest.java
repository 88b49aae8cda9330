package dev.trivium.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(90)
class LocalServersTest {
    @TempDir Path data;

    @ParameterizedTest
    @CsvSource({"--mongodb-port, --amqp-port, MongoDB", "--amqp-port, --mongodb-port, AMQP"})
    void aTakenPortIsOneLineThatSaysWhatToDo(String taken, String other, String protocol)
            throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            Process process =
                    LocalProcess.launch(
                            "--data", data.toString(), taken, String.valueOf(port), other, "0");
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).isEqualTo(2);
            assertThat(output)
                    .isEqualTo(
                            "trivium-local: Port %d for %s is taken: stop what listens on it, or choose another with %s.\n"
                                    .formatted(port, protocol, taken));
        }
    }

    @Test
    void aDirectoryInUseIsOneLineThatSaysWhatToDo() throws Exception {
        try (LocalProcess _ = LocalProcess.start(data)) {
            Process second =
                    LocalProcess.launch(
                            "--data", data.toString(), "--mongodb-port", "0", "--amqp-port", "0");
            String output = new String(second.getInputStream().readAllBytes(), UTF_8);
            assertThat(second.waitFor()).isEqualTo(2);
            assertThat(output).contains("is in use by another process").hasLineCount(1);
        }
    }

    @Test
    void aTermSignalStopsItCleanly() throws Exception {
        LocalProcess servers = LocalProcess.start(data);
        servers.process().destroy();
        assertThat(servers.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(servers.process().exitValue()).isEqualTo(143);
        try (LocalProcess again = LocalProcess.start(data)) {
            assertThat(again.process().isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', --data is missing",
        "--data, every option takes a value",
        "--data d --port 1, unknown option --port",
        "--data d --amqp-port 70000, not a port: 70000",
        "--data d --mongodb-port x, not a port: x"
    })
    void aWrongCommandLineIsExplained(String line, String reason) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
        assertThat(Options.parse(arguments)).isEqualTo(new Options.Wrong(reason));
    }

    @Test
    void theServersWhosePortsAreGivenAreAskedForElseBoth() {
        assertThat(Options.parse("--data", "d", "--amqp-port", "1"))
                .isEqualTo(new Options.Serve(Path.of("d"), OptionalInt.empty(), OptionalInt.of(1)));
        assertThat(Options.parse("--data", "d"))
                .isEqualTo(
                        new Options.Serve(
                                Path.of("d"), OptionalInt.of(27017), OptionalInt.of(5672)));
    }

    @Test
    void oneServerStartsAlone() throws Exception {
        Process process = LocalProcess.launch("--data", data.toString(), "--mongodb-port", "0");
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine())
                    .startsWith("trivium-local is ready: mongodb://127.0.0.1:")
                    .doesNotContain("amqp");
        } finally {
            process.destroy();
        }
    }
}
