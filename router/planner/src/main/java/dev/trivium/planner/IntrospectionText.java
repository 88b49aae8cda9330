package dev.trivium.planner;

import dev.trivium.language.Argument;
import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Selection;
import dev.trivium.language.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Writes the operation that holds only the introspection fields of another one, with the fragments
/// and variables that these need.
final class IntrospectionText {
    private final Map<String, Definition.Fragment> fragments;
    private final StringBuilder out = new StringBuilder();
    private final SequencedSet<String> spreads = new LinkedHashSet<>();
    private final SequencedSet<String> variables = new LinkedHashSet<>();

    private IntrospectionText(Map<String, Definition.Fragment> fragments) {
        this.fragments = fragments;
    }

    static String of(
            Definition.Operation operation,
            List<Selection> fields,
            Map<String, Definition.Fragment> fragments) {
        return new IntrospectionText(fragments).write(operation, fields);
    }

    private String write(Definition.Operation operation, List<Selection> fields) {
        selections(fields);
        SequencedSet<String> written = new LinkedHashSet<>();
        while (written.size() < spreads.size()) {
            for (String name : List.copyOf(spreads)) {
                Definition.Fragment fragment = fragments.get(name);
                if (written.add(name) && fragment != null) {
                    out.append(" fragment ").append(name);
                    out.append(" on ").append(fragment.typeCondition());
                    selections(fragment.selections());
                }
            }
        }
        return header(operation) + out;
    }

    private String header(Definition.Operation operation) {
        StringBuilder header = new StringBuilder("query");
        String separator = "(";
        for (Definition.VariableDefinition variable : operation.variables()) {
            if (variables.contains(variable.name())) {
                header.append(separator);
                GraphQlText.variable(variable, header);
                separator = ",";
            }
        }
        return header.append(separator.equals("(") ? "" : ")").toString();
    }

    private void selections(List<Selection> selections) {
        String separator = "{";
        for (Selection selection : selections) {
            out.append(separator);
            separator = " ";
            switch (selection) {
                case Selection.Field field -> {
                    alias(field.alias());
                    out.append(field.name());
                    arguments(field.arguments());
                    directives(field.directives());
                    if (!field.selections().isEmpty()) {
                        selections(field.selections());
                    }
                }
                case Selection.FragmentSpread spread -> {
                    spreads.add(spread.fragmentName());
                    out.append("...").append(spread.fragmentName());
                    directives(spread.directives());
                }
                case Selection.InlineFragment inline -> {
                    out.append("...");
                    if (inline.typeCondition() != null) {
                        out.append("on ").append(inline.typeCondition());
                    }
                    directives(inline.directives());
                    selections(inline.selections());
                }
            }
        }
        out.append('}');
    }

    private void alias(@Nullable String alias) {
        if (alias != null) {
            out.append(alias).append(':');
        }
    }

    private void directives(List<Directive> directives) {
        for (Directive directive : directives) {
            out.append(" @").append(directive.name());
            arguments(directive.arguments());
        }
    }

    private void arguments(List<Argument> arguments) {
        GraphQlText.arguments(arguments, out);
        for (Argument argument : arguments) {
            if (argument.value() instanceof Value.Variable(var name)) {
                variables.add(name);
            }
        }
    }
}
