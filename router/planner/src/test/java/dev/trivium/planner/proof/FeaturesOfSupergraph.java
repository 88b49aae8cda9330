package dev.trivium.planner.proof;

import dev.trivium.language.OperationType;
import dev.trivium.supergraph.SupergraphType;
import dev.trivium.supergraph.SupergraphType.Composite;
import dev.trivium.supergraph.SupergraphType.Field;
import dev.trivium.supergraph.SupergraphType.JoinField;
import dev.trivium.supergraph.SupergraphType.JoinType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Finds the features of a supergraph.
final class FeaturesOfSupergraph {
    private final SchemaView schema;
    private final Set<Feature> found = EnumSet.noneOf(Feature.class);

    private FeaturesOfSupergraph(SchemaView schema) {
        this.schema = schema;
    }

    static Set<Feature> of(SchemaView schema) {
        FeaturesOfSupergraph features = new FeaturesOfSupergraph(schema);
        schema.supergraph().types().values().forEach(features::type);
        features.roots();
        return features.found;
    }

    private void note(Feature feature, boolean isThere) {
        if (isThere) {
            found.add(feature);
        }
    }

    private void roots() {
        var roots = schema.supergraph().rootTypes();
        note(Feature.MUTATION, roots.containsKey(OperationType.MUTATION));
        note(Feature.SUBSCRIPTION, roots.containsKey(OperationType.SUBSCRIPTION));
    }

    private void type(SupergraphType type) {
        note(Feature.INACCESSIBLE_TYPE, type.inaccessible());
        type.joins().forEach(join -> key(type, join));
        contexts(type);
        switch (type) {
            case SupergraphType.ObjectType object -> {
                object(object);
                fields(object);
            }
            case SupergraphType.InterfaceType it -> {
                found.add(Feature.INTERFACE);
                partial(Feature.PARTIAL_INTERFACE, it);
                fields(it);
            }
            case SupergraphType.UnionType it -> {
                found.add(Feature.UNION);
                partial(Feature.PARTIAL_UNION, it);
            }
            case SupergraphType.EnumType it -> {
                int everywhere = schema.subgraphs();
                it.values()
                        .values()
                        .forEach(value -> {
                            note(Feature.INACCESSIBLE_VALUE, value.inaccessible());
                            note(Feature.PARTIAL_ENUM, value.subgraphs().size() < everywhere);
                        });
            }
            case SupergraphType.InputObjectType it ->
                    it.fields()
                            .values()
                            .forEach(field ->
                                    note(Feature.INACCESSIBLE_INPUT, field.inaccessible()));
            case SupergraphType.ScalarType _ -> {}
        }
    }

    private void key(SupergraphType type, JoinType join) {
        String key = join.key();
        note(Feature.INTERFACE_OBJECT, join.interfaceObject());
        if (key != null) {
            note(Feature.NESTED_KEY, key.contains("{"));
            note(Feature.COMPOSITE_KEY, key.matches("\\w+ +\\w+"));
            note(Feature.UNRESOLVABLE_KEY, !join.resolvable());
            boolean isOfInterface = type instanceof SupergraphType.InterfaceType;
            note(Feature.INTERFACE_KEY, isOfInterface && !join.interfaceObject());
            note(
                    Feature.UNRESOLVABLE_INTERFACE_OBJECT,
                    join.interfaceObject() && !join.resolvable());
            note(
                    Feature.SEVERAL_KEYS,
                    type.joins().stream()
                                    .filter(it -> it.subgraph() == join.subgraph())
                                    .filter(it -> it.key() != null)
                                    .count()
                            > 1);
        }
    }

    private void contexts(SupergraphType type) {
        boolean sets = type.directives().stream().anyMatch(it -> it.name().equals("context"));
        note(Feature.CONTEXT, sets);
        note(Feature.CONTEXT_OF_AN_ABSTRACT_TYPE, sets && schema.isAbstract(type.name()));
        note(
                Feature.CONTEXT_OF_THE_ROOT,
                sets && schema.supergraph().rootTypes().containsValue(type.name()));
        note(
                Feature.CONTEXT_AT_SEVERAL_LEVELS,
                sets
                        && type instanceof Composite it
                        && it.fields().values().stream()
                                .flatMap(field -> field.joins().stream())
                                .anyMatch(join -> !join.contextArguments().isEmpty()));
    }

    /// Whether subgraphs that have a type know other objects of it.
    private void partial(Feature feature, SupergraphType type) {
        note(
                feature,
                type.joins().stream()
                                .map(it ->
                                        Set.copyOf(schema.possibleIn(type.name(), it.subgraph())))
                                .distinct()
                                .count()
                        > 1);
    }

    private void object(SupergraphType.ObjectType type) {
        boolean isRoot = schema.supergraph().rootTypes().containsValue(type.name());
        boolean isValue =
                !isRoot
                        && type.joins().size() > 1
                        && type.joins().stream().allMatch(it -> it.key() == null);
        note(Feature.VALUE_TYPE, isValue);
        note(
                Feature.PARTIAL_VALUE_TYPE,
                isValue
                        && type.fields().values().stream()
                                .anyMatch(it -> it.joins().size() < type.joins().size()));
        for (int s = 0; s < schema.subgraphs(); s++) {
            note(
                    Feature.TWO_INTERFACE_OBJECTS_FOR_A_TYPE,
                    schema.standIns(type.name(), s).size() > 1);
        }
    }

    private void fields(Composite type) {
        boolean isQuery =
                type.name().equals(schema.supergraph().rootTypes().get(OperationType.QUERY));
        boolean isMutation =
                type.name().equals(schema.supergraph().rootTypes().get(OperationType.MUTATION));
        for (Field field : type.fields().values()) {
            List<JoinField> own = field.joins().stream().filter(it -> !it.external()).toList();
            note(Feature.INACCESSIBLE_FIELD, field.inaccessible());
            note(Feature.SHARED_FIELD, !isQuery && own.size() > 1);
            note(Feature.SHARED_ROOT_FIELD, isQuery && own.size() > 1);
            note(Feature.SHARED_MUTATION, isMutation && own.size() > 1);
            field.joins().forEach(this::join);
            note(
                    Feature.INTERFACE_OBJECT_THAT_REQUIRES,
                    field.joins().stream()
                            .filter(it -> it.requires() != null)
                            .anyMatch(it -> schema.isInterfaceObject(type.name(), it.subgraph())));
        }
    }

    private void join(JoinField join) {
        String requires = join.requires();
        String provides = join.provides();
        note(Feature.EXTERNAL, join.external());
        note(Feature.OVERRIDE, join.override() != null);
        note(Feature.OVERRIDE_WITH_A_LABEL, join.overrideLabel() != null);
        note(Feature.PROVIDES, provides != null);
        note(Feature.PROVIDES_BY_AN_ABSTRACT_TYPE, provides != null && provides.contains("..."));
        found.addAll(ofRequires(requires == null ? "" : requires));
    }

    static Set<Feature> ofRequires(String set) {
        Set<Feature> found = EnumSet.noneOf(Feature.class);
        if (!set.isEmpty()) {
            found.add(Feature.REQUIRES);
        }
        if (set.contains("{")) {
            found.add(Feature.REQUIRES_BELOW_AN_OBJECT);
        }
        if (set.contains("...")) {
            found.add(Feature.REQUIRES_WITH_A_FRAGMENT);
        }
        if (set.contains("(")) {
            found.add(Feature.REQUIRES_WITH_ARGUMENTS);
        }
        return found;
    }
}
