package dev.trivium.server.compose;

import dev.trivium.composition.Composition;
import dev.trivium.composition.SubgraphSource;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Composes many sets of subgraphs in one process: one JSON object a line in, `{"id", "subgraphs":
/// [{"name", "url", "sdl"}]}`, and one result a line out, with the same `id`. A line that is no
/// such object has an error as its result, and the next line is read.
final class ComposeBatch {
    /// The code of a line that is not a task.
    static final String INVALID_INPUT = "INVALID_INPUT";

    private static final String INTERNAL_ERROR = "INTERNAL_ERROR";

    private ComposeBatch() {}

    static void run(BufferedReader in, PrintWriter out) throws IOException {
        int number = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            if (!line.isBlank()) {
                out.println(answer(line, number).encode());
                out.flush();
            }
        }
    }

    private static JsonObject answer(String line, int number) {
        Object task;
        try {
            task = Json.decodeValue(line);
        } catch (DecodeException e) {
            // The lines after the first say where the parser stands, not where the text does.
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return withId(
                    null,
                    rejected(INVALID_INPUT, "line %d is not JSON: %s".formatted(number, reason)));
        }
        if (!(task instanceof JsonObject object)) {
            return withId(
                    null,
                    rejected(INVALID_INPUT, "line %d is not a JSON object".formatted(number)));
        }
        return withId(object.getValue("id"), result(object));
    }

    private static JsonObject result(JsonObject task) {
        try {
            return switch (sources(task)) {
                case Outcome.Accepted<List<SubgraphSource>>(var sources) ->
                        CompositionJson.of(Composition.compose(sources));
                case Outcome.Rejected<List<SubgraphSource>>(var issues) ->
                        CompositionJson.rejected(issues);
            };
        } catch (RuntimeException e) {
            // A mistake of composition must not cost the other tasks their results.
            return rejected(INTERNAL_ERROR, "composition failed: " + e);
        }
    }

    private static Outcome<List<SubgraphSource>> sources(JsonObject task) {
        if (!(task.getValue("subgraphs") instanceof JsonArray subgraphs)) {
            return invalid("`subgraphs` must be a list");
        }
        List<SubgraphSource> sources = new ArrayList<>();
        for (Object each : subgraphs) {
            if (each instanceof JsonObject subgraph
                    && subgraph.getValue("name") instanceof String name
                    && subgraph.getValue("url", "") instanceof String url
                    && subgraph.getValue("sdl") instanceof String sdl) {
                sources.add(new SubgraphSource(name, url, sdl));
            } else {
                return invalid(
                        "subgraph %d must have the texts `name` and `sdl`, and may have `url`"
                                .formatted(sources.size()));
            }
        }
        return new Outcome.Accepted<>(sources);
    }

    private static Outcome<List<SubgraphSource>> invalid(String message) {
        return new Outcome.Rejected<>(new Issue(INVALID_INPUT, message, List.of()));
    }

    private static JsonObject rejected(String code, String message) {
        return CompositionJson.rejected(List.of(new Issue(code, message, List.of())));
    }

    private static JsonObject withId(@Nullable Object id, JsonObject result) {
        return new JsonObject().put("id", id).mergeIn(result);
    }
}
