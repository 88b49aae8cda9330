package dev.trivium.server.rest;

import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.OperationType;
import dev.trivium.language.TypeReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The types that clients see, by name.
public final class ApiTypes {
    private final Map<String, Definition.Type> types = new HashMap<>();
    private final Map<OperationType, String> roots = new HashMap<>();

    private ApiTypes() {}

    /// @param schema definitions only, no extensions
    public static ApiTypes of(Document schema) {
        var all = new ApiTypes();
        all.roots.put(OperationType.QUERY, "Query");
        all.roots.put(OperationType.MUTATION, "Mutation");
        all.roots.put(OperationType.SUBSCRIPTION, "Subscription");
        for (var definition : schema.definitions()) {
            switch (definition) {
                case Definition.Type type -> all.types.put(type.name(), type);
                case Definition.Schema roots ->
                        roots.rootTypes()
                                .forEach(root -> all.roots.put(root.operation(), root.typeName()));
                case Definition.DirectiveType _, Definition.Executable _ -> {}
            }
        }
        return all;
    }

    /// @return null for a type that is built in, or that the schema does not have
    Definition.@Nullable Type find(String name) {
        return types.get(name);
    }

    Definition.@Nullable InputObjectType inputObject(TypeReference type) {
        return types.get(type.namedType()) instanceof Definition.InputObjectType found
                        && !isList(type)
                ? found
                : null;
    }

    String root(OperationType operation) {
        return roots.getOrDefault(operation, "Query");
    }

    /// @return null where the type has no such field
    Definition.@Nullable FieldDefinition field(String typeName, String name) {
        List<Definition.FieldDefinition> fields =
                switch (types.get(typeName)) {
                    case Definition.ObjectType object -> object.fields();
                    case Definition.InterfaceType type -> type.fields();
                    case null, default -> List.of();
                };
        return fields.stream().filter(it -> it.name().equals(name)).findFirst().orElse(null);
    }

    static boolean isList(TypeReference type) {
        return type.nullable() instanceof TypeReference.ListOf;
    }

    /// The type of an element, or the type itself if it is no list.
    static TypeReference element(TypeReference type) {
        return type.nullable() instanceof TypeReference.ListOf(var element) ? element : type;
    }
}
