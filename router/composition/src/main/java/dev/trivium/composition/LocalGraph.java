package dev.trivium.composition;

import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What each subgraph knows of each type, and the places where fetches can stand.
///
/// Types and fields are read from the supergraph once; vertices come into being as the check
/// reaches them.
final class LocalGraph {
    private static final @Nullable LocalType[] NOWHERE = {};

    private final Supergraph supergraph;
    private final int subgraphs;
    private final Map<String, @Nullable LocalType[]> typesByName = new HashMap<>();
    private final Map<String, List<String>> runtimeTypes;
    private final Map<ContextSelection, Integer> contextSlots = new LinkedHashMap<>();
    private final Map<String, List<ConditionStep>> conditions = new HashMap<>();
    private final Map<VertexKey, Vertex> vertices = new HashMap<>();

    private record VertexKey(
            LocalType type, ProvidedFields provided, @Nullable String narrowedTo) {}

    /// What a contextual argument takes from a context.
    record ContextSelection(String context, String selection) {}

    LocalGraph(Supergraph supergraph) {
        this.supergraph = supergraph;
        this.subgraphs = supergraph.subgraphs().size();
        this.runtimeTypes = RuntimeTypes.of(supergraph);
        supergraph.types().values().forEach(this::declare);
        supergraph.types().values().forEach(this::define);
        supergraph.rootTypes().values().forEach(this::markRoot);
        for (LocalType[] locals : typesByName.values()) {
            Arrays.stream(locals).filter(type -> type != null).forEach(this::noteLocalKeys);
        }
    }

    /// A type in one subgraph; null where the subgraph does not have it, or it has no fields.
    @Nullable LocalType type(String name, int subgraph) {
        @Nullable LocalType[] locals = typesByName.getOrDefault(name, NOWHERE);
        return locals.length == 0 ? null : locals[subgraph];
    }

    /// A type in all subgraphs that have it.
    List<LocalType> types(String name) {
        List<LocalType> found = new ArrayList<>();
        for (LocalType type : typesByName.getOrDefault(name, NOWHERE)) {
            if (type != null) {
                found.add(type);
            }
        }
        return found;
    }

    /// The object types of the supergraph that a value of a type may have; an object type has
    /// itself.
    List<String> runtimeTypes(String type) {
        return runtimeTypes.getOrDefault(type, List.of());
    }

    /// What contextual arguments take from contexts; the position is the slot.
    List<ContextSelection> contextSelections() {
        return List.copyOf(contextSlots.keySet());
    }

    int vertexCount() {
        return vertices.size();
    }

    /// The vertex of a type, without anything provided.
    Vertex vertex(LocalType type) {
        return vertex(type, ProvidedFields.NONE, null);
    }

    /// The vertex of an interface object that stands for an object type.
    Vertex standingFor(LocalType interfaceObject, String objectType) {
        return vertex(interfaceObject, ProvidedFields.NONE, objectType);
    }

    private Vertex vertex(LocalType type, ProvidedFields provided, @Nullable String narrowedTo) {
        return vertices.computeIfAbsent(
                new VertexKey(type, provided, narrowedTo),
                _ -> new Vertex(vertices.size(), type, provided, narrowedTo));
    }

    /// Where a field leads within its subgraph, or null where it is a leaf.
    @Nullable Vertex tail(Vertex from, LocalType.Field field) {
        Vertex known = from.tails.get(field.name());
        if (known != null) {
            return known;
        }
        LocalType type = type(field.typeName(), from.subgraph());
        if (type == null) {
            return null;
        }
        ProvidedFields below = from.provided.below(field.name());
        ProvidedFields provided = below == null ? field.provides() : field.provides().with(below);
        // A condition on the type itself says nothing.
        Vertex tail = vertex(type, provided.with(provided.on(type.name)), null);
        from.tails.put(field.name(), tail);
        return tail;
    }

    /// The vertex for one of the object types that an abstract vertex may have, or null where its
    /// subgraph never returns that type here.
    @Nullable Vertex narrow(Vertex from, String objectType) {
        return switch (from.type.kind) {
            case OBJECT -> from.type.name.equals(objectType) ? from : null;
            case INTERFACE_OBJECT ->
                    runtimeTypes(from.type.name).contains(objectType)
                            ? vertex(from.type, from.provided, objectType)
                            : null;
            case ABSTRACT -> {
                LocalType type =
                        from.type.runtimeTypes.contains(objectType)
                                ? type(objectType, from.subgraph())
                                : null;
                yield type == null ? null : vertex(type, from.provided.on(objectType), null);
            }
        };
    }

    /// Where a fetch at a vertex could go on in other subgraphs, if it has what their keys need.
    List<Vertex> neighbours(Vertex from) {
        List<Vertex> neighbours = new ArrayList<>();
        String place = from.narrowedTo == null ? from.type.name : from.narrowedTo;
        for (LocalType type : types(place)) {
            neighbours.add(vertex(type));
        }
        if (supergraph.types().get(place) instanceof SupergraphType.ObjectType object) {
            object.interfaces().stream()
                    .map(SupergraphType.JoinImplements::interfaceName)
                    .distinct()
                    .flatMap(name -> types(name).stream())
                    .filter(type -> type.kind == LocalType.Kind.INTERFACE_OBJECT)
                    .forEach(type -> neighbours.add(standingFor(type, place)));
        }
        neighbours.removeIf(to -> to == from || to.type == from.type);
        return neighbours;
    }

