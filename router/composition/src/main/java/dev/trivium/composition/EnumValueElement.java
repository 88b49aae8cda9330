package dev.trivium.composition;

import dev.trivium.language.SourceLocation;

/// A value of an enum type.
final class EnumValueElement extends Element {
    final TypeElement parent;
    final String name;
    final Block block;

    EnumValueElement(TypeElement parent, String name, Block block, SourceLocation location) {
        super(location);
        this.parent = parent;
        this.name = name;
        this.block = block;
    }

    @Override
    String coordinate() {
        return parent.name + "." + name;
    }
}
