package dev.trivium.events.domain;

import org.jspecify.annotations.Nullable;

/// What happens to one field: it keeps its value, or gets another one, which may be none.
public sealed interface Change<T> {
    record Keep<T>() implements Change<T> {}

    record To<T>(@Nullable T value) implements Change<T> {}

    /// The value after the change.
    default @Nullable T of(@Nullable T present) {
        return switch (this) {
            case Keep<T>() -> present;
            case To<T>(var value) -> value;
        };
    }
}
