package dev.trivium.server.compose;

import dev.trivium.composition.SchemaChange;
import dev.trivium.composition.SchemaDiff;
import dev.trivium.language.Document;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.server.configuration.ConfigurationReader;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.SupergraphReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// What has changed for clients, as text.
record ApiChanges(List<SchemaChange> changes) {

    /// The breaking and the dangerous changes.
    ///
    /// @param old an API schema or a supergraph
    static Outcome<ApiChanges> since(Path old, String apiSchema) {
        return TextFile.read(old, old.toString())
                .then(text -> before(old, text))
                .then(before -> new Outcome.Accepted<>(dangerous(before, apiSchema)));
    }

    private static ApiChanges dangerous(Document before, String apiSchema) {
        return new ApiChanges(
                SchemaDiff.between(before, parsed(apiSchema)).stream()
                        .filter(change -> change.severity() != SchemaChange.Severity.SAFE)
                        .toList());
    }

    /// All changes from one composed API schema to another.
    static ApiChanges between(String before, String apiSchema) {
        return new ApiChanges(SchemaDiff.between(parsed(before), parsed(apiSchema)));
    }

    /// The old API schema; what is wrong with it as one issue that names the file.
    private static Outcome<Document> before(Path old, String text) {
        String kind = text.contains("join__Graph") ? "supergraph" : "schema";
        Outcome<Document> document = Parser.parseSchema(text, old.toString());
        if (kind.equals("supergraph")) {
            document =
                    document.then(SupergraphReader::read)
                            .then(read -> new Outcome.Accepted<>(ApiSchema.of(read)));
        }
        return switch (document) {
            case Outcome.Accepted<Document> accepted -> accepted;
            case Outcome.Rejected<Document>(var issues) -> {
                Issue first = issues.getFirst();
                String message =
                        "%s is not a %s: %s"
                                .formatted(old, kind, ConfigurationReader.describe(List.of(first)));
                yield new Outcome.Rejected<>(new Issue(first.code(), message, List.of()));
            }
        };
    }

    private static Document parsed(String apiSchema) {
        return switch (Parser.parseSchema(apiSchema, null)) {
            case Outcome.Accepted<Document>(var document) -> document;
            case Outcome.Rejected<Document>(var issues) ->
                    throw new IllegalStateException("composed no schema: " + issues);
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
