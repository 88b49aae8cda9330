package dev.trivium.server.persisted;

import dev.trivium.language.Document;
import dev.trivium.language.OperationType;
import dev.trivium.language.Printer;
import dev.trivium.language.SourceLocation;
import org.jspecify.annotations.Nullable;

/// An operation of a source folder with the fragments that it needs, wherever they stand.
///
/// @param document the operation, then its fragments by name; without `@rest`
/// @param location of the operation, in its file
public record SourceOperation(
        String name,
        OperationType type,
        Document document,
        @Nullable RestAnnotation rest,
        SourceLocation location) {

    /// What clients send, and what the id is the hash of: printed, so that neither the place of a
    /// fragment nor a space changes it.
    public String text() {
        return Printer.print(document);
    }

    /// The SHA-256 of the text.
    public String id() {
        return Sha256.hex(text());
    }

    TrustedDocument trusted() {
        var text = text();
        return new TrustedDocument(
                Sha256.hex(text), text, CanonicalText.of(document), type, name, null, rest);
    }
}
