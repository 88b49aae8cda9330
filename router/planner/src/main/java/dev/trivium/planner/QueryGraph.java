package dev.trivium.planner;

import dev.trivium.language.OperationType;
import dev.trivium.planner.GraphType.EntityKey;
import dev.trivium.planner.GraphType.FieldSet;
import dev.trivium.planner.Reach.Source;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import dev.trivium.supergraph.SupergraphType.InterfaceType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The supergraph as the planner asks for it: object types, facets of subgraphs and views are
/// numbers, and each field knows the facets that serve it. Immutable but for the views, of which it
/// only ever knows more.
///
/// A *view* is what a subgraph serves below a field beyond what it serves anyway: the field set of
/// `@provides`. View 0 is empty.
final class QueryGraph {
    static final int NO_VIEW = 0;

    private final Supergraph supergraph;
    private final Facets facets;
    private final Map<String, GraphType> types;
    private final List<GraphType> objects;
    private final BitSet inaccessible = new BitSet();
    private final Views views;
    private final Set<String> labels;
    private final SetContexts contexts;

    QueryGraph(Supergraph supergraph) {
        this.supergraph = supergraph;
        this.views = new Views();
        this.facets = new Facets(supergraph);
        this.types = new QueryGraphBuilder(supergraph, facets, views).types();
        this.contexts = new SetContexts(supergraph);
        this.labels = labels(types.values());
        this.objects = types.values().stream().filter(type -> !type.isAbstract()).toList();
        for (GraphType type : objects) {
            SupergraphType inSupergraph = supergraph.types().get(type.name());
            inaccessible.set(type.object(), inSupergraph != null && inSupergraph.inaccessible());
        }
    }

    private static Set<String> labels(Collection<GraphType> types) {
        Set<String> labels = new TreeSet<>();
        for (GraphType type : types) {
            for (GraphField field : type.fields().values()) {
                for (GraphField.In in : field.in()) {
                    if (in != null && in.label() != null) {
                        labels.add(in.label());
                    }
                }
            }
        }
        return Collections.unmodifiableSet(labels);
    }

    /// The labels of all progressive overrides.
    Set<String> labels() {
        return labels;
    }

    SetContexts contexts() {
        return contexts;
    }

    Supergraph supergraph() {
        return supergraph;
    }

    /// The number of {@link Facets facets}.
    int facets() {
        return facets.count();
    }

    /// The number of the subgraph of which this is a facet.
    int subgraph(int facet) {
        return facets.subgraph(facet);
    }

    /// A composite type, which must exist.
    GraphType type(String name) {
        return Objects.requireNonNull(types.get(name), name);
    }

    @Nullable GraphType find(String name) {
        return types.get(name);
    }

    Iterable<GraphType> types() {
        return types.values();
    }

    GraphType object(int number) {
        return objects.get(number);
    }

    /// The name of the subgraph of which this is a facet.
    String subgraphName(int facet) {
        return supergraph.subgraphs().get(facets.subgraph(facet)).name();
    }

    String objectName(int number) {
        return objects.get(number).name();
    }

    GraphType root(OperationType operation) {
        return type(Objects.requireNonNull(supergraph.rootTypes().get(operation)));
    }

    List<String> names(BitSet objectTypes) {
        return objectTypes.stream().mapToObj(this::objectName).toList();
    }

    BitSet numbers(List<String> objectTypes) {
        BitSet numbers = new BitSet();
        objectTypes.forEach(name -> numbers.set(type(name).object()));
        return numbers;
    }

    /// Those of some object types that clients may see: of others, no object is ever shown.
    BitSet accessible(BitSet objectTypes) {
        BitSet accessible = (BitSet) objectTypes.clone();
        accessible.andNot(inaccessible);
        return accessible;
    }

    /// Whether a subgraph serves a field of an object type, seen through a view.
    boolean serves(GraphField.In in, GraphField field, int object, int view) {
        return !in.external() || views.find(view, objectName(object), field.name()) != null;
    }

    /// The field set of a field's `@requires` in a subgraph that has the field, or null.
    @Nullable FieldSet requires(GraphField field, int object, int facet) {
        GraphField.In in = field.in(facet);
        return in.hasRequires()
                ? objects.get(object).requires().get(facet).get(in.requires())
                : null;
    }

