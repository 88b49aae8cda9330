package dev.trivium.language;

import java.util.Set;

/// The places where a directive may be applied (GraphQL specification, section 3.13).
public final class DirectiveLocations {
    private static final Set<String> EXECUTABLE =
            Set.of(
                    "QUERY",
                    "MUTATION",
                    "SUBSCRIPTION",
                    "FIELD",
                    "FRAGMENT_DEFINITION",
                    "FRAGMENT_SPREAD",
                    "INLINE_FRAGMENT",
                    "VARIABLE_DEFINITION");

    private static final Set<String> TYPE_SYSTEM =
            Set.of(
                    "SCHEMA",
                    "SCALAR",
                    "OBJECT",
                    "FIELD_DEFINITION",
                    "ARGUMENT_DEFINITION",
                    "INTERFACE",
                    "UNION",
                    "ENUM",
                    "ENUM_VALUE",
                    "INPUT_OBJECT",
                    "INPUT_FIELD_DEFINITION");

    private DirectiveLocations() {}

    /// Whether the name is that of a location in operations.
    public static boolean isExecutable(String name) {
        return EXECUTABLE.contains(name);
    }

    static boolean exists(String name) {
        return EXECUTABLE.contains(name) || TYPE_SYSTEM.contains(name);
    }
}
