package dev.trivium.planner;

import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.language.Parser;
import dev.trivium.language.TypeReference;
import dev.trivium.planner.GraphType.EntityKey;
import dev.trivium.planner.GraphType.FieldSet;
import dev.trivium.planner.QueryGraph.Views;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import dev.trivium.supergraph.SupergraphType.Composite;
import dev.trivium.supergraph.SupergraphType.ContextArgument;
import dev.trivium.supergraph.SupergraphType.Field;
import dev.trivium.supergraph.SupergraphType.InterfaceType;
import dev.trivium.supergraph.SupergraphType.JoinField;
import dev.trivium.supergraph.SupergraphType.JoinType;
import dev.trivium.supergraph.SupergraphType.ObjectType;
import dev.trivium.supergraph.SupergraphType.UnionType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Reads the types of a supergraph into those of a {@link QueryGraph}.
final class QueryGraphBuilder {
    private final Supergraph supergraph;
    private final SchemaTypes schema;
    private final Views views;
    private final FieldCollector collector;
    private final Facets facets;
    private final Map<String, Integer> objects = new HashMap<>();

    QueryGraphBuilder(Supergraph supergraph, Facets facets, Views views) {
        this.supergraph = supergraph;
        this.schema = new SchemaTypes(supergraph, true);
        this.views = views;
        this.collector = new FieldCollector(schema, Map.of(), Defers.ignored());
        this.facets = facets;
        for (SupergraphType type : supergraph.types().values()) {
            if (type instanceof ObjectType) {
                objects.put(type.name(), objects.size());
            }
        }
    }

    /// All composite types, the object types in the order of their numbers.
    SequencedMap<String, GraphType> types() {
        SequencedMap<String, GraphType> types = new LinkedHashMap<>();
        for (SupergraphType type : supergraph.types().values()) {
            if (isComposite(type)) {
                types.put(type.name(), type(type));
            }
        }
        return types;
    }

    private static boolean isComposite(@Nullable SupergraphType type) {
        return type instanceof Composite || type instanceof UnionType;
    }

    private GraphType type(SupergraphType type) {
        List<List<FieldSet>> requires = new ArrayList<>();
        for (int facet = 0; facet < facets.count(); facet++) {
            requires.add(requires(type, facet));
        }
        SequencedMap<String, GraphField> fields = new LinkedHashMap<>();
        if (type instanceof Composite composite) {
            for (Field field : composite.fields().values()) {
                fields.put(field.name(), field(composite, field, requires));
            }
        }
        return new GraphType(
                type.name(),
                objects.getOrDefault(type.name(), -1),
                numbers(schema.possibleTypes(type.name())),
                possibleIn(type),
                Collections.unmodifiableSequencedMap(fields),
                hidden(type),
                keys(type),
                requires);
    }

    private BitSet hidden(SupergraphType type) {
        BitSet hidden = new BitSet();
        for (int facet = 0; facet < facets.count(); facet++) {
            hidden.set(facet, facets.standsInFor(facet, type));
        }
        return hidden;
    }

    private List<@Nullable BitSet> possibleIn(SupergraphType type) {
        List<@Nullable BitSet> possible = nulls();
        for (JoinType join : type.joins()) {
            possible.set(
                    facets.of(join.subgraph(), type.name()),
                    join.interfaceObject()
                            ? numbers(schema.possibleTypes(type.name()))
                            : possibleIn(type, join.subgraph()));
        }
        return possible;
    }

    private BitSet possibleIn(SupergraphType type, int subgraph) {
        BitSet possible = new BitSet();
        for (String name : schema.possibleTypes(type.name())) {
            boolean there =
                    switch (type) {
                        case InterfaceType _ -> implementsIn(name, type.name(), subgraph);
                        case UnionType union ->
                                union.members().getOrDefault(name, List.of()).contains(subgraph);
                        case ObjectType _,
                                SupergraphType.ScalarType _,
                                SupergraphType.EnumType _,
                                SupergraphType.InputObjectType _ ->
                                true;
                    };
            if (there) {
                possible.set(number(name));
            }
        }
        return possible;
    }

    private boolean implementsIn(String object, String interfaceName, int subgraph) {
        return supergraph.types().get(object) instanceof ObjectType type
                && type.interfaces().stream()
                        .anyMatch(it ->
                                it.subgraph() == subgraph
                                        && it.interfaceName().equals(interfaceName));
    }