    /// Whether a subgraph answers a field of an interface for every object type that the supergraph
    /// knows, so that no type condition is needed to ask for it.
    boolean answersForAll(Vertex from, String field) {
        for (String runtimeType : runtimeTypes(from.type.name)) {
            LocalType type =
                    from.type.runtimeTypes.contains(runtimeType)
                            ? type(runtimeType, from.subgraph())
                            : null;
            LocalType.Field local = type == null ? null : type.fields.get(field);
            if (local == null
                    || local.external()
                    || local.label() != null
                    || !local.requires().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void declare(SupergraphType type) {
        if (type instanceof SupergraphType.ScalarType
                || type instanceof SupergraphType.EnumType
                || type instanceof SupergraphType.InputObjectType) {
            return;
        }
        @Nullable LocalType[] locals = new LocalType[subgraphs];
        for (SupergraphType.JoinType join : type.joins()) {
            LocalType local = locals[join.subgraph()];
            if (local == null) {
                local = new LocalType(join.subgraph(), type.name(), kind(type, join));
                locals[join.subgraph()] = local;
            }
            if (join.key() != null) {
                local.keys.add(
                        new LocalType.Key(join.key(), condition(join.key()), join.resolvable()));
            }
        }
        typesByName.put(type.name(), locals);
    }

    private static LocalType.Kind kind(SupergraphType type, SupergraphType.JoinType join) {
        if (type instanceof SupergraphType.ObjectType) {
            return LocalType.Kind.OBJECT;
        }
        return join.interfaceObject() ? LocalType.Kind.INTERFACE_OBJECT : LocalType.Kind.ABSTRACT;
    }

    private void define(SupergraphType type) {
        switch (type) {
            case SupergraphType.ObjectType object -> {
                types(type.name()).forEach(local -> local.runtimeTypes.add(type.name()));
                for (SupergraphType.JoinImplements join : object.interfaces()) {
                    addRuntimeType(join.interfaceName(), join.subgraph(), object.name());
                }
                object.fields().values().forEach(field -> define(object, field));
            }
            case SupergraphType.InterfaceType anInterface -> {
                for (LocalType local : types(type.name())) {
                    if (local.kind == LocalType.Kind.INTERFACE_OBJECT) {
                        local.runtimeTypes.add(type.name());
                    }
                }
                anInterface.fields().values().forEach(field -> define(anInterface, field));
            }
            case SupergraphType.UnionType union ->
                    union.members()
                            .forEach((member, in) ->
                                    in.forEach(subgraph ->
                                            addRuntimeType(type.name(), subgraph, member)));
            case SupergraphType.ScalarType _ -> {}
            case SupergraphType.EnumType _ -> {}
            case SupergraphType.InputObjectType _ -> {}
        }
    }

    private void addRuntimeType(String abstractType, int subgraph, String objectType) {
        LocalType local = type(abstractType, subgraph);
        if (local != null && type(objectType, subgraph) != null) {
            local.runtimeTypes.add(objectType);
        }
    }

    private void define(SupergraphType.Composite parent, SupergraphType.Field field) {
        SupergraphType.JoinField labelled = null;
        for (SupergraphType.JoinField join : field.joins()) {
            if (join.overrideLabel() != null && join.override() != null) {
                labelled = join;
            }
        }
        for (SupergraphType.JoinField join : field.joins()) {
            LocalType local = type(parent.name(), join.subgraph());
            if (local != null) {
                local.fields.put(field.name(), local(field, join, labelled));
            }
        }
    }

    private LocalType.Field local(
            SupergraphType.Field field,
            SupergraphType.JoinField join,
            SupergraphType.@Nullable JoinField labelled) {
        String here = supergraph.subgraphs().get(join.subgraph()).name();
        String label =
                labelled != null && (join.equals(labelled) || here.equals(labelled.override()))
                        ? labelled.overrideLabel()
                        : null;
        return new LocalType.Field(
                field.name(),
                (join.type() == null ? field.type() : join.type()).namedType(),
                join.external(),
                join.requires(),
                condition(join.requires()),
                ProvidedFields.of(join.provides()),
                label,
                join.equals(labelled),
                join.contextArguments().stream().map(this::contextNeed).toList());
    }

    /// Field sets repeat, `id` above all.
    private List<ConditionStep> condition(@Nullable String fieldSet) {
        return fieldSet == null
                ? List.of()
                : conditions.computeIfAbsent(fieldSet, ConditionStep::of);
    }

    private LocalType.ContextNeed contextNeed(SupergraphType.ContextArgument argument) {
        ContextSelection selection = new ContextSelection(argument.context(), argument.selection());
        int slot = contextSlots.computeIfAbsent(selection, _ -> contextSlots.size());
        return new LocalType.ContextNeed(slot, argument.name(), argument.context());
    }

    private void markRoot(String rootType) {
        types(rootType).forEach(type -> type.root = true);
    }

    private void noteLocalKeys(LocalType type) {
        type.locallyKeyed =
                type.keys.stream()
                        .anyMatch(
                                key -> key.steps().stream().allMatch(step -> isLocal(type, step)));
    }

    private boolean isLocal(@Nullable LocalType type, @Nullable ConditionStep step) {
        if (step == null || (step.name().equals("__typename") && !step.cast())) {
            return true;
        }
        if (type == null) {
            return false;
        }
        if (step.cast()) {
            return isLocal(type(step.name(), type.subgraph), step.next());
        }
        LocalType.Field field = type.fields.get(step.name());
        return field != null
                && !field.external()
                && isLocal(type(field.typeName(), type.subgraph), step.next());
    }
}
