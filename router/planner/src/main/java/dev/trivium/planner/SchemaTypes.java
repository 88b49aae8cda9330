package dev.trivium.planner;

import dev.trivium.language.TypeReference;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import dev.trivium.supergraph.SupergraphType.InterfaceType;
import dev.trivium.supergraph.SupergraphType.ObjectType;
import dev.trivium.supergraph.SupergraphType.UnionType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The types of a supergraph as a selection set sees them. One thread uses an instance.
final class SchemaTypes {
    private final Supergraph supergraph;
    private final boolean withInaccessible;
    private final Map<String, List<String>> possibleTypes = new HashMap<>();

    /// @param withInaccessible whether types that clients may not see are possible types
    SchemaTypes(Supergraph supergraph, boolean withInaccessible) {
        this.supergraph = supergraph;
        this.withInaccessible = withInaccessible;
    }

    /// The object types that a value of a composite type may have, in the order of the supergraph;
    /// none for a type that does not exist.
    List<String> possibleTypes(String name) {
        List<String> known = possibleTypes.get(name);
        if (known == null) {
            known = findPossibleTypes(name);
            possibleTypes.put(name, known);
        }
        return known;
    }

    private List<String> findPossibleTypes(String name) {
        return switch (supergraph.types().get(name)) {
            case ObjectType object -> visible(object) ? List.of(name) : List.of();
            case InterfaceType _ ->
                    supergraph.types().values().stream()
                            .filter(type -> implementsInterface(type, name) && visible(type))
                            .map(SupergraphType::name)
                            .toList();
            case UnionType union ->
                    supergraph.types().values().stream()
                            .filter(type -> union.members().containsKey(type.name()))
                            .filter(this::visible)
                            .map(SupergraphType::name)
                            .toList();
            case SupergraphType.ScalarType _,
                    SupergraphType.EnumType _,
                    SupergraphType.InputObjectType _ ->
                    List.of();
            case null -> List.of();
        };
    }

    private static boolean implementsInterface(SupergraphType type, String name) {
        return type instanceof ObjectType object
                && object.interfaces().stream().anyMatch(i -> i.interfaceName().equals(name));
    }

    private boolean visible(SupergraphType type) {
        return withInaccessible || !type.inaccessible();
    }

    /// The type of a field of an object or interface type, or null where there is none.
    @Nullable TypeReference fieldType(String type, String field) {
        if (supergraph.types().get(type) instanceof SupergraphType.Composite composite) {
            SupergraphType.Field found = composite.fields().get(field);
            return found == null ? null : found.type();
        }
        return null;
    }
}
