package dev.trivium.planner.proof;

import dev.trivium.language.OperationType;
import dev.trivium.language.TypeReference;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import dev.trivium.supergraph.SupergraphType.Composite;
import dev.trivium.supergraph.SupergraphType.EnumType;
import dev.trivium.supergraph.SupergraphType.Field;
import dev.trivium.supergraph.SupergraphType.InterfaceType;
import dev.trivium.supergraph.SupergraphType.JoinField;
import dev.trivium.supergraph.SupergraphType.JoinImplements;
import dev.trivium.supergraph.SupergraphType.JoinType;
import dev.trivium.supergraph.SupergraphType.ObjectType;
import dev.trivium.supergraph.SupergraphType.UnionType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a supergraph says of its types and of who serves what.
final class SchemaView {
    private static final String ENTITY = "_Entity";

    /// A field as one subgraph serves it.
    ///
    /// @param type the type that has it there: the object type, or an interface object
    record Owner(int subgraph, String type, JoinField join) {}

    private final Supergraph supergraph;
    private final Map<String, SequencedSet<String>> possible = new HashMap<>();
    private final Map<List<String>, SequencedSet<String>> kinds = new HashMap<>();

    SchemaView(Supergraph supergraph) {
        this.supergraph = supergraph;
    }

    Supergraph supergraph() {
        return supergraph;
    }

    int subgraphs() {
        return supergraph.subgraphs().size();
    }

    String rootType(OperationType operation) {
        return Objects.requireNonNull(supergraph.rootTypes().get(operation));
    }

    SupergraphType type(String name) {
        return Objects.requireNonNull(supergraph.types().get(name), name);
    }

    /// Null for a scalar of the GraphQL specification.
    @Nullable SupergraphType find(String name) {
        return supergraph.types().get(name);
    }

    Field field(String type, String field) {
        Composite composite = (Composite) type(type);
        return Objects.requireNonNull(composite.fields().get(field), () -> type + "." + field);
    }

    @Nullable Field findField(String type, String field) {
        return type(type) instanceof Composite composite ? composite.fields().get(field) : null;
    }

    boolean isIn(String type, int subgraph) {
        return type(type).joins().stream().anyMatch(it -> it.subgraph() == subgraph);
    }

    boolean isInterfaceObject(String type, int subgraph) {
        return type(type).joins().stream()
                .anyMatch(it -> it.subgraph() == subgraph && it.interfaceObject());
    }

    /// What a subgraph takes an object for where it has it as one of a type.
    String knownAs(String type, String object, int subgraph) {
        return isInterfaceObject(type, subgraph) ? type : object;
    }

    /// The interface objects that a subgraph has in place of an object type.
    List<String> standIns(String object, int subgraph) {
        return ((ObjectType) type(object))
                .interfaces().stream()
                        .map(JoinImplements::interfaceName)
                        .distinct()
                        .filter(it -> isInterfaceObject(it, subgraph))
                        .toList();
    }

    boolean isAbstract(String type) {
        return !(type(type) instanceof ObjectType);
    }

    boolean isVisible(String type) {
        return !type(type).inaccessible();
    }

    /// The object types that a value of a composite type may have in some subgraph.
    SequencedSet<String> possible(String type) {
        return possible.computeIfAbsent(type, this::findPossible);
    }

    private SequencedSet<String> findPossible(String type) {
        SequencedSet<String> found = new LinkedHashSet<>();
        switch (supergraph.types().get(type)) {
            case ObjectType _ -> found.add(type);
            case UnionType union -> found.addAll(union.members().keySet());
            case InterfaceType _ -> {
                for (SupergraphType it : supergraph.types().values()) {
                    if (it instanceof ObjectType object
                            && object.interfaces().stream()
                                    .anyMatch(i -> i.interfaceName().equals(type))) {
                        found.add(it.name());
                    }
                }
            }
            case null, default -> {}
        }
        return found;
    }

