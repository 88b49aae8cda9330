package dev.trivium.planner;

import dev.trivium.language.Argument;
import dev.trivium.language.Definition;
import dev.trivium.language.Printer;
import dev.trivium.language.Value;
import dev.trivium.planner.plan.Condition;
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

    static void condition(Condition condition, StringBuilder out) {
        for (Condition.Literal literal : condition.literals()) {
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
