package dev.trivium.composition;

import dev.trivium.language.OperationType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A schema that stages read and change: that of a subgraph, or the one that is being merged.
/// Built-in scalars and directives are not listed.
final class SchemaModel {
    static final Set<String> BUILT_IN_SCALARS = Set.of("Int", "Float", "String", "Boolean", "ID");
    static final Set<String> BUILT_IN_DIRECTIVES =
            Set.of("skip", "include", "deprecated", "specifiedBy");

    final SchemaElement schema = new SchemaElement();
    final SequencedMap<String, TypeElement> types = new LinkedHashMap<>();
    final SequencedMap<String, DirectiveElement> directives = new LinkedHashMap<>();

    @Nullable TypeElement type(String name) {
        return types.get(name);
    }

    /// The type if it is an object or interface type.
    @Nullable TypeElement composite(String name) {
        TypeElement type = types.get(name);
        return type != null && type.kind.isComposite() ? type : null;
    }

    @Nullable TypeElement root(OperationType operation) {
        String name = schema.roots.get(operation);
        return name == null ? null : types.get(name);
    }

    boolean isRoot(String typeName) {
        return schema.roots.containsValue(typeName);
    }

    List<TypeElement> types(TypeElement.Kind kind) {
        return types.values().stream().filter(type -> type.kind == kind).toList();
    }
}
