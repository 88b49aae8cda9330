package dev.trivium.planner;

import dev.trivium.planner.GraphType.EntityKey;
import dev.trivium.planner.GraphType.FieldSet;
import dev.trivium.supergraph.SupergraphType.ContextArgument;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Finds the labels of progressive overrides that can change the plan of an operation: those on the
/// fields that it selects, and on the fields that entity fetches of the types on its way may need.
final class ReachableLabels {
    private record Selected(int object, String field) {}

    private final QueryGraph graph;
    private final Set<String> labels = new TreeSet<>();
    private final BitSet entered = new BitSet();
    private final Set<Selected> seen = new HashSet<>();

    private ReachableLabels(QueryGraph graph) {
        this.graph = graph;
    }

    static Set<String> of(QueryGraph graph, NormalizedOperation operation) {
        if (graph.labels().isEmpty()) {
            return Set.of();
        }
        ReachableLabels reachable = new ReachableLabels(graph);
        reachable.add(operation.fields());
        return reachable.labels;
    }

    private void add(List<NormalizedField> fields) {
        for (NormalizedField field : fields) {
            graph.numbers(field.onTypes()).stream().forEach(object -> add(object, field));
            add(field.selections());
        }
    }

    private void add(int object, NormalizedField selected) {
        enter(object);
        GraphField field = graph.object(object).fields().get(selected.name());
        if (field == null || !seen.add(new Selected(object, selected.name()))) {
            return;
        }
        for (GraphField.In in : field.in()) {
            if (in != null && in.label() != null) {
                labels.add(in.label());
            }
        }
        if (field.composite()) {
            graph.type(field.type().namedType()).possible().stream().forEach(this::enter);
        }
    }

    /// Objects of a type may be fetched as entities, by any key and with any `@requires`.
    private void enter(int object) {
        if (entered.get(object)) {
            return;
        }
        entered.set(object);
        GraphType type = graph.object(object);
        for (List<EntityKey> keys : type.keys()) {
            keys.forEach(key -> add(key.fields().fields()));
        }
        for (List<FieldSet> requires : type.requires()) {
            for (FieldSet set : requires) {
                add(set.fields());
                set.contexts().forEach(this::add);
            }
        }
    }

    private void add(ContextArgument argument) {
        for (String object : graph.contexts().objects(argument)) {
            add(graph.contexts().fields(object, argument));
        }
    }
}
