package dev.trivium.language;

import java.util.List;

/// A parsed GraphQL text: an executable document, a schema document, or both.
public record Document(List<Definition> definitions) {
    public Document {
        definitions = List.copyOf(definitions);
    }

    /// The definitions of one kind, in the order of the text.
    public <D extends Definition> List<D> definitions(Class<D> kind) {
        return definitions.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
