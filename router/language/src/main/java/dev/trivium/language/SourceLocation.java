package dev.trivium.language;

import org.jspecify.annotations.Nullable;

/// A place in a GraphQL text. Lines and columns count from 1, columns in UTF-16 code units.
///
/// @param source the name of the text (for example of the subgraph), or null where there is only
///   one
public record SourceLocation(@Nullable String source, int line, int column) {
    /// The location of an element that stands in no text.
    public static final SourceLocation NONE = new SourceLocation(null, 0, 0);
}
