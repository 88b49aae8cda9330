package dev.trivium.benchmarks.gateways;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The gateways that can be measured, by name.
///
/// @param root the project's folder
/// @param folder for files that a run needs
/// @param programs of further gateways, by their names
record Gateways(Path root, Path folder, Map<String, Path> programs) {
    /// The floor has the collector and the allocator of the router.
    private static final List<String> JVM_OPTIONS =
            List.of(
                    Runtime.getRuntime().availableProcessors() <= 2
                            ? "-XX:+UseSerialGC"
                            : "-XX:+UseParallelGC",
                    "-Xmx256m",
                    "-XX:MetaspaceSize=64m",
                    "-Dio.netty.allocator.type=pooled",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    /// @param supergraph a file
    /// @param script what the floor does
    Gateway named(String name, Path supergraph, FloorScript script)
            throws IOException, InterruptedException {
        int port = freePort();
        if (programs.containsKey(name)) {
            return program(name, port, supergraph, List.of(programs.get(name).toString()));
        }
        return switch (name) {
            case "floor" -> floor(port, script);
            case "trivium" -> trivium(port, supergraph);
            case "hive-gateway" -> program(name, port, supergraph, hiveGateway(supergraph));
            case "apollo-gateway" -> program(name, port, supergraph, apolloGateway());
            default ->
                    throw new IllegalArgumentException(
                            "where is the gateway '%s'? Say --gateway %s=PATH"
                                    .formatted(name, name));
        };
    }

    private Gateway floor(int port, FloorScript script) throws IOException {
        var file = folder.resolve("floor.json");
        Files.writeString(file, script.json().encode());
        var command = java(FloorGateway.class, List.of(String.valueOf(port), file.toString()));
        return new Gateway("floor", command, Map.of(), url(port));
    }

    /// As the launcher starts it.
    private Gateway trivium(int port, Path supergraph) {
        var command =
                List.of(
                        root.resolve("trivium").toString(),
                        "router",
                        "--supergraph",
                        supergraph.toString(),
                        "--port",
                        String.valueOf(port));
        return new Gateway("trivium", command, Map.of("JAVA_OPTS", "-Xmx256m"), url(port));
    }

    /// With its query planner in Rust.
    private List<String> hiveGateway(Path supergraph) throws IOException, InterruptedException {
        var folder = peers().install("hive-gateway");
        return List.of(
                "node",
                folder.resolve("node_modules/@graphql-hive/gateway/dist/bin.js").toString(),
                "supergraph",
                supergraph.toString(),
                "--hive-router-runtime",
                "--config-path",
                folder.resolve("gateway.mjs").toString());
    }

    private List<String> apolloGateway() throws IOException, InterruptedException {
        return List.of("node", peers().install("apollo-gateway").resolve("gateway.mjs").toString());
    }

    private NpmPeers peers() {
        return new NpmPeers(root.resolve("benchmarks/peers"), root.resolve(".trivium/peers"));
    }

    /// A program that finds in its environment where to listen and what to serve, and answers at
    /// `/graphql`.
    private static Gateway program(String name, int port, Path supergraph, List<String> command) {
        return new Gateway(
                name,
                command,
                Map.of(
                        "HOST",
                        "127.0.0.1",
                        "PORT",
                        String.valueOf(port),
                        "NODE_ENV",
                        "production",
                        "SUPERGRAPH_FILE_PATH",
                        supergraph.toString()),
                url(port));
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port + "/graphql";
    }

    /// The command of a main class of this jar.
    static List<String> java(Class<?> main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
