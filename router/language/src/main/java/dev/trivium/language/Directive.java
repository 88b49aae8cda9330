package dev.trivium.language;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The application of a directive, `@name(…)`.
///
/// @param name without the `@`
public record Directive(String name, List<Argument> arguments, SourceLocation location) {

    /// The value of an argument, or null where it is not given.
    public @Nullable Value argument(String name) {
        for (Argument argument : arguments) {
            if (argument.name().equals(name)) {
                return argument.value();
            }
        }
        return null;
    }
}
