package dev.trivium.planner;

import dev.trivium.language.Argument;
import dev.trivium.language.Definition;
import dev.trivium.language.Printer;
import dev.trivium.language.Value;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.Condition.Literal;
import java.util.ArrayList;
import java.util.List;

/// Writes GraphQL without a character more than needed.
final class GraphQlText {
    private GraphQlText() {}

    static void arguments(List<Argument> arguments, StringBuilder out) {
        if (arguments.isEmpty()) {
            return;
        }
        char separator = '(';
        for (Argument argument : arguments) {
            out.append(separator).append(argument.name()).append(':');
            out.append(Printer.compact(argument.value()));
            separator = ',';
        }
        out.append(')');
    }

    /// A condition in parts with at most one `@skip` and one `@include` each, since neither may
    /// stand twice at one place. At least one part.
    static List<Condition> parts(Condition condition) {
        List<Literal> includes = condition.literals().stream().filter(Literal::value).toList();
        List<Literal> skips = condition.literals().stream().filter(it -> !it.value()).toList();
        List<Condition> parts = new ArrayList<>();
        int count = Math.max(1, Math.max(includes.size(), skips.size()));
        for (int i = 0; i < count; i++) {
            List<Literal> part = new ArrayList<>();
            if (i < includes.size()) {
                part.add(includes.get(i));
            }
            if (i < skips.size()) {
                part.add(skips.get(i));
            }
            parts.add(new Condition(part));
        }
        return parts;
    }

    static void condition(Condition condition, StringBuilder out) {
        for (Literal literal : condition.literals()) {
            out.append(literal.value() ? " @include(if:$" : " @skip(if:$");
            out.append(literal.variable()).append(')');
        }
    }

    /// `$name:Type=default`, without directives.
    static void variable(Definition.VariableDefinition variable, StringBuilder out) {
        out.append('$').append(variable.name()).append(':').append(variable.type());
        Value defaultValue = variable.defaultValue();
        if (defaultValue != null) {
            out.append('=').append(Printer.compact(defaultValue));
        }
    }
}
