package dev.trivium.server.persisted;

import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.language.Printer;
import java.util.List;
import java.util.stream.Collectors;

/// What is left of a document when nothing counts that has no meaning: white space, commas,
/// comments, how a string is quoted, and the order of operations and fragments.
final class CanonicalText {
    private CanonicalText() {}

    static String of(Document document) {
        return document.definitions().stream()
                .map(definition -> Printer.compact(new Document(List.of(definition))))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /// @return rejected where the text cannot be parsed
    static Outcome<String> of(String text, ParserLimits limits) {
        return Parser.parseOperation(text, limits)
                .then(document -> new Outcome.Accepted<>(of(document)));
    }
}
