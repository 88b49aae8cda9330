package dev.trivium.benchmarks.gateways;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process that the command has started, with those that it has started itself.
final class RunningProcess implements AutoCloseable {
    /// Of the operating system's accounting: `getconf CLK_TCK` is 100 on every Linux.
    private static final long MICROS_PER_TICK = 10_000;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread hook = new Thread(this::destroy);

    private RunningProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// @param log for what it says, except for the standard output of a helper
    static RunningProcess start(
            String name, List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new RunningProcess(name, builder.redirectOutput(log.toFile()).start(), log);
    }

    /// A process that answers lines, see {@link Helper}. It is ready when this returns.
    static RunningProcess startHelper(String name, List<String> command, Path log)
            throws IOException {
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        var helper = new RunningProcess(name, builder.start(), log);
        helper.readLine();
        return helper;
    }

    /// Says a line to a helper, and waits for the answer.
    String ask(String line) throws IOException {
        var out = new PrintWriter(process.outputWriter(UTF_8), true);
        out.println(line);
        return readLine();
    }

    private String readLine() throws IOException {
        BufferedReader in = process.inputReader(UTF_8);
        var line = in.readLine();
        if (line == null) {
            throw new IOException(name + " has ended: " + lastWords());
        }
        return line;
    }

    /// Waits for its end.
    ///
    /// @return false if it goes on after that time
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time);
    }

    /// The end of its log.
    String lastWords() throws IOException {
        var lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    /// Processor time since its start, of user and system together.
    long cpuMicros() throws IOException {
        long ticks = 0;
        for (var pid : family()) {
            // The name of the program, in parentheses, may contain blanks.
            var stat = read(pid, "stat");
            var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
            if (fields.length > SYSTEM_TIME) {
                ticks += Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
            }
        }
        return ticks * MICROS_PER_TICK;
    }

    /// Memory that is resident now.
    double residentMegabytes() throws IOException {
        long kilobytes = 0;
        for (var pid : family()) {
            kilobytes +=
                    read(pid, "status")
                            .lines()
                            .filter(it -> it.startsWith("VmRSS:"))
                            .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")))
                            .sum();
        }
        return kilobytes / 1024.0;
    }

    private List<Long> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    /// @return empty if the process has ended
    private static String read(long pid, String file) throws IOException {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), file));
        } catch (NoSuchFileException _) {
            return "";
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
        destroy();
    }

    private void destroy() {
        var family = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }
}
