package dev.trivium.execution;

import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Numbers for the types of a schema that can be the `__typename` of an object.
final class TypeNames {

    static final int UNKNOWN = NameTable.UNKNOWN;

    private final List<String> names;
    private final NameTable table;
    private final Map<String, Integer> ids = new HashMap<>();
    private final boolean[] objects;

    TypeNames(Supergraph supergraph) {
        List<SupergraphType> types =
                supergraph.types().values().stream().filter(TypeNames::isComposite).toList();
        names = types.stream().map(SupergraphType::name).toList();
        table = new NameTable(names);
        objects = new boolean[names.size()];
        for (int id = 0; id < objects.length; id++) {
            ids.put(names.get(id), id);
            objects[id] = types.get(id) instanceof SupergraphType.ObjectType;
        }
    }

    private static boolean isComposite(SupergraphType type) {
        return switch (type) {
            case SupergraphType.Composite _, SupergraphType.UnionType _ -> true;
            case SupergraphType.ScalarType _,
                    SupergraphType.EnumType _,
                    SupergraphType.InputObjectType _ ->
                    false;
        };
    }

    int count() {
        return names.size();
    }

    String name(int id) {
        return names.get(id);
    }

    /// The number of a name, or {@link #UNKNOWN}.
    int id(String name) {
        Integer id = ids.get(name);
        return id == null ? UNKNOWN : id;
    }

    /// The number of the name in quotes that stands somewhere, or {@link #UNKNOWN}.
    int id(byte[] bytes, int from, int length) {
        return table.number(bytes, from, length);
    }

    /// Whether the name in quotes that stands somewhere is that of a type.
    ///
    /// @param id may be {@link #UNKNOWN}, which has no name
    boolean isNamed(int id, byte[] bytes, int from, int length) {
        return id != UNKNOWN && table.isAt(id, bytes, from, length);
    }

    /// The name in quotes.
    byte[] json(int id) {
        return table.json(id);
    }

    /// Whether it is the name of an object type, and so of a runtime type.
    boolean isObject(int id) {
        return objects[id];
    }

    /// For each type whether it is one of `accepted`; null where that is empty and so accepts all.
    boolean @Nullable [] filter(List<String> accepted) {
        if (accepted.isEmpty()) {
            return null;
        }
        boolean[] filter = new boolean[count()];
        for (String name : accepted) {
            if (id(name) != UNKNOWN) {
                filter[id(name)] = true;
            }
        }
        return filter;
    }

    /// @param type may be {@link #UNKNOWN}, which only a missing filter accepts
    static boolean accepts(boolean @Nullable [] filter, int type) {
        return filter == null || (type != UNKNOWN && filter[type]);
    }
}
