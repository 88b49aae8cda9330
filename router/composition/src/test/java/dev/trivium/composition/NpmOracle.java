package dev.trivium.composition;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The published composition package, in a process of its own.
final class NpmOracle implements AutoCloseable {
    private final NpmProgram program;

    /// What the package makes of some subgraphs.
    ///
    /// @param crashed whether the package threw instead of answering
    /// @param sameSupergraph whether it makes the supergraph that it was given, whatever the order
    /// @param sameApiSchema whether it makes the API schema that it was given, whatever the order
    record Verdict(
            boolean composed,
            boolean crashed,
            Set<String> codes,
            boolean sameSupergraph,
            boolean sameApiSchema,
            String text) {}

    private NpmOracle(NpmProgram program) {
        this.program = program;
    }

    /// @return null where Node or its registry are out of reach
    static @Nullable NpmOracle start() throws InterruptedException {
        NpmProgram program = NpmProgram.start("compose.mjs");
        return program == null ? null : new NpmOracle(program);
    }

    /// @param ours what the result is compared with, or null
    Verdict compose(List<SubgraphSource> sources, CompositionResult.@Nullable Composed ours)
            throws IOException {
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("id", "");
        if (ours != null) {
            task.put("supergraph", ours.supergraphSdl());
            task.put("apiSchema", ours.apiSchemaSdl());
        }
        List<Map<String, String>> subgraphs = new ArrayList<>();
        for (SubgraphSource source : sources) {
            subgraphs.add(Map.of("name", source.name(), "url", source.url(), "sdl", source.sdl()));
        }
        task.put("subgraphs", subgraphs);
        return verdict(program.ask(task));
    }

    private static Verdict verdict(JsonNode answer) {
        Set<String> codes = new TreeSet<>();
        for (JsonNode error : answer.path("errors")) {
            codes.add(error.path("code").asString());
        }
        return new Verdict(
                codes.isEmpty(),
                codes.contains("THROWN") || codes.contains("NO_CODE"),
                codes,
                answer.path("sameSupergraph").asBoolean(),
                answer.path("sameApiSchema").asBoolean(),
                answer.path("errors").toString());
    }

    @Override
    public void close() {
        program.close();
    }
}
