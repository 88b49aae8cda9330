package dev.trivium.language;

import java.util.List;

/// Documents to text. The same document gives the same text, and parsing the text gives the
/// document again, apart from locations.
///
/// `print` lays out for people, two spaces a level; `compact` writes no character that the grammar
/// does not need. Neither ends with a line break, except for a whole document.
public final class Printer {
    private Printer() {}

    /// A document, with a blank line between definitions and a line break at the end.
    public static String print(Document document) {
        StringBuilder text = new StringBuilder();
        for (Definition definition : document.definitions()) {
            text.append(text.isEmpty() ? "" : "\n").append(print(definition)).append('\n');
        }
        return text.toString();
    }

    public static String print(Definition definition) {
        return Text.laidOut(text -> {
            switch (definition) {
                case Definition.Executable executable ->
                        new ExecutableWriter(text).definition(executable);
                case Definition.Schema schema -> new SchemaWriter(text).schema(schema);
                case Definition.Type type -> new SchemaWriter(text).type(type);
                case Definition.DirectiveType directive ->
                        new SchemaWriter(text).directiveType(directive);
            }
        });
    }

    /// A selection; over several lines if there are selections below it.
    public static String print(Selection selection) {
        return Text.laidOut(text -> new ExecutableWriter(text).selection(selection));
    }

    public static String print(Value value) {
        return Text.laidOut(text -> new ValueWriter(text).value(value));
    }

    public static String print(Directive directive) {
        return Text.laidOut(text -> new ValueWriter(text).directive(directive));
    }

    public static String print(TypeReference type) {
        return type.toString();
    }

    /// Operations and fragments, for a subgraph.
    ///
    /// @throws IllegalArgumentException if a definition belongs to a schema
    public static String compact(Document document) {
        return Text.compact(text -> {
            ExecutableWriter writer = new ExecutableWriter(text);
            for (Definition definition : document.definitions()) {
                if (!(definition instanceof Definition.Executable executable)) {
                    throw new IllegalArgumentException("not executable: " + definition);
                }
                writer.definition(executable);
            }
        });
    }

    /// A field set: selections without braces around them.
    public static String compact(List<Selection> selections) {
        return Text.compact(text -> new ExecutableWriter(text).selections(selections));
    }

    public static String compact(Value value) {
        return Text.compact(text -> new ValueWriter(text).value(value));
    }
}