    private List<List<EntityKey>> keys(SupergraphType type) {
        List<List<EntityKey>> keys = new ArrayList<>();
        for (int facet = 0; facet < facets.count(); facet++) {
            SequencedSet<EntityKey> found = new LinkedHashSet<>();
            InterfaceType interfaceObject = facets.interfaceObject(facet);
            if (interfaceObject == null) {
                addKeys(type, facet, null, found);
            } else if (facets.standsInFor(facet, type)) {
                addKeys(interfaceObject, facet, interfaceObject.name(), found);
            }
            for (InterfaceType resolving : facets.resolving(type, facet)) {
                addKeys(resolving, facet, resolving.name(), found);
            }
            keys.add(List.copyOf(found));
        }
        return keys;
    }

    private void addKeys(
            SupergraphType type,
            int facet,
            @Nullable String typename,
            SequencedSet<EntityKey> found) {
        for (JoinType join : type.joins()) {
            if (join.subgraph() == facets.subgraph(facet)
                    && join.key() != null
                    && join.resolvable()) {
                found.add(new EntityKey(fieldSet(type.name(), join.key()), typename));
            }
        }
    }

    private List<FieldSet> requires(SupergraphType type, int facet) {
        if (!(type instanceof ObjectType object)) {
            return List.of();
        }
        SequencedSet<FieldSet> found = new LinkedHashSet<>();
        for (Field field : object.fields().values()) {
            for (JoinField join : facets.joins(facet, object, field)) {
                FieldSet set = required(object.name(), join);
                if (set != null) {
                    found.add(set);
                }
            }
        }
        return List.copyOf(found);
    }

    private GraphField field(Composite of, Field field, List<List<FieldSet>> requires) {
        List<GraphField.@Nullable In> in = nulls();
        boolean composite = isComposite(supergraph.types().get(field.type().namedType()));
        SequencedSet<String> shapes = new LinkedHashSet<>();
        shapes.add(shape(field.type(), composite));
        for (int facet = 0; facet < facets.count(); facet++) {
            for (JoinField join : facets.joins(facet, of, field)) {
                TypeReference type = join.type() == null ? field.type() : join.type();
                shapes.add(shape(type, composite));
                in.set(
                        facet,
                        new GraphField.In(
                                type,
                                facets.of(join.subgraph(), type.namedType()),
                                join.external(),
                                index(requires.get(facet), join),
                                view(type, join.provides()),
                                join.overrideLabel(),
                                join.override() != null));
            }
        }
        return new GraphField(field.name(), field.type(), String.join("|", shapes), composite, in);
    }

    private static String shape(TypeReference type, boolean composite) {
        return composite ? type.toString().replace(type.namedType(), "_") : type.toString();
    }

    /// What has to be sent for a field, or null where that is nothing.
    private @Nullable FieldSet required(String type, JoinField join) {
        String text = requiredText(join);
        if (text == null) {
            return null;
        }
        List<NormalizedField> fields =
                join.requires() == null ? List.of() : fieldSet(type, join.requires()).fields();
        return new FieldSet(text, fields, join.contextArguments());
    }

    /// `price $ctx{currency}`
    private static @Nullable String requiredText(JoinField join) {
        if (join.contextArguments().isEmpty()) {
            return join.requires();
        }
        StringBuilder text = new StringBuilder(join.requires() == null ? "" : join.requires());
        for (ContextArgument argument : join.contextArguments()) {
            text.append(text.isEmpty() ? "$" : " $").append(argument.context());
            text.append(argument.selection().strip()).append(" as ").append(argument.name());
        }
        return text.toString();
    }

    private static int index(List<FieldSet> sets, JoinField join) {
        String text = requiredText(join);
        for (int i = 0; i < sets.size(); i++) {
            if (sets.get(i).text().equals(text)) {
                return i;
            }
        }
        return -1;
    }

    private int view(TypeReference type, @Nullable String provides) {
        return provides == null
                ? QueryGraph.NO_VIEW
                : views.number(fieldSet(type.namedType(), provides).fields());
    }

    private FieldSet fieldSet(String type, String text) {
        return switch (Parser.parseSelections(text)) {
            case Accepted(var selections) ->
                    new FieldSet(text, collector.collect(selections, type), List.of());
            case Rejected(var issues) ->
                    throw new IllegalArgumentException(
                            "field set \"" + text + "\" of " + type + ": " + issues);
        };
    }

    private <T> List<@Nullable T> nulls() {
        List<@Nullable T> nulls = new ArrayList<>(facets.count());
        for (int i = 0; i < facets.count(); i++) {
            nulls.add(null);
        }
        return nulls;
    }

    private int number(String object) {
        Integer number = objects.get(object);
        if (number == null) {
            throw new IllegalArgumentException("no object type " + object);
        }
        return number;
    }

    private BitSet numbers(List<String> names) {
        BitSet numbers = new BitSet();
        names.forEach(name -> numbers.set(number(name)));
        return numbers;
    }
}
