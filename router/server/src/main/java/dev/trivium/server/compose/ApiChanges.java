package dev.trivium.server.compose;

import dev.trivium.composition.SchemaChange;
import dev.trivium.composition.SchemaDiff;
import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What has changed for clients, as text.
record ApiChanges(List<SchemaChange> changes) {

    /// The breaking and the dangerous changes.
    ///
    /// @param old an API schema or a supergraph
    /// @throws IOException also if the old schema is not one
    static ApiChanges since(Path old, String apiSchema) throws IOException {
        List<SchemaChange> changes = between(Files.readString(old), apiSchema).changes;
        return new ApiChanges(
                changes.stream().filter(c -> c.severity() != SchemaChange.Severity.SAFE).toList());
    }

    /// All changes.
    static ApiChanges between(String old, String apiSchema) throws IOException {
        return new ApiChanges(SchemaDiff.between(apiSchema(old), parsed(apiSchema)));
    }

    private static Document apiSchema(String sdl) throws IOException {
        Document document = parsed(sdl);
        if (!sdl.contains("join__Graph")) {
            return document;
        }
        return switch (SupergraphReader.read(document)) {
            case Outcome.Accepted<Supergraph>(var supergraph) -> ApiSchema.of(supergraph);
            case Outcome.Rejected<Supergraph>(var issues) ->
                    throw new IOException("not a supergraph: " + issues);
        };
    }

    private static Document parsed(String sdl) throws IOException {
        return switch (Parser.parseSchema(sdl, null)) {
            case Outcome.Accepted<Document>(var document) -> document;
            case Outcome.Rejected<Document>(var issues) ->
                    throw new IOException("not a schema: " + issues);
        };
    }

    /// Prints one line for each change.
    ///
    /// @return whether one of them breaks clients
    boolean print(PrintWriter out) {
        for (SchemaChange change : changes) {
            out.println(change.severity() + " " + change.coordinate() + ": " + change.message());
        }
        if (changes.isEmpty()) {
            out.println("no breaking or dangerous changes");
        }
        out.flush();
        return changes.stream().anyMatch(c -> c.severity() == SchemaChange.Severity.BREAKING);
    }
}
