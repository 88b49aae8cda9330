package dev.trivium.server.persisted;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.language.SourceLocation;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the documents that are trusted from files: manifests as Apollo's tools write them, maps of
/// ids to texts as Relay's compiler does, and folders of `.graphql` files.
public final class ManifestReader {
    /// The member that tells Apollo's format, and its value.
    static final String FORMAT = "apollo-persisted-query-manifest";

    static final String UNREADABLE = "UNREADABLE_MANIFEST";
    static final String INVALID = "INVALID_MANIFEST";

    private static final long LARGEST_FILE = 64L * 1024 * 1024;

    private final List<TrustedDocument> documents = new ArrayList<>();
    private final List<Issue> issues = new ArrayList<>();

    private ManifestReader() {}

    /// Reads all of them as one. One that cannot be read rejects all.
    public static Outcome<Manifest> read(List<Path> paths) {
        var reader = new ManifestReader();
        paths.forEach(reader::read);
        return reader.issues.isEmpty()
                ? Manifest.of(reader.documents)
                : new Rejected<>(reader.issues);
    }

    private void read(Path path) {
        try {
            if (Files.isDirectory(path)) {
                readFolder(path);
            } else if (Files.size(path) > LARGEST_FILE) {
                report(path, UNREADABLE, "is larger than 64 MiB");
            } else {
                readJson(path, new JsonObject(Files.readString(path)));
            }
        } catch (CharacterCodingException _) {
            report(path, UNREADABLE, "is not UTF-8");
        } catch (IOException e) {
            report(path, UNREADABLE, "cannot be read: " + e);
        } catch (DecodeException _) {
            report(path, INVALID, "is not a JSON object");
        }
    }

    private void readFolder(Path folder) throws IOException {
        switch (SourceOperations.collect(SourceFiles.graphQl(folder))) {
            case Rejected<SourceOperations.Collected>(var found) -> issues.addAll(found);
            case Accepted<SourceOperations.Collected>(var collected) ->
                    collected.operations().forEach(it -> documents.add(it.trusted()));
        }
    }

    private void readJson(Path path, JsonObject json) {
        if (!json.containsKey("format")) {
            json.forEach(entry -> readRelay(path, entry.getKey(), entry.getValue()));
        } else if (!FORMAT.equals(json.getValue("format"))
                || !Integer.valueOf(1).equals(json.getValue("version"))
                || !(json.getValue("operations") instanceof JsonArray operations)) {
            report(path, INVALID, "has none of the known formats: %s, version 1".formatted(FORMAT));
        } else {
            operations.forEach(operation -> readApollo(path, operation));
        }
    }

    private void readRelay(Path path, String id, @Nullable Object value) {
        if (value instanceof String text) {
            add(path, TrustedDocument.of(id, text, null, null));
        } else {
            report(path, INVALID, "must map ids to texts, not as at `%s`".formatted(id));
        }
    }

    private void readApollo(Path path, @Nullable Object element) {
        if (!(element instanceof JsonObject operation
                && operation.getValue("id") instanceof String id
                && operation.getValue("body") instanceof String body)) {
            report(path, INVALID, "has an operation without the texts `id` and `body`");
            return;
        }
        var clientName = operation.getValue("clientName") instanceof String name ? name : null;
        if (!(operation.getValue("rest") instanceof JsonObject rest)) {
            add(path, TrustedDocument.of(id, body, clientName, null));
            return;
        }
        var annotation =
                RestAnnotation.of(
                        rest.getValue("method") instanceof String method ? method : null,
                        rest.getValue("path") instanceof String route ? route : null,
                        rest.getValue("status") instanceof Integer status ? status : null,
                        SourceLocation.NONE);
        add(path, annotation.then(it -> TrustedDocument.of(id, body, clientName, it)));
    }

    private void add(Path path, Outcome<TrustedDocument> document) {
        switch (document) {
            case Accepted<TrustedDocument>(var accepted) -> documents.add(accepted);
            case Rejected<TrustedDocument>(var found) ->
                    found.forEach(it -> report(path, it.code(), it.message()));
        }
    }

    private void report(Path path, String code, String message) {
        var text = code.equals(INVALID) || code.equals(UNREADABLE) ? " " : ": ";
        issues.add(new Issue(code, path + text + message, List.of()));
    }
}
