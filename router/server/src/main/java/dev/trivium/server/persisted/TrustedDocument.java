package dev.trivium.server.persisted;

import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.Issue;
import dev.trivium.language.OperationType;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A document that clients may send by its id.
///
/// @param id as clients name it; usually, but not necessarily, a hash of the text
/// @param text what is executed
/// @param canonical what is compared, see {@link CanonicalText}
/// @param name of its operation, or null if it has none
/// @param clientName of the only client that may name it, or null if all may
/// @param rest that it is an endpoint as well, or null
public record TrustedDocument(
        String id,
        String text,
        String canonical,
        OperationType type,
        @Nullable String name,
        @Nullable String clientName,
        @Nullable RestAnnotation rest) {
    static final String INVALID_DOCUMENT = "INVALID_PERSISTED_DOCUMENT";

    /// @return rejected unless the text is a document with one operation
    static Outcome<TrustedDocument> of(
            String id, String text, @Nullable String clientName, @Nullable RestAnnotation rest) {
        return switch (Parser.parseOperation(text, ParserLimits.DEFAULT)) {
            case Rejected<Document>(var issues) ->
                    new Rejected<>(
                            issues.stream()
                                    .map(it ->
                                            new Issue(
                                                    it.code(),
                                                    "document " + id + ": " + it.message(),
                                                    List.of()))
                                    .toList());
            case Accepted<Document>(var document) -> {
                var operations = document.definitions(Definition.Operation.class);
                if (operations.size() != 1) {
                    yield new Rejected<>(
                            new Issue(
                                    INVALID_DOCUMENT,
                                    "document %s must hold one operation, not %d"
                                            .formatted(id, operations.size()),
                                    List.of()));
                }
                var operation = operations.getFirst();
                yield new Accepted<>(
                        new TrustedDocument(
                                id,
                                text,
                                CanonicalText.of(document),
                                operation.type(),
                                operation.name(),
                                clientName,
                                rest));
            }
        };
    }
}
