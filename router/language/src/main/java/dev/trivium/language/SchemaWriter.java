package dev.trivium.language;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes type system definitions and extensions.
final class SchemaWriter {
    /// Beyond this width, the directives of a definition stand on lines of their own, and so do the
    /// members of a union.
    private static final int WIDTH = 100;

    private final Text text;
    private final ValueWriter values;

    SchemaWriter(Text text) {
        this.text = text;
        this.values = new ValueWriter(text);
    }

    void schema(Definition.Schema schema) {
        head(schema.extension(), schema.description(), "schema", "");
        directives(schema.directives(), !schema.rootTypes().isEmpty());
        if (!schema.rootTypes().isEmpty()) {
            text.block(schema.rootTypes(), this::rootType);
        }
    }

    private void rootType(Definition.RootType rootType) {
        text.add(rootType.operation().keyword() + ": " + rootType.typeName());
    }

    void type(Definition.Type type) {
        switch (type) {
            case Definition.ScalarType scalar -> {
                head(scalar, "scalar");
                directives(scalar.directives(), false);
            }
            case Definition.ObjectType object -> {
                head(object, "type");
                composite(object.interfaces(), object.directives(), object.fields());
            }
            case Definition.InterfaceType interfaceType -> {
                head(interfaceType, "interface");
                composite(
                        interfaceType.interfaces(),
                        interfaceType.directives(),
                        interfaceType.fields());
            }
            case Definition.UnionType union -> {
                head(union, "union");
                directives(union.directives(), false);
                members(union.members());
            }
            case Definition.EnumType enumType -> {
                head(enumType, "enum");
                directives(enumType.directives(), !enumType.values().isEmpty());
                block(enumType.values(), this::enumValue);
            }
            case Definition.InputObjectType input -> {
                head(input, "input");
                directives(input.directives(), !input.fields().isEmpty());
                block(input.fields(), this::inputValueLine);
            }
        }
    }

    void directiveType(Definition.DirectiveType directive) {
        head(false, directive.description(), "directive", " @" + directive.name());
        arguments(directive.arguments());
        text.add(directive.repeatable() ? " repeatable on " : " on ");
        text.add(String.join(" | ", directive.locations()));
    }

    private void composite(
            List<String> interfaces,
            List<Directive> directives,
            List<Definition.FieldDefinition> fields) {
        if (!interfaces.isEmpty()) {
            text.add(" implements " + String.join(" & ", interfaces));
        }
        directives(directives, !fields.isEmpty());
        block(fields, this::field);
    }

    private void head(Definition.Type type, String keyword) {
        head(type.extension(), type.description(), keyword, " " + type.name());
    }

    private void head(
            boolean extension, @Nullable String description, String keyword, String name) {
        description(description);
        text.add(extension ? "extend " : "").add(keyword).add(name);
    }

    /// The directives of a definition, and the space or line break before its braces.
    private void directives(List<Directive> directives, boolean bracesFollow) {
        String line = Text.laidOut(target -> new ValueWriter(target).directives(directives));
        if (text.column() + line.length() <= WIDTH) {
            text.add(line).add(bracesFollow ? " " : "");
            return;
        }
        text.indent();
        for (Directive directive : directives) {
            text.newLine();
            values.directive(directive);
        }
        text.unindent();
        if (bracesFollow) {
            text.newLine();
        }
    }

    private void members(List<String> members) {
        if (members.isEmpty()) {
            return;
        }
        String line = " = " + String.join(" | ", members);
        if (text.column() + line.length() <= WIDTH) {
            text.add(line);
            return;
        }
        text.add(" =").indent();
        for (String member : members) {
            text.newLine().add("| " + member);
        }
        text.unindent();
    }

    private <T> void block(List<T> elements, Consumer<T> write) {
        if (!elements.isEmpty()) {
            text.block(elements, write);
        }
    }

    private void field(Definition.FieldDefinition field) {
        description(field.description());
        text.add(field.name());
        arguments(field.arguments());
        text.add(": " + field.type());
        values.directives(field.directives());
    }

    private void enumValue(Definition.EnumValue value) {
        description(value.description());
        text.add(value.name());
        values.directives(value.directives());
    }

    /// Arguments on one line, or one a line if any of them is described.
    private void arguments(List<Definition.InputValue> arguments) {
        if (arguments.isEmpty()) {
            return;
        }
        if (arguments.stream().allMatch(argument -> argument.description() == null)) {
            text.list("(", arguments, this::inputValue, ")");
            return;
        }
        text.add("(").indent();
        for (Definition.InputValue argument : arguments) {
            text.newLine();
            inputValueLine(argument);
        }
        text.unindent().newLine().add(")");
    }

    private void inputValueLine(Definition.InputValue input) {
        description(input.description());
        inputValue(input);
    }

    private void inputValue(Definition.InputValue input) {
        text.add(input.name() + ": " + input.type());
        if (input.defaultValue() != null) {
            text.add(" = ");
            values.value(input.defaultValue());
        }
        values.directives(input.directives());
    }

    /// A description on lines of its own: a block string where it has several lines.
    private void description(@Nullable String description) {
        if (description == null) {
            return;
        }
        if (description.indexOf('\n') < 0 || !StringLiteral.fitsBlock(description)) {
            text.addQuoted(description).newLine();
            return;
        }
        text.add("\"\"\"");
        for (String line : StringLiteral.lines(description.replace("\"\"\"", "\\\"\"\""))) {
            if (line.isEmpty()) {
                text.add("\n");
            } else {
                text.newLine().add(line);
            }
        }
        text.newLine().add("\"\"\"").newLine();
    }
}
