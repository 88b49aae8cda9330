package dev.trivium.composition;

import dev.trivium.language.SourceLocation;

/// Finds where a subgraph defines a field.
interface FieldLocator {

    /// @return {@link SourceLocation#NONE} where the subgraph has no such field
    SourceLocation locate(String type, String field, String subgraph);
}
