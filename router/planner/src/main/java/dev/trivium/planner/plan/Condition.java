package dev.trivium.planner.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// When something is part of the answer: all literals hold. From `@skip` and `@include`. Conditions
/// are equal whatever the order in which their literals were found.
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Condition(var theirs)
                && Set.copyOf(literals).equals(Set.copyOf(theirs));
    }

    @Override
    public int hashCode() {
        return Set.copyOf(literals).hashCode();
    }
}
