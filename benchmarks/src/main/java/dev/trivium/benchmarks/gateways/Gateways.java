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
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-Xmx256m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    /// @param supergraph a file
    /// @param script what the floor does
    Gateway named(String name, Path supergraph, FloorScript script) throws IOException {
        int port = freePort();
        return switch (name) {
            case "floor" -> floor(port, script);
            case "trivium" -> trivium(port, supergraph);
            default -> program(name, port, supergraph);
        };
    }

    private Gateway floor(int port, FloorScript script) throws IOException {
        var file = folder.resolve("floor.json");
        Files.writeString(file, script.json().encode());
        var command = java(FloorGateway.class, List.of(String.valueOf(port), file.toString()));
        command.addAll(1, List.of("-XX:+UseParallelGC"));
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
        return new Gateway(
                "trivium", command, Map.of("JAVA_OPTS", "-XX:+UseParallelGC -Xmx256m"), url(port));
    }

    /// A program of which only the path is known: it finds in its environment where to listen and
    /// what to serve, and answers at `/graphql`.
    private Gateway program(String name, int port, Path supergraph) {
        var program = programs.get(name);
        if (program == null) {
            throw new IllegalArgumentException(
                    "where is the gateway '%s'? Say --gateway %s=PATH".formatted(name, name));
        }
        return new Gateway(
                name,
                List.of(program.toString()),
                Map.of(
                        "HOST", "127.0.0.1",
                        "PORT", String.valueOf(port),
                        "SUPERGRAPH_FILE_PATH", supergraph.toString()),
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
