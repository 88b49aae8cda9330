package dev.trivium.conformance;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;

/// The platform as processes, one for each packaged program, on free ports and an empty data
/// folder.
final class Platform implements AutoCloseable {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xshare:auto",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    /// The programs, in the order of their start.
    enum Program {
        LOCAL("local/target/trivium-local.jar", 192, ""),
        AUTH("auth-subgraph/target/auth-subgraph.jar", 160, "/actuator/health"),
        EVENTS("events-subgraph/target/events-subgraph.jar", 160, "/actuator/health"),
        NOTIFICATIONS(
                "notifications-subgraph/target/notifications-subgraph.jar",
                160,
                "/actuator/health"),
        ROUTER("router/server/target/trivium-router.jar", 128, "/health"),
        /// A router as a mobile app meets it in production: it accepts ids of the manifest only.
        MOBILE_ROUTER("router/server/target/trivium-router.jar", 128, "/health");

        private final String jar;
        private final int heapMegabytes;
        private final String healthPath;

        Program(String jar, int heapMegabytes, String healthPath) {
            this.jar = jar;
            this.heapMegabytes = heapMegabytes;
            this.healthPath = healthPath;
        }
    }

    private final Path folder;
    private final Map<Program, Integer> ports = new EnumMap<>(Program.class);
    private final Map<Program, Process> processes = new EnumMap<>(Program.class);
    private final int mongodbPort;
    private final HttpClient http = HttpClient.newHttpClient();

    private Platform(Path folder) {
        this.folder = folder;
        List<Integer> free = new ArrayList<>(freePorts(Program.values().length + 1));
        for (Program program : Program.values()) {
            ports.put(program, free.removeLast());
        }
        mongodbPort = free.getLast();
    }

    /// Starts all programs and waits until they are healthy.
    static Platform start(Path folder) {
        Platform platform = new Platform(folder);
        try {
            platform.launch(Program.LOCAL);
            platform.awaitHealthy(Program.LOCAL);
            for (Program program : Program.values()) {
                if (program != Program.LOCAL) {
                    platform.launch(program);
                }
            }
            for (Program program : Program.values()) {
                platform.awaitHealthy(program);
            }
            return platform;
        } catch (RuntimeException | Error e) {
            platform.close();
            throw e;
        }
    }

    URI graphql(Program program) {
        return URI.create("http://127.0.0.1:" + ports.get(program) + "/graphql");
    }

    /// Kills a program as a crash would.
    void kill(Program program) {
        Process process = processes.remove(program);
        if (process == null) {
            throw new IllegalStateException(program + " does not run");
        }
        process.destroyForcibly();
        await(process);
    }

    /// Starts a program that was killed.
    void restart(Program program) {
        launch(program);
        awaitHealthy(program);
    }

    @Override
    public void close() {
        List<Program> running = new ArrayList<>(processes.keySet());
        for (Program program : running.reversed()) {
            Process process = processes.get(program);
            if (process != null) {
                process.destroy();
            }
        }
        processes.values().forEach(Platform::await);
        processes.clear();
        http.close();
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(15, SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void launch(Program program) {
        Path jar = ROOT.resolve(program.jar);
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: run ./trivium build first");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.add("-Xmx" + program.heapMegabytes + "m");
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(arguments(program));
        ProcessBuilder builder = new ProcessBuilder(command);
        environment(program, builder.environment());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(program).toFile()));
        try {
            processes.put(program, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> arguments(Program program) {
        return switch (program) {
            case LOCAL ->
                    List.of(
                            "--data",
                            folder.resolve("data").toString(),
                            "--mongodb-port",
                            Integer.toString(mongodbPort),
                            "--amqp-port",
                            Integer.toString(port(Program.LOCAL)));
            case ROUTER, MOBILE_ROUTER ->
                    List.of(
                            "router",
                            "--supergraph",
                            ROOT.resolve("schema/supergraph.graphql").toString(),
                            "--config",
                            ROOT.resolve("router.yaml").toString());
            case AUTH, EVENTS, NOTIFICATIONS -> List.of();
        };
    }

    private void environment(Program program, Map<String, String> environment) {
        String auth = "http://127.0.0.1:" + port(Program.AUTH);
        environment.put("PORT", Integer.toString(port(program)));
        environment.put("HOST", "127.0.0.1");
        environment.put("MONGODB_URI", "mongodb://127.0.0.1:" + mongodbPort);
        environment.put("RABBITMQ_URI", "amqp://guest:guest@127.0.0.1:" + port(Program.LOCAL));
        environment.put("JWT_ISSUER", auth);
        environment.put("JWKS_URI", auth + "/.well-known/jwks.json");
        environment.put("AUTH_URL", graphql(Program.AUTH).toString());
        environment.put("EVENTS_URL", graphql(Program.EVENTS).toString());
        environment.put("NOTIFICATIONS_URL", graphql(Program.NOTIFICATIONS).toString());
        if (program == Program.MOBILE_ROUTER) {
            environment.put("PERSISTED_QUERIES_MODE", "require_id");
        }
    }

    private int port(Program program) {
        return ports.getOrDefault(program, 0);
    }

    private Path log(Program program) {
        return folder.resolve(program.name().toLowerCase(Locale.ROOT) + ".log");
    }

    private void awaitHealthy(Program program) {
        Awaitility.await(program + " is healthy, see " + log(program))
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    Process process = processes.get(program);
                    if (process == null || !process.isAlive()) {
                        throw new IllegalStateException(
                                program
                                        + " stopped while it started:\n"
                                        + Files.readString(log(program)));
                    }
                    return healthy(program);
                });
    }

    private boolean healthy(Program program) throws InterruptedException {
        try {
            if (program == Program.LOCAL) {
                new Socket(InetAddress.getLoopbackAddress(), port(program)).close();
                new Socket(InetAddress.getLoopbackAddress(), mongodbPort).close();
                return true;
            }
            HttpRequest request =
                    HttpRequest.newBuilder(graphql(program).resolve(program.healthPath)).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            for (ServerSocket socket : sockets) {
                closeQuietly(socket);
            }
        }
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
