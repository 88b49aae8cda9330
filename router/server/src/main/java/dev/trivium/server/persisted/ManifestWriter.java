package dev.trivium.server.persisted;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;

/// Manifests as texts. The same documents in any order give the same text.
public final class ManifestWriter {
    private static final Comparator<TrustedDocument> ORDER =
            Comparator.comparing(
                            (TrustedDocument it) -> it.clientName() == null ? "" : it.clientName())
                    .thenComparing(it -> it.name() == null ? "" : it.name())
                    .thenComparing(TrustedDocument::id);

    private ManifestWriter() {}

    /// Apollo's format, version 1.
    public static String apollo(List<TrustedDocument> documents) {
        var operations = new JsonArray();
        documents.stream().sorted(ORDER).forEach(document -> operations.add(operation(document)));
        return new JsonObject()
                        .put("format", ManifestReader.FORMAT)
                        .put("version", 1)
                        .put("operations", operations)
                        .encodePrettily()
                + "\n";
    }

    private static JsonObject operation(TrustedDocument document) {
        var operation = new JsonObject().put("id", document.id());
        if (document.name() != null) {
            operation.put("name", document.name());
        }
        operation.put("type", document.type().keyword()).put("body", document.text());
        if (document.clientName() != null) {
            operation.put("clientName", document.clientName());
        }
        var rest = document.rest();
        if (rest != null) {
            operation.put(
                    "rest",
                    new JsonObject()
                            .put("method", rest.method())
                            .put("path", rest.path())
                            .put("status", rest.status()));
        }
        return operation;
    }

    /// A map of ids to texts, as Relay's compiler writes it. Has no room for client names and REST.
    public static String relay(List<TrustedDocument> documents) {
        var map = new JsonObject();
        documents.stream().sorted(ORDER).forEach(it -> map.put(it.id(), it.text()));
        return map.encodePrettily() + "\n";
    }
}
