package dev.trivium.server.compose;

import dev.trivium.composition.Composition;
import dev.trivium.composition.SubgraphSource;
import dev.trivium.language.Issue;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Composes many sets of subgraphs in one process: one JSON object a line in, `{"id", "subgraphs":
/// [{"name", "url", "sdl"}]}`, and one result a line out, with the same `id`.
final class ComposeBatch {
    private ComposeBatch() {}

    static void run(BufferedReader in, PrintWriter out) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!line.isBlank()) {
                out.println(answer(line).encode());
                out.flush();
            }
        }
    }

    private static JsonObject answer(String line) {
        try {
            JsonObject task = new JsonObject(line);
            return new JsonObject()
                    .put("id", task.getValue("id"))
                    .mergeIn(CompositionJson.of(Composition.compose(sources(task))));
        } catch (DecodeException | ClassCastException e) {
            Issue issue = new Issue("INVALID_INPUT", "not a task: " + e, List.of());
            return new JsonObject().putNull("id").mergeIn(CompositionJson.rejected(List.of(issue)));
        }
    }

    private static List<SubgraphSource> sources(JsonObject task) {
        List<SubgraphSource> sources = new ArrayList<>();
        JsonArray subgraphs = task.getJsonArray("subgraphs", new JsonArray());
        for (int i = 0; i < subgraphs.size(); i++) {
            JsonObject subgraph = subgraphs.getJsonObject(i);
            sources.add(
                    new SubgraphSource(
                            subgraph.getString("name", ""),
                            subgraph.getString("url", ""),
                            subgraph.getString("sdl", "")));
        }
        return sources;
    }
}
