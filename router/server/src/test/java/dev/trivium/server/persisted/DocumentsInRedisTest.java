package dev.trivium.server.persisted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trivium.server.configuration.AutomaticPersistedQueries.SharedCache;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// Against a real server, where one is installed; and against none.
@Timeout(60)
class DocumentsInRedisTest {
    private static final String TEXT = "query A { a }";
    private static final String HASH = Sha256.hex(TEXT);

    @TempDir private Path folder;
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void routersShareWhatAClientHasRegistered() throws Exception {
        var program = program();
        int port = freePort();
        var server = start(program, port);
        try (var one = documents(port);
                var other = documents(port)) {
            await().ignoreExceptions()
                    .until(() -> {
                        one.add(HASH, TEXT);
                        return TEXT.equals(other.find(HASH).get());
                    });
            assertThat(other.find(Sha256.hex("nothing")).get()).isNull();

            server.destroy();
            server.waitFor();
            // What this process knows is there all the same, and the rest is not waited for.
            assertThat(other.find(HASH).get()).isEqualTo(TEXT);
            for (int i = 0; i < 3; i++) {
                assertThat(other.find(Sha256.hex("no " + i)).get()).isNull();
            }

            server = start(program, port);
            await().until(() -> {
                one.add(HASH, TEXT);
                try (var fresh = documents(port)) {
                    return TEXT.equals(fresh.find(HASH).get());
                }
            });
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    @Test
    void whatTheServerHoldsIsNotBelieved() throws Exception {
        var program = program();
        int port = freePort();
        var server = start(program, port);
        try (var documents = documents(port)) {
            // Under a hash that the text does not have.
            await().until(() -> {
                documents.add(Sha256.hex("other"), TEXT);
                try (var fresh = documents(port);
                        var good = documents(port)) {
                    good.add(HASH, TEXT);
                    return TEXT.equals(fresh.find(HASH).get())
                            && fresh.find(Sha256.hex("other")).get() == null;
                }
            });
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    @Test
    void aServerThatIsNotThereFailsNoRequest() throws Exception {
        try (var documents = documents(freePort())) {
            assertThat(documents.find(HASH).get()).isNull();
            documents.add(HASH, TEXT);
            assertThat(documents.find(HASH).get()).isEqualTo(TEXT);
        }
    }

    @Test
    void aServerThatSaysNothingIsNotWaitedForTwice() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var documents = documents(silent.getLocalPort())) {
            long start = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                assertThat(documents.find(Sha256.hex("no " + i)).get()).isNull();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(2));
        }
    }

    private RegisteredDocuments documents(int port) {
        return new DocumentsInRedis(
                new DocumentsInMemory(100_000, Runnable::run),
                new SharedCache(
                        "redis://127.0.0.1:" + port,
                        Duration.ofMillis(500),
                        Duration.ofHours(1),
                        "test:"),
                vertx);
    }

    private static String program() {
        for (var folder : System.getenv("PATH").split(":", -1)) {
            for (var name : List.of("valkey-server", "redis-server")) {
                var file = Path.of(folder, name);
                if (Files.isExecutable(file)) {
                    return file.toString();
                }
            }
        }
        var message = "neither valkey-server nor redis-server is installed";
        System.err.println("SKIPPED: DocumentsInRedisTest: " + message);
        throw new TestAbortedException(message);
    }

    private Process start(String program, int port) throws IOException {
        var process =
                new ProcessBuilder(
                                program,
                                "--port",
                                Integer.toString(port),
                                "--bind",
                                "127.0.0.1",
                                "--save",
                                "",
                                "--dir",
                                folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("redis.log").toFile())
                        .start();
        await().ignoreExceptions()
                .until(() -> {
                    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        return socket.isConnected();
                    }
                });
        return process;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
