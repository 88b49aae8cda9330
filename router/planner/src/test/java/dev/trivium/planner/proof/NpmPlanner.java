package dev.trivium.planner.proof;

import dev.trivium.composition.NpmProgram;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The published query planner, in a process of its own.
final class NpmPlanner implements AutoCloseable {
    private static final int SHOWN = 60;

    private final NpmProgram program;
    private final Map<String, Integer> failures = new TreeMap<>();

    /// How large a plan is.
    ///
    /// @param steps the most requests that wait for one another
    record Size(int steps, int requests) {}

    private NpmPlanner(NpmProgram program) {
        this.program = program;
    }

    /// @return null where Node or its registry are out of reach
    static @Nullable NpmPlanner start() throws InterruptedException {
        NpmProgram program = NpmProgram.start("plan.mjs");
        return program == null ? null : new NpmPlanner(program);
    }

    /// Sets the supergraph of the operations that follow.
    void supergraph(String sdl) {
        program.tell(Map.of("supergraph", sdl));
    }

    /// @return null where the package fails
    @Nullable Size plan(String operation) throws IOException {
        JsonNode answer = program.ask(Map.of("operation", operation));
        if (answer.has("error")) {
            String message = answer.path("error").asString();
            failures.merge(
                    message.substring(0, Math.min(SHOWN, message.length())), 1, Integer::sum);
            return null;
        }
        return new Size(answer.path("steps").asInt(), answer.path("requests").asInt());
    }

    /// How often it failed, by the start of its message.
    Map<String, Integer> failures() {
        return Collections.unmodifiableMap(failures);
    }

    @Override
    public void close() {
        program.close();
    }
}
