package dev.trivium.composition;

import dev.trivium.language.SourceLocation;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/// The definition of a directive.
final class DirectiveElement extends Element {
    private static final Set<String> EXECUTABLE_LOCATIONS =
            Set.of(
                    "QUERY",
                    "MUTATION",
                    "SUBSCRIPTION",
                    "FIELD",
                    "FRAGMENT_DEFINITION",
                    "FRAGMENT_SPREAD",
                    "INLINE_FRAGMENT",
                    "VARIABLE_DEFINITION");

    final String name;
    boolean repeatable;
    final SequencedMap<String, InputElement> arguments = new LinkedHashMap<>();
    final SequencedSet<String> locations = new LinkedHashSet<>();

    DirectiveElement(String name, SourceLocation location) {
        super(location);
        this.name = name;
    }

    @Override
    String coordinate() {
        return "@" + name;
    }

    /// The locations in queries; a directive without any cannot be used by clients.
    SequencedSet<String> executableLocations() {
        SequencedSet<String> executable = new LinkedHashSet<>(locations);
        executable.retainAll(EXECUTABLE_LOCATIONS);
        return executable;
    }
}
