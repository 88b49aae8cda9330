package dev.trivium.composition;

import dev.trivium.language.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A named type. Only the containers that its kind knows are ever filled.
final class TypeElement extends Element {

    /// The kinds of named type; the text is how messages name them.
    enum Kind {
        SCALAR("Scalar"),
        OBJECT("Object"),
        INTERFACE("Interface"),
        UNION("Union"),
        ENUM("Enum"),
        INPUT("InputObject");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        boolean isComposite() {
            return this == OBJECT || this == INTERFACE;
        }

        boolean isOutput() {
            return this != INPUT;
        }

        boolean isInput() {
            return this == SCALAR || this == ENUM || this == INPUT;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    final Kind kind;
    final String name;

    /// Where the type is declared: the definition and the extensions, in the order of the text.
    List<Block> blocks = new ArrayList<>(1);

    /// The interfaces that an object or interface type implements.
    final SequencedMap<String, Block> interfaces = new LinkedHashMap<>();

    /// The fields of an object or interface type.
    final SequencedMap<String, FieldElement> fields = new LinkedHashMap<>();

    /// The members of a union.
    final SequencedMap<String, Block> members = new LinkedHashMap<>();

    /// The values of an enum type.
    final SequencedMap<String, EnumValueElement> values = new LinkedHashMap<>();

    /// The fields of an input object type.
    final SequencedMap<String, InputElement> inputs = new LinkedHashMap<>();

    TypeElement(Kind kind, String name, SourceLocation location) {
        super(location);
        this.kind = kind;
        this.name = name;
    }

    @Override
    String coordinate() {
        return name;
    }

    boolean hasDefinition() {
        return blocks.stream().anyMatch(block -> !block.extension());
    }

    boolean hasExtension() {
        return blocks.stream().anyMatch(Block::extension);
    }

    void addField(FieldElement field) {
        fields.put(field.name, field);
    }
}
