package dev.trivium.supergraph;

import dev.trivium.supergraph.SupergraphType.JoinField;
import dev.trivium.supergraph.SupergraphType.JoinType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Makes the fields of keys, requirements and provided fields exist in the subgraphs that name
/// them, which version 0.1 of the join specification leaves out.
///
///     type User @join__owner(graph: A) @join__type(graph: B, key: "id") { id: ID! @join__field(graph: A) }
///       ->  User.id exists in A and B
///
/// The fields of a key are the subgraph's own; those of `requires` and `provides` are external.
final class AddFieldsOfFieldSets {
    private final Map<String, SupergraphType> types;

    /// By identity: fields of several types may be equal.
    private final IdentityHashMap<SupergraphType.Field, List<JoinField>> added =
            new IdentityHashMap<>();

    private AddFieldsOfFieldSets(Map<String, SupergraphType> types) {
        this.types = types;
    }

    static SequencedMap<String, SupergraphType> to(SequencedMap<String, SupergraphType> types) {
        AddFieldsOfFieldSets pass = new AddFieldsOfFieldSets(types);
        List<SupergraphType.Composite> composites =
                types.values().stream()
                        .filter(SupergraphType.Composite.class::isInstance)
                        .map(SupergraphType.Composite.class::cast)
                        .toList();
        // Keys first: a field that is one is not external.
        composites.forEach(pass::addKeys);
        composites.forEach(pass::addExternals);
        SequencedMap<String, SupergraphType> result = new LinkedHashMap<>();
        types.forEach((name, type) -> result.put(name, pass.withAdded(type)));
        return Collections.unmodifiableSequencedMap(result);
    }

    private void addKeys(SupergraphType.Composite type) {
        for (JoinType join : type.joins()) {
            if (join.key() != null) {
                add(type.name(), join.key(), TypeReader.plain(join.subgraph()));
            }
        }
    }

    private void addExternals(SupergraphType.Composite type) {
        for (SupergraphType.Field field : type.fields().values()) {
            for (JoinField join : field.joins()) {
                JoinField external =
                        new JoinField(
                                join.subgraph(), null, null, null, true, null, null, List.of());
                if (join.requires() != null) {
                    add(type.name(), join.requires(), external);
                }
                if (join.provides() != null) {
                    add(field.type().namedType(), join.provides(), external);
                }
            }
        }
    }

    private void add(String parent, String fieldSet, JoinField join) {
        FieldSets.visit(
                types,
                parent,
                fieldSet,
                new FieldSets.Visitor() {
                    @Override
                    public void field(SupergraphType.Composite owner, SupergraphType.Field field) {
                        List<JoinField> joins =
                                added.computeIfAbsent(field, _ -> new ArrayList<>(field.joins()));
                        if (joins.stream().noneMatch(own -> own.subgraph() == join.subgraph())) {
                            joins.add(join);
                        }
                    }

                    @Override
                    public void unknown(String message) {
                        // Reported by CheckFieldSets.
                    }
                });
    }

    private SupergraphType withAdded(SupergraphType type) {
        return switch (type) {
            case SupergraphType.ObjectType object ->
                    new SupergraphType.ObjectType(
                            object.name(),
                            object.description(),
                            object.inaccessible(),
                            object.joins(),
                            object.interfaces(),
                            withAdded(object.fields()),
                            object.directives());
            case SupergraphType.InterfaceType interfaceType ->
                    new SupergraphType.InterfaceType(
                            interfaceType.name(),
                            interfaceType.description(),
                            interfaceType.inaccessible(),
                            interfaceType.joins(),
                            interfaceType.interfaces(),
                            withAdded(interfaceType.fields()),
                            interfaceType.directives());
            case SupergraphType.ScalarType _,
                    SupergraphType.UnionType _,
                    SupergraphType.EnumType _,
                    SupergraphType.InputObjectType _ ->
                    type;
        };
    }

    private SequencedMap<String, SupergraphType.Field> withAdded(
            SequencedMap<String, SupergraphType.Field> fields) {
        SequencedMap<String, SupergraphType.Field> result = new LinkedHashMap<>();
        for (SupergraphType.Field field : fields.values()) {
            result.put(
                    field.name(),
                    new SupergraphType.Field(
                            field.name(),
                            field.description(),
                            field.type(),
                            field.arguments(),
                            field.inaccessible(),
                            List.copyOf(added.getOrDefault(field, field.joins())),
                            field.directives()));
        }
        return Collections.unmodifiableSequencedMap(result);
    }
}
