package dev.trivium.planner;

import dev.trivium.planner.plan.Fetch.Representation;
import dev.trivium.planner.plan.Fetch.RepresentationField;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Says how the representations of a fetch are written from the merged tree.
final class Representations {
    private record Key(String name, String planKey, List<String> types) {}

    private final QueryGraph graph;

    Representations(QueryGraph graph) {
        this.graph = graph;
    }

    List<Representation> of(FetchGroup group) {
        SequencedMap<List<RepresentationField>, List<String>> types = new LinkedHashMap<>();
        List<Representation> representations = new ArrayList<>();
        group.inputs.forEach((object, fields) -> {
            GraphType type = graph.object(object);
            var written = fields(fields, type.possible(), group.scope);
            if (group.typename == null) {
                representations.add(new Representation(List.of(type.name()), null, false, written));
            } else {
                types.computeIfAbsent(written, _ -> new ArrayList<>()).add(type.name());
            }
        });
        types.forEach((fields, names) ->
                representations.add(
                        new Representation(names, group.typename, !group.typed, fields)));
        return representations;
    }

    private List<RepresentationField> fields(
            List<NormalizedField> fields, BitSet objects, KeyScope scope) {
        SequencedMap<Key, List<NormalizedField>> byKey = new LinkedHashMap<>();
        for (NormalizedField field : fields) {
            BitSet types = graph.numbers(field.onTypes());
            types.and(objects);
            for (var group : graph.byShape(field, types).entrySet()) {
                String planKey = scope.internal(field, group.getKey());
                List<String> names =
                        group.getValue().equals(objects)
                                ? List.of()
                                : graph.names(group.getValue());
                byKey.computeIfAbsent(new Key(field.name(), planKey, names), _ -> new ArrayList<>())
                        .add(field);
            }
        }
        List<RepresentationField> result = new ArrayList<>();
        byKey.forEach((key, same) -> result.add(field(key, same, objects, scope)));
        return result;
    }

    private RepresentationField field(
            Key key, List<NormalizedField> same, BitSet objects, KeyScope scope) {
        List<NormalizedField> selections =
                same.stream().flatMap(it -> it.selections().stream()).distinct().toList();
        if (selections.isEmpty()) {
            return new RepresentationField(key.name(), key.planKey(), key.types(), List.of());
        }
        BitSet values = new BitSet();
        boolean isAbstract = false;
        BitSet holders = key.types().isEmpty() ? objects : graph.numbers(key.types());
        for (int i = holders.nextSetBit(0); i >= 0; i = holders.nextSetBit(i + 1)) {
            GraphType type = graph.type(graph.object(i).field(key.name()).type().namedType());
            values.or(type.possible());
            isAbstract |= type.isAbstract();
        }
        List<RepresentationField> below = new ArrayList<>();
        if (isAbstract && selections.stream().noneMatch(NormalizedField::isTypename)) {
            String typename = NormalizedField.TYPENAME;
            below.add(new RepresentationField(typename, typename, List.of(), List.of()));
        }
        below.addAll(fields(selections, values, scope.below(key.planKey())));
        return new RepresentationField(key.name(), key.planKey(), key.types(), below);
    }
}
