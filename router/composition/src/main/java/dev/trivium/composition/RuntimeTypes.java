package dev.trivium.composition;

import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The object types that a value of each composite type of the supergraph may have.
final class RuntimeTypes {
    private RuntimeTypes() {}

    /// By the name of the type, each list in the order of the supergraph.
    static Map<String, List<String>> of(Supergraph supergraph) {
        Map<String, List<String>> runtimeTypes = new HashMap<>();
        for (SupergraphType type : supergraph.types().values()) {
            if (type instanceof SupergraphType.ObjectType object) {
                add(runtimeTypes, object.name(), object.name());
                object.interfaces().stream()
                        .map(SupergraphType.JoinImplements::interfaceName)
                        .distinct()
                        .forEach(name -> add(runtimeTypes, name, object.name()));
            } else if (type instanceof SupergraphType.UnionType union) {
                union.members().keySet().forEach(name -> add(runtimeTypes, union.name(), name));
            }
        }
        return runtimeTypes;
    }

    private static void add(Map<String, List<String>> runtimeTypes, String type, String runtime) {
        runtimeTypes.computeIfAbsent(type, _ -> new ArrayList<>()).add(runtime);
    }
}
