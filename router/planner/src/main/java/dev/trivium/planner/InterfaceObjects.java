package dev.trivium.planner;

import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import dev.trivium.supergraph.SupergraphType.Field;
import dev.trivium.supergraph.SupergraphType.InterfaceType;
import dev.trivium.supergraph.SupergraphType.JoinField;
import dev.trivium.supergraph.SupergraphType.JoinType;
import dev.trivium.supergraph.SupergraphType.ObjectType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// What `@interfaceObject` means for the implementations of an interface.
///
///     A: interface Media @key(id) { id }  type Book implements Media @key(id) { id }
///     B: type Media @key(id) @interfaceObject { id reviews }
///
/// B resolves `reviews` of a book, which it knows as a `Media`; A resolves what it is by sending
/// itself a `Media`.
final class InterfaceObjects {
    private final Supergraph supergraph;

    InterfaceObjects(Supergraph supergraph) {
        this.supergraph = supergraph;
    }

    /// For each subgraph the interface objects that stand in for an object type.
    List<List<String>> standIns(SupergraphType type) {
        List<List<String>> standIns = new ArrayList<>();
        for (int subgraph = 0; subgraph < supergraph.subgraphs().size(); subgraph++) {
            int at = subgraph;
            standIns.add(
                    interfaces(type).stream()
                            .filter(it -> isInterfaceObject(it, at))
                            .map(InterfaceType::name)
                            .toList());
        }
        return standIns;
    }

    /// The interfaces as which a subgraph resolves entities of an object type. Where it knows the
    /// type itself, that serves those who do not.
    List<InterfaceType> resolving(SupergraphType type, int subgraph) {
        List<InterfaceType> all = interfaces(type);
        return all.stream()
                .filter(it -> it.joins().stream().anyMatch(JoinType::interfaceObject))
                .filter(it -> it.joins().stream().anyMatch(join -> join.subgraph() == subgraph))
                .toList();
    }

    private List<InterfaceType> interfaces(SupergraphType type) {
        if (!(type instanceof ObjectType object)) {
            return List.of();
        }
        SequencedSet<InterfaceType> interfaces = new LinkedHashSet<>();
        for (var join : object.interfaces()) {
            if (supergraph.types().get(join.interfaceName()) instanceof InterfaceType found) {
                interfaces.add(found);
            }
        }
        return List.copyOf(interfaces);
    }

    private static boolean isInterfaceObject(InterfaceType type, int subgraph) {
        return type.joins().stream()
                .anyMatch(join -> join.subgraph() == subgraph && join.interfaceObject());
    }

    /// Where a field of a type exists, interface objects included.
    ///
    /// @param standIns of the type
    List<JoinField> joins(Field field, List<List<String>> standIns) {
        List<JoinField> joins = new ArrayList<>(field.joins());
        for (int subgraph = 0; subgraph < standIns.size(); subgraph++) {
            for (String standIn : standIns.get(subgraph)) {
                addJoin(field.name(), standIn, subgraph, joins);
            }
        }
        return joins;
    }

    private void addJoin(String name, String standIn, int subgraph, List<JoinField> joins) {
        if (joins.stream().anyMatch(it -> it.subgraph() == subgraph)
                || !(supergraph.types().get(standIn) instanceof InterfaceType type)
                || type.fields().get(name) == null) {
            return;
        }
        type.fields().get(name).joins().stream()
                .filter(it -> it.subgraph() == subgraph)
                .forEach(joins::add);
    }
}
