package dev.trivium.server.compose;

import dev.trivium.composition.CompositionResult;
import dev.trivium.language.Issue;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// A composition as JSON, the interface to other programs:
///
///     {"supergraph": "…" or null, "apiSchema": "…" or null,
///      "errors": [{"code", "message", "locations": [{"subgraph", "line", "column"}]}], "hints": […]}
final class CompositionJson {
    private CompositionJson() {}

    static JsonObject of(CompositionResult result) {
        return switch (result) {
            case CompositionResult.Composed(var supergraph, var apiSchema, var hints) ->
                    of(List.of(), hints).put("supergraph", supergraph).put("apiSchema", apiSchema);
            case CompositionResult.Rejected(var issues, var hints) -> of(issues, hints);
        };
    }

    /// Of a failure before composition.
    static JsonObject rejected(List<Issue> issues) {
        return of(issues, List.of());
    }

    private static JsonObject of(List<Issue> errors, List<Issue> hints) {
        return new JsonObject()
                .putNull("supergraph")
                .putNull("apiSchema")
                .put("errors", issues(errors))
                .put("hints", issues(hints));
    }

    private static JsonArray issues(List<Issue> issues) {
        JsonArray array = new JsonArray();
        for (Issue issue : issues) {
            JsonArray locations = new JsonArray();
            issue.locations()
                    .forEach(location ->
                            locations.add(
                                    new JsonObject()
                                            .put("subgraph", location.source())
                                            .put("line", location.line())
                                            .put("column", location.column())));
            array.add(
                    new JsonObject()
                            .put("code", issue.code())
                            .put("message", issue.message())
                            .put("locations", locations));
        }
        return array;
    }
}
