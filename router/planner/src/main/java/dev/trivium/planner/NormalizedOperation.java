package dev.trivium.planner;

import dev.trivium.language.Definition;
import dev.trivium.language.OperationType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An operation without fragments, in which fields that mean the same stand once.
///
/// A key for caches: two operations of one supergraph are equal if and only if their {@link
/// #text()} is, and so they have the same query plan.
public final class NormalizedOperation {
    private final OperationType type;
    private final List<Definition.VariableDefinition> variables;
    private final List<NormalizedField> fields;
    private final @Nullable String introspection;
    private final String text;

    NormalizedOperation(
            OperationType type,
            List<Definition.VariableDefinition> variables,
            List<NormalizedField> fields,
            @Nullable String introspection) {
        this.type = type;
        this.variables = List.copyOf(variables);
        this.fields = List.copyOf(fields);
        this.introspection = introspection;
        this.text = NormalizedText.of(type, variables, fields, introspection);
    }

    public OperationType type() {
        return type;
    }

    /// The variables that the operation defines, used or not.
    public List<Definition.VariableDefinition> variables() {
        return variables;
    }

    List<NormalizedField> fields() {
        return fields;
    }

    /// An operation with the introspection fields of the root, or null if there are none.
    @Nullable String introspection() {
        return introspection;
    }

    /// All of the operation, in a form for people and for comparison.
    public String text() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NormalizedOperation operation && operation.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
