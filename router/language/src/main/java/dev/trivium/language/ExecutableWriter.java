package dev.trivium.language;

import java.util.List;

/// Writes operations, fragments and selections.
final class ExecutableWriter {
    private final Text text;
    private final ValueWriter values;

    ExecutableWriter(Text text) {
        this.text = text;
        this.values = new ValueWriter(text);
    }

    void definition(Definition.Executable definition) {
        switch (definition) {
            case Definition.Operation operation -> operation(operation);
            case Definition.Fragment fragment -> fragment(fragment);
        }
    }

    private void operation(Definition.Operation operation) {
        boolean shorthand =
                operation.type() == OperationType.QUERY
                        && operation.name() == null
                        && operation.variables().isEmpty()
                        && operation.directives().isEmpty();
        if (!shorthand) {
            text.add(operation.type().keyword());
            if (operation.name() != null) {
                text.space().add(operation.name());
            }
            if (!operation.variables().isEmpty()) {
                if (operation.name() == null) {
                    text.space();
                }
                text.list("(", operation.variables(), this::variable, ")");
            }
            values.directives(operation.directives());
            text.space();
        }
        text.block(operation.selections(), this::selection);
    }

    private void variable(Definition.VariableDefinition variable) {
        text.add("$" + variable.name() + ":").space().add(variable.type().toString());
        if (variable.defaultValue() != null) {
            text.space().add("=").space();
            values.value(variable.defaultValue());
        }
        values.directives(variable.directives());
    }

    private void fragment(Definition.Fragment fragment) {
        text.add("fragment").space().add(fragment.name());
        text.space().add("on").space().add(fragment.typeCondition());
        values.directives(fragment.directives());
        text.space().block(fragment.selections(), this::selection);
    }

    /// Selections without braces.
    void selections(List<Selection> selections) {
        boolean first = true;
        for (Selection selection : selections) {
            if (!first) {
                text.newLine();
            }
            first = false;
            selection(selection);
        }
    }

    void selection(Selection selection) {
        switch (selection) {
            case Selection.Field field -> field(field);
            case Selection.FragmentSpread spread -> {
                text.add("..." + spread.fragmentName());
                values.directives(spread.directives());
            }
            case Selection.InlineFragment fragment -> {
                text.add("...");
                if (fragment.typeCondition() != null) {
                    text.space().add("on").space().add(fragment.typeCondition());
                }
                values.directives(fragment.directives());
                text.space().block(fragment.selections(), this::selection);
            }
        }
    }

    private void field(Selection.Field field) {
        if (field.alias() != null) {
            text.add(field.alias()).add(":").space();
        }
        text.add(field.name());
        values.arguments(field.arguments());
        values.directives(field.directives());
        if (!field.selections().isEmpty()) {
            text.space().block(field.selections(), this::selection);
        }
    }
}
