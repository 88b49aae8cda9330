package dev.trivium.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The program as a child process, which a test can kill.
record LocalProcess(Process process, String mongodbUri, String amqpUri) implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("trivium-local is ready: (mongodb://\\S+) and (amqp://\\S+),.*");

    static LocalProcess start(Path data) throws IOException {
        Process process =
                launch("--data", data.toString(), "--mongodb-port", "0", "--amqp-port", "0");
        BufferedReader output = process.inputReader();
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                return new LocalProcess(process, ready.group(1), ready.group(2));
            }
            lines.add(line);
        }
        throw new IOException("The servers ended before they were ready: " + lines);
    }

    static Process launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(LocalServers.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /// As `kill -9`.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
        kill();
    }
}
