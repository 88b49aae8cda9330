package dev.trivium.composition;

import dev.trivium.language.SourceLocation;

/// The declaration that an element stands in: the definition of its type, or one of the extensions.
/// Federation treats what stands in an extension differently, element by element.
record Block(boolean extension, SourceLocation location) {
    static final Block GENERATED = new Block(false, SourceLocation.NONE);
}
