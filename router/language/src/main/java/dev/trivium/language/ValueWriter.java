package dev.trivium.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes what executable and schema documents share.
final class ValueWriter {
    private final Text text;

    ValueWriter(Text text) {
        this.text = text;
    }

    void value(Value value) {
        switch (value) {
            case Value.Variable(var name) -> text.add("$" + name);
            case Value.IntValue(var digits) -> text.add(digits);
            case Value.FloatValue(var digits) -> text.add(digits);
            case Value.StringValue(var string) -> text.addQuoted(string);
            case Value.BooleanValue(var bool) -> text.add(bool ? "true" : "false");
            case Value.NullValue() -> text.add("null");
            case Value.EnumValue(var name) -> text.add(name);
            case Value.ListValue(var elements) -> text.list("[", elements, this::value, "]");
            case Value.ObjectValue(var fields) ->
                    text.list("{", new ArrayList<>(fields.entrySet()), this::objectField, "}");
        }
    }

    private void objectField(Map.Entry<String, Value> field) {
        text.add(field.getKey()).add(":").space();
        value(field.getValue());
    }

    void arguments(List<Argument> arguments) {
        if (!arguments.isEmpty()) {
            text.list("(", arguments, this::argument, ")");
        }
    }

    private void argument(Argument argument) {
        text.add(argument.name()).add(":").space();
        value(argument.value());
    }

    /// Directives on one line, each after a space.
    void directives(List<Directive> directives) {
        for (Directive directive : directives) {
            text.space();
            directive(directive);
        }
    }

    void directive(Directive directive) {
        text.add("@" + directive.name());
        arguments(directive.arguments());
    }
}
