package dev.trivium.language;

import java.util.List;

/// Something that is wrong with an input, or worth knowing about it.
///
/// @param code the stable name of the rule, in upper snake case
/// @param message what is wrong and what to do about it, for a person
/// @param locations every cause, in the order of the message; may be empty
public record Issue(String code, String message, List<SourceLocation> locations) {
    public Issue {
        locations = List.copyOf(locations);
    }

    public Issue(String code, String message, SourceLocation location) {
        this(code, message, List.of(location));
    }
}
