package dev.trivium.starter;

import java.util.Map;

/// Reads the keys of the representations by which a router names entities.
public final class EntityKeys {
    private EntityKeys() {}

    /// The `id` of a representation; a `BAD_USER_INPUT` problem where it has none.
    ///
    /// @param type the name of the entity's type
    public static String id(String type, Map<String, Object> representation) {
        if (representation.get("id") instanceof String id) {
            return id;
        }
        throw ProblemException.badUserInput(
                "representations", "The key of " + type + " is its `id`.");
    }
}
