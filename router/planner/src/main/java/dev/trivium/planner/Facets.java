package dev.trivium.planner;

import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import dev.trivium.supergraph.SupergraphType.Composite;
import dev.trivium.supergraph.SupergraphType.Field;
import dev.trivium.supergraph.SupergraphType.InterfaceType;
import dev.trivium.supergraph.SupergraphType.JoinField;
import dev.trivium.supergraph.SupergraphType.JoinType;
import dev.trivium.supergraph.SupergraphType.ObjectType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// The facets of all subgraphs, by number. A *facet* is what a subgraph knows an object as: as one
/// of its own types, or as an interface object (`@interfaceObject`), which stands in for every
/// implementation of the interface.
///
///     A: interface Media @key(id) { id }  type Book implements Media @key(id) { id }
///     B: type Media @key(id) @interfaceObject { id reviews }  type Review @key(id) { id stars }
///
/// has three facets: A, B, and B's `Media`. The last one resolves `reviews` of a book without
/// knowing that it is one; A resolves what it is by being sent a `Media`.
final class Facets {
    /// @param interfaceObject null for the subgraph's own types
    private record Facet(int subgraph, @Nullable InterfaceType interfaceObject) {}

    private final Supergraph supergraph;
    private final List<Facet> facets = new ArrayList<>();

    Facets(Supergraph supergraph) {
        this.supergraph = supergraph;
        for (int subgraph = 0; subgraph < supergraph.subgraphs().size(); subgraph++) {
            facets.add(new Facet(subgraph, null));
            for (SupergraphType type : supergraph.types().values()) {
                if (type instanceof InterfaceType found && isInterfaceObject(found, subgraph)) {
                    facets.add(new Facet(subgraph, found));
                }
            }
        }
    }

    int count() {
        return facets.size();
    }

    int subgraph(int facet) {
        return facets.get(facet).subgraph();
    }

    /// The interface whose implementations are not told apart here, or null.
    @Nullable InterfaceType interfaceObject(int facet) {
        return facets.get(facet).interfaceObject();
    }

    /// Where a subgraph has the values of a type.
    int of(int subgraph, String type) {
        int own = -1;
        for (int facet = 0; facet < facets.size(); facet++) {
            if (subgraph(facet) == subgraph) {
                InterfaceType interfaceObject = interfaceObject(facet);
                if (interfaceObject == null) {
                    own = facet;
                } else if (interfaceObject.name().equals(type)) {
                    return facet;
                }
            }
        }
        return own;
    }

    /// Whether objects of a type are known by an interface object alone.
    boolean standsInFor(int facet, SupergraphType type) {
        InterfaceType interfaceObject = interfaceObject(facet);
        return interfaceObject != null && interfaces(type).contains(interfaceObject);
    }

    /// How a facet has a field of a type.
    List<JoinField> joins(int facet, Composite type, Field field) {
        int subgraph = subgraph(facet);
        InterfaceType interfaceObject = interfaceObject(facet);
        Field found = null;
        if (of(subgraph, type.name()) == facet) {
            found = field;
        } else if (interfaceObject != null && standsInFor(facet, type)) {
            found = interfaceObject.fields().get(field.name());
        }
        return found == null
                ? List.of()
                : found.joins().stream().filter(it -> it.subgraph() == subgraph).toList();
    }

    /// The interfaces as which a subgraph that knows their implementations resolves entities for
    /// those who do not.
    List<InterfaceType> resolving(SupergraphType type, int facet) {
        int subgraph = subgraph(facet);
        return interfaceObject(facet) != null
                ? List.of()
                : interfaces(type).stream()
                        .filter(it -> it.joins().stream().anyMatch(JoinType::interfaceObject))
                        .filter(it ->
                                it.joins().stream()
                                        .anyMatch(join ->
                                                join.subgraph() == subgraph
                                                        && !join.interfaceObject()))
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
}
