package dev.trivium.composition;

import dev.trivium.language.OperationType;
import dev.trivium.language.SourceLocation;
import java.util.EnumMap;
import java.util.Map;

/// The `schema { … }` of a schema with its extensions, written or implied.
final class SchemaElement extends Element {
    final Map<OperationType, String> roots = new EnumMap<>(OperationType.class);

    SchemaElement() {
        super(SourceLocation.NONE);
    }

    @Override
    String coordinate() {
        return "schema";
    }
}
