package dev.trivium.conformance;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A command that runs to its end.
record Command(int exitCode, String output) {

    /// Runs a command in the root of the repository and waits for it.
    ///
    /// @param environment what to add to this process's environment; an empty value removes
    static Command run(Path scratch, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(scratch, "command", ".log");
        ProcessBuilder builder = builder(environment, command);
        builder.redirectOutput(output.toFile());
        Process process = builder.start();
        if (!process.waitFor(240, SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return new Command(process.waitFor(), Files.readString(output, StandardCharsets.UTF_8));
    }

    static ProcessBuilder builder(Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(Platform.ROOT.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        builder.redirectErrorStream(true);
        return builder;
    }
}
