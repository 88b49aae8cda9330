package dev.trivium.composition;

import dev.trivium.language.SourceLocation;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the merged fields and arguments use enum types: the rule for merging their values depends
/// on it.
final class EnumUsage {

    /// A place that uses an enum type.
    record Use(String coordinate, SourceLocation location) {}

    private final Map<String, Use> inputs = new HashMap<>();
    private final Map<String, Use> outputs = new HashMap<>();

    void addInput(String typeName, Element element) {
        inputs.putIfAbsent(typeName, new Use(element.coordinate(), element.location));
    }

    void addOutput(String typeName, Element element) {
        outputs.putIfAbsent(typeName, new Use(element.coordinate(), element.location));
    }

    @Nullable Use input(String typeName) {
        return inputs.get(typeName);
    }

    @Nullable Use output(String typeName) {
        return outputs.get(typeName);
    }
}