    /// What has to be sent to a subgraph for a field of an object type, or null.
    @Nullable FieldSet sent(GraphType object, String field, int facet) {
        GraphField found = object.fields().get(field);
        return found == null || found.in().get(facet) == null
                ? null
                : requires(found, object.object(), facet);
    }

    /// Where the values of a field are, and what is served there beyond the subgraph's own.
    Source below(GraphField field, int object, int facet, int view) {
        GraphField.In in = field.in(facet);
        NormalizedField seen = views.find(view, objectName(object), field.name());
        return new Source(
                in.below(),
                seen == null ? in.provides() : views.union(in.provides(), seen.selections()));
    }

    /// The object types that the values of a field may have in a facet.
    BitSet possible(GraphField field, int facet) {
        BitSet possible = type(field.typeIn(facet)).possibleIn().get(field.in(facet).below());
        return possible == null ? new BitSet() : possible;
    }

    /// The interned views.
    static final class Views {
        private final Map<List<NormalizedField>, Integer> numbers = new HashMap<>();
        private final Map<Integer, List<NormalizedField>> contents = new ConcurrentHashMap<>();

        Views() {
            number(List.of());
        }

        synchronized int number(List<NormalizedField> fields) {
            return numbers.computeIfAbsent(
                    fields,
                    _ -> {
                        int number = contents.size();
                        contents.put(number, fields);
                        return number;
                    });
        }

        private List<NormalizedField> fields(int view) {
            return Objects.requireNonNull(contents.get(view));
        }

        private @Nullable NormalizedField find(int view, String object, String name) {
            for (NormalizedField field : fields(view)) {
                if (field.name().equals(name) && field.onTypes().contains(object)) {
                    return field;
                }
            }
            return null;
        }

        private int union(int view, List<NormalizedField> more) {
            if (more.isEmpty()) {
                return view;
            }
            List<NormalizedField> all = new ArrayList<>(fields(view));
            more.stream().filter(field -> !all.contains(field)).forEach(all::add);
            return number(List.copyOf(all));
        }
    }

    /// Whether a facet cannot tell which of some types an object has.
    boolean isHidden(BitSet objectTypes, int facet) {
        return objectTypes.stream().anyMatch(type -> objects.get(type).isHiddenIn(facet));
    }

    /// The type in whose selection set a facet has a field of an object type: the type itself, or
    /// the interface object that stands in for it.
    GraphType holder(int object, int facet) {
        InterfaceType interfaceObject = facets.interfaceObject(facet);
        return interfaceObject == null ? objects.get(object) : type(interfaceObject.name());
    }

    /// Whether any object that a facet may have can be sent elsewhere by a key, whatever type it is
    /// of: the facet knows the type, or all that it may be are of the key's interface.
    boolean covers(EntityKey key, int facet) {
        InterfaceType interfaceObject = facets.interfaceObject(facet);
        return interfaceObject == null
                || (key.typename() != null
                        && Selections.containsAll(
                                type(key.typename()).possible(),
                                type(interfaceObject.name()).possible()));
    }

    /// How a facet resolves entities of an object type.
    List<EntityKey> keys(int object, int facet) {
        return objects.get(object).keys().get(facet);
    }

    /// Object types by the shape of a field; for `__typename` all of them.
    SequencedMap<String, BitSet> byShape(NormalizedField field, BitSet objectTypes) {
        SequencedMap<String, BitSet> groups = new LinkedHashMap<>();
        for (int i = objectTypes.nextSetBit(0); i >= 0; i = objectTypes.nextSetBit(i + 1)) {
            String shape = field.isTypename() ? "" : object(i).field(field.name()).shape();
            groups.computeIfAbsent(shape, _ -> new BitSet()).set(i);
        }
        return groups;
    }

    /// Gives plan keys to all fields of the client, before the planner adds fields of its own.
    void reserveKeys(List<NormalizedField> fields, BitSet objectTypes, KeyScope scope) {
        for (NormalizedField field : fields) {
            if (field.name().startsWith("__")) {
                continue;
            }
            BitSet types = numbers(field.onTypes());
            types.and(objectTypes);
            for (var group : byShape(field, types).entrySet()) {
                KeyScope below = scope.below(scope.client(field, group.getKey()));
                BitSet values = new BitSet();
                group.getValue().stream()
                        .mapToObj(it -> find(object(it).field(field.name()).type().namedType()))
                        .filter(Objects::nonNull)
                        .forEach(type -> values.or(type.possible()));
                reserveKeys(field.selections(), values, below);
            }
        }
    }
}
