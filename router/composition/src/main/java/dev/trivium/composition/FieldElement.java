package dev.trivium.composition;

import dev.trivium.language.SourceLocation;
import dev.trivium.language.TypeReference;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A field of an object or interface type.
final class FieldElement extends Element {
    final TypeElement parent;
    final String name;
    final Block block;
    TypeReference type;
    final SequencedMap<String, InputElement> arguments = new LinkedHashMap<>(4);

    FieldElement(
            TypeElement parent,
            String name,
            TypeReference type,
            Block block,
            SourceLocation location) {
        super(location);
        this.parent = parent;
        this.name = name;
        this.type = type;
        this.block = block;
    }

    @Override
    String coordinate() {
        return parent.name + "." + name;
    }
}
