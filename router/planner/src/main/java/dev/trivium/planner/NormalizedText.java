package dev.trivium.planner;

import dev.trivium.language.Definition;
import dev.trivium.language.OperationType;
import dev.trivium.language.Printer;
import dev.trivium.language.Value;
import dev.trivium.planner.NormalizedField.Defer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a normalized operation.
///
/// Types are given wherever they change from one field to the next, as `on A|B`.
final class NormalizedText {
    private final StringBuilder out = new StringBuilder();

    private NormalizedText() {}

    static String of(
            OperationType type,
            List<Definition.VariableDefinition> variables,
            List<NormalizedField> fields,
            @Nullable String introspection) {
        NormalizedText text = new NormalizedText();
        text.out.append(type.keyword());
        String separator = "(";
        for (Definition.VariableDefinition variable : variables) {
            text.out.append(separator);
            GraphQlText.variable(variable, text.out);
            separator = ", ";
        }
        text.out.append(variables.isEmpty() ? " {\n" : ") {\n");
        text.selections(fields, 1);
        text.out.append("}\n");
        if (introspection != null) {
            text.out.append(introspection).append('\n');
        }
        return text.out.toString();
    }

    private void selections(List<NormalizedField> fields, int depth) {
        List<String> types = List.of();
        for (NormalizedField field : fields) {
            if (!field.onTypes().equals(types)) {
                types = field.onTypes();
                indent(depth).append("on ").append(String.join("|", types)).append('\n');
            }
            indent(depth);
            if (!field.responseKey().equals(field.name())) {
                out.append(field.responseKey()).append(": ");
            }
            out.append(field.name());
            GraphQlText.arguments(field.arguments(), out);
            GraphQlText.condition(field.condition(), out);
            defer(field.defer());
            if (!field.selections().isEmpty()) {
                out.append(" {\n");
                selections(field.selections(), depth + 1);
                indent(depth).append('}');
            }
            out.append('\n');
        }
    }

    /// Its number tells fragments apart that have neither label nor condition.
    private void defer(@Nullable Defer defer) {
        if (defer == null) {
            return;
        }
        out.append(" @defer(number:").append(defer.number());
        if (defer.outer() != null) {
            out.append(",in:").append(defer.outer().number());
        }
        if (defer.label() != null) {
            out.append(",label:").append(Printer.compact(new Value.StringValue(defer.label())));
        }
        if (defer.condition() != null) {
            out.append(",if:$").append(defer.condition().variable());
        }
        out.append(')');
    }

    private StringBuilder indent(int depth) {
        return out.append("  ".repeat(depth));
    }
}
