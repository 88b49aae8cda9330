package dev.trivium.planner;

import dev.trivium.planner.NormalizedField.Defer;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.Condition.Literal;
import dev.trivium.planner.plan.DeferredPart;
import dev.trivium.planner.plan.DeferredPart.Step;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Says what the deferred fragments of an operation add to the response, and where.
final class DeferredParts {
    private final QueryGraph graph;
    private final OutputBuilder output;
    private final Map<Integer, List<Integer>> fetches;
    private final List<DeferredPart> parts = new ArrayList<>();

    /// @param fetches the ids of fetches by the number of the part that they are for
    DeferredParts(QueryGraph graph, OutputBuilder output, Map<Integer, List<Integer>> fetches) {
        this.graph = graph;
        this.output = output;
        this.fetches = fetches;
    }

    List<DeferredPart> of(List<NormalizedField> fields, BitSet objects, KeyScope scope) {
        add(fields, objects, scope, new Place(List.of(), List.of(), 0));
        return parts;
    }

    /// Where an object stands.
    ///
    /// @param held what must hold for it to be part of the response
    /// @param around the number of the part around it
    private record Place(List<Step> path, List<Literal> held, int around) {
        Condition and(@Nullable Literal literal) {
            SequencedSet<Literal> all = new LinkedHashSet<>(held);
            if (literal != null) {
                all.add(literal);
            }
            return all.isEmpty() ? Condition.ALWAYS : new Condition(List.copyOf(all));
        }

        Place below(NormalizedField field, Step step) {
            List<Step> steps = new ArrayList<>(path);
            steps.add(step);
            List<Literal> literals = new ArrayList<>(held);
            literals.addAll(field.condition().literals());
            return new Place(
                    steps, literals, field.defer() == null ? around : field.defer().number());
        }
    }

    private void add(List<NormalizedField> fields, BitSet objects, KeyScope scope, Place place) {
        SequencedSet<Defer> defers = new LinkedHashSet<>();
        fields.forEach(field -> addWithOuter(field.defer(), defers));
        for (Defer defer : defers) {
            parts.add(
                    new DeferredPart(
                            defer.number(),
                            defer.outer() == null ? place.around() : defer.outer().number(),
                            defer.label(),
                            place.and(defer.condition()),
                            place.path(),
                            fetches.getOrDefault(defer.number(), List.of()),
                            output.fields(fields, objects, scope, defer)));
        }
        for (NormalizedField field : fields) {
            if (!field.selections().isEmpty()) {
                addBelow(field, objects, scope, place);
            }
        }
    }

    private static void addWithOuter(@Nullable Defer defer, SequencedSet<Defer> defers) {
        if (defer != null) {
            addWithOuter(defer.outer(), defers);
            defers.add(defer);
        }
    }

    private void addBelow(NormalizedField field, BitSet objects, KeyScope scope, Place place) {
        BitSet types = graph.numbers(field.onTypes());
        types.and(objects);
        SequencedMap<String, BitSet> byShape = graph.byShape(field, types);
        byShape.forEach((shape, group) -> {
            String planKey = scope.client(field, shape);
            BitSet values = new BitSet();
            group.stream()
                    .mapToObj(it -> graph.object(it).field(field.name()).type().namedType())
                    .forEach(name -> values.or(graph.type(name).possible()));
            List<String> on = group.equals(objects) ? List.of() : graph.names(group);
            Step step = new Step(field.responseKey(), planKey, on);
            add(field.selections(), values, scope.below(planKey), place.below(field, step));
        });
    }
}
