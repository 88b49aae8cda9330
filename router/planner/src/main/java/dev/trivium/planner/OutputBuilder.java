package dev.trivium.planner;

import dev.trivium.language.TypeReference;
import dev.trivium.language.TypeReference.Named;
import dev.trivium.language.TypeReference.NonNull;
import dev.trivium.planner.NormalizedField.Defer;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.Condition.Literal;
import dev.trivium.planner.plan.OutputField;
import dev.trivium.planner.plan.OutputField.Kind;
import dev.trivium.supergraph.SupergraphType;
import dev.trivium.supergraph.SupergraphType.EnumType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Says what the client gets, and under which plan keys it is found.
final class OutputBuilder {
    private record Key(String planKey, TypeReference type) {}

    private static final TypeReference TYPENAME = new NonNull(new Named("String"));

    private final QueryGraph graph;
    private final SchemaTypes visible;

    OutputBuilder(QueryGraph graph) {
        this.graph = graph;
        this.visible = new SchemaTypes(graph.supergraph(), false);
    }

    /// What is not deferred, and what is under a condition: that applies where it does not hold.
    ///
    /// @param objects the runtime types that the enclosing object may have
    List<OutputField> fields(List<NormalizedField> fields, BitSet objects, KeyScope scope) {
        return fields(fields, objects, scope, null);
    }

    /// What belongs to a deferred part.
    ///
    /// @param part null for the initial one
    List<OutputField> fields(
            List<NormalizedField> fields, BitSet objects, KeyScope scope, @Nullable Defer part) {
        List<OutputField> output = new ArrayList<>();
        for (NormalizedField selected : fields) {
            NormalizedField field = inPart(selected, part);
            if (field == null) {
                continue;
            }
            BitSet types = graph.numbers(field.onTypes());
            types.and(objects);
            if (field.isTypename()) {
                output.add(
                        field(
                                field,
                                new Key(NormalizedField.TYPENAME, TYPENAME),
                                types,
                                objects,
                                new OutputField.Scalar("String"),
                                List.of()));
            } else if (field.isIntrospection()) {
                output.add(
                        field(
                                field,
                                new Key(field.responseKey(), new Named(field.name())),
                                types,
                                objects,
                                new OutputField.Introspection(),
                                List.of()));
            } else {
                types.and(scope.served());
                byKey(field, types, scope)
                        .forEach((key, group) ->
                                output.add(field(field, key, group, objects, scope)));
            }
        }
        return output;
    }

    /// The field as it stands in a part, or null where it does not. Below a conditional `@defer` it
    /// stands in the part around, too, for when nothing is deferred.
    private static @Nullable NormalizedField inPart(NormalizedField field, @Nullable Defer part) {
        List<Literal> literals = new ArrayList<>(field.condition().literals());
        for (Defer defer = field.defer(); !Objects.equals(defer, part); defer = defer.outer()) {
            if (defer == null || defer.condition() == null) {
                return null;
            }
            literals.add(new Literal(defer.condition().variable(), false));
        }
        return new NormalizedField(
                field.responseKey(),
                field.name(),
                field.arguments(),
                field.onTypes(),
                new Condition(literals),
                field.selections(),
                null);
    }

    private SequencedMap<Key, BitSet> byKey(NormalizedField field, BitSet types, KeyScope scope) {
        SequencedMap<Key, BitSet> groups = new LinkedHashMap<>();
        types.stream()
                .forEach(type -> {
                    GraphField of = graph.object(type).field(field.name());
                    Key key = new Key(scope.client(field, of.shape()), of.type());
                    groups.computeIfAbsent(key, _ -> new BitSet()).set(type);
                });
        return groups;
    }

    private OutputField field(
            NormalizedField field, Key key, BitSet types, BitSet objects, KeyScope scope) {
        String named = key.type().namedType();
        GraphType composite = graph.find(named);
        List<OutputField> below =
                composite == null
                        ? List.of()
                        : fields(
                                field.selections(),
                                composite.possible(),
                                scope.below(key.planKey()));
        return field(field, key, types, objects, kind(named), below);
    }

    private OutputField field(
            NormalizedField field,
            Key key,
            BitSet types,
            BitSet objects,
            Kind kind,
            List<OutputField> below) {
        return new OutputField(
                field.responseKey(),
                key.planKey(),
                field.name(),
                key.type(),
                Selections.containsAll(types, graph.accessible(objects))
                        ? List.of()
                        : graph.names(types),
                field.condition(),
                kind,
                below);
    }

    private Kind kind(String name) {
        return switch (graph.supergraph().types().get(name)) {
            case EnumType type ->
                    new OutputField.Enumeration(
                            name,
                            type.values().values().stream()
                                    .filter(value -> !value.inaccessible())
                                    .map(SupergraphType.EnumValue::name)
                                    .toList());
            case SupergraphType.Composite _, SupergraphType.UnionType _ ->
                    new OutputField.Composite(name, visible.possibleTypes(name));
            case SupergraphType.ScalarType _ -> new OutputField.Scalar(name);
            case SupergraphType.InputObjectType _ ->
                    throw new IllegalArgumentException("an input type as output: " + name);
            case null -> new OutputField.Scalar(name);
        };
    }
}
