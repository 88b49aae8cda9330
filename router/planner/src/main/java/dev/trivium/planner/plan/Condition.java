package dev.trivium.planner.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// When something is part of the answer: all literals hold. From `@skip` and `@include`.
public record Condition(List<Literal> literals) {

    public static final Condition ALWAYS = new Condition(List.of());

    public Condition {
        literals = List.copyOf(literals);
    }

    /// A Boolean variable has a value.
    ///
    /// @param variable its name without the `$`
    public record Literal(String variable, boolean value) {}

    public boolean isAlways() {
        return literals.isEmpty();
    }

    /// What holds where both do.
    public Condition and(Condition other) {
        Set<Literal> all = new LinkedHashSet<>(literals);
        all.addAll(other.literals);
        return new Condition(List.copyOf(all));
    }
}