    /// The object types that a value may have which one subgraph returns, or takes as an entity.
    /// Behind an interface object there may be any implementation.
    SequencedSet<String> possibleIn(String type, int subgraph) {
        SequencedSet<String> found = new LinkedHashSet<>();
        if (type.equals(ENTITY)) {
            supergraph.types().values().stream()
                    .filter(ObjectType.class::isInstance)
                    .forEach(it -> found.add(it.name()));
            return found;
        }
        for (String object : possible(type)) {
            boolean there =
                    switch (type(type)) {
                        case UnionType union ->
                                union.members().getOrDefault(object, List.of()).contains(subgraph);
                        case InterfaceType _ ->
                                isInterfaceObject(type, subgraph)
                                        || ((ObjectType) type(object))
                                                .interfaces()
                                                .contains(new JoinImplements(subgraph, type));
                        default -> isIn(object, subgraph);
                    };
            if (there) {
                found.add(object);
            }
        }
        return found;
    }

    /// A field of a type as one subgraph has it, or null.
    @Nullable JoinField join(String type, String field, int subgraph) {
        Field found = findField(type, field);
        return found == null
                ? null
                : found.joins().stream()
                        .filter(it -> it.subgraph() == subgraph)
                        .findFirst()
                        .orElse(null);
    }

    TypeReference typeIn(String type, String field, int subgraph) {
        JoinField join = Objects.requireNonNull(join(type, field, subgraph));
        TypeReference own = join.type();
        return own == null ? field(type, field).type() : own;
    }

    /// Whether a progressive override leaves a field to a subgraph. Both sides carry the label.
    static boolean isActive(JoinField join, Set<String> labels) {
        String label = join.overrideLabel();
        return label == null || labels.contains(label) == (join.override() != null);
    }

    /// Who resolves a field of an object type, overrides with labels on both sides.
    List<Owner> owners(String object, String field) {
        List<Owner> owners = new ArrayList<>();
        for (JoinField join : field(object, field).joins()) {
            if (!join.external()) {
                owners.add(new Owner(join.subgraph(), object, join));
            }
        }
        for (JoinImplements implemented : ((ObjectType) type(object)).interfaces()) {
            String name = implemented.interfaceName();
            for (int s = 0; s < subgraphs(); s++) {
                JoinField join = isInterfaceObject(name, s) ? join(name, field, s) : null;
                if (join != null && !join.external()) {
                    Owner owner = new Owner(s, name, join);
                    if (!owners.contains(owner)) {
                        owners.add(owner);
                    }
                }
            }
        }
        return owners;
    }

    /// The runtime types of a field's values: those that everyone knows who may be asked for it. Of
    /// an abstract type, there are only values that a client may see.
    SequencedSet<String> kinds(String object, String field) {
        return kinds.computeIfAbsent(List.of(object, field), _ -> findKinds(object, field));
    }

    private SequencedSet<String> findKinds(String object, String field) {
        String target = field(object, field).type().namedType();
        SequencedSet<String> kinds = new LinkedHashSet<>(possible(target));
        for (Owner owner : owners(object, field)) {
            String there = typeIn(owner.type(), field, owner.subgraph()).namedType();
            kinds.retainAll(possibleIn(there, owner.subgraph()));
        }
        if (!(find(target) instanceof ObjectType)) {
            kinds.removeIf(it -> !isVisible(it));
        }
        return kinds;
    }

    /// The values of an enum that all subgraphs know which have a field, be it to provide it.
    List<String> values(String object, String field, EnumType type) {
        List<Integer> subgraphs = new ArrayList<>();
        owners(object, field).forEach(it -> subgraphs.add(it.subgraph()));
        field(object, field).joins().forEach(it -> subgraphs.add(it.subgraph()));
        return type.values().values().stream()
                .filter(it -> !it.inaccessible())
                .filter(it -> it.subgraphs().containsAll(subgraphs))
                .map(SupergraphType.EnumValue::name)
                .toList();
    }

    /// The keys by which a subgraph resolves entities that are sent to it under a name.
    List<JoinType> keys(String typename, int subgraph) {
        return type(typename).joins().stream()
                .filter(it -> it.subgraph() == subgraph && it.key() != null && it.resolvable())
                .toList();
    }
}
