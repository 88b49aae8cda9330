package dev.trivium.planner.proof;

import dev.trivium.composition.NpmProgram;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The published query planner, in a process of its own.
final class NpmPlanner implements AutoCloseable {
    private final NpmProgram program;

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
        return answer.has("error")
                ? null
                : new Size(answer.path("steps").asInt(), answer.path("requests").asInt());
    }

    @Override
    public void close() {
        program.close();
    }
}
