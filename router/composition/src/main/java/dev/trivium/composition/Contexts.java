package dev.trivium.composition;

import dev.trivium.language.Directive;
import dev.trivium.language.Value;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which contexts each type sets, and whether what contextual arguments take from them can be
/// resolved.
final class Contexts {
    private final LocalGraph graph;
    private final Reachability reachability;
    private final Map<String, Set<String>> contextsByType = new HashMap<>();

    Contexts(Supergraph supergraph, LocalGraph graph, Reachability reachability) {
        this.graph = graph;
        this.reachability = reachability;
        if (!graph.contextSelections().isEmpty()) {
            supergraph.types().values().forEach(this::read);
        }
    }

    private void read(SupergraphType type) {
        for (Directive directive : type.directives()) {
            if (directive.name().equals("context")
                    && directive.argument("name") instanceof Value.StringValue(var context)) {
                for (String runtimeType : graph.runtimeTypes(type.name())) {
                    contextsByType
                            .computeIfAbsent(runtimeType, _ -> new LinkedHashSet<>())
                            .add(context);
                }
            }
        }
    }

    /// The slots that can be filled below a position: the nearest type that sets a context counts.
    BitSet below(WalkState state) {
        Set<String> set = contextsByType.getOrDefault(state.place(), Set.of());
        if (set.isEmpty()) {
            return state.contexts();
        }
        BitSet filled = (BitSet) state.contexts().clone();
        List<LocalGraph.ContextSelection> selections = graph.contextSelections();
        for (int slot = 0; slot < selections.size(); slot++) {
            if (set.contains(selections.get(slot).context())) {
                filled.set(slot, isResolvable(state, selections.get(slot).selection()));
            }
        }
        return filled;
    }

    /// A selection for other types only takes null from this one.
    private boolean isResolvable(WalkState state, String selection) {
        List<ConditionStep> steps =
                ConditionStep.of(selection).stream()
                        .filter(step -> concerns(step, state.place()))
                        .toList();
        return state.at().stream()
                .anyMatch(vertex ->
                        steps.stream().allMatch(step -> reachability.holds(vertex, step)));
    }

    private boolean concerns(ConditionStep step, String objectType) {
        return !step.cast() || graph.runtimeTypes(step.name()).contains(objectType);
    }
}
