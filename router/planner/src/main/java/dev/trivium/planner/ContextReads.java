package dev.trivium.planner;

import dev.trivium.planner.Position.ContextRead;
import dev.trivium.planner.Position.Demand;
import dev.trivium.planner.Position.Parent;
import dev.trivium.planner.plan.Fetch.ContextSource;
import dev.trivium.supergraph.SupergraphType.ContextArgument;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds where the values of contextual arguments are: in the nearest object above that sets the
/// context. Of types that do not set it, it is the one above.
final class ContextReads {
    private final QueryGraph graph;
    private final Demands demands;

    /// Adds demands for fields that only the planner asks for.
    @FunctionalInterface
    interface Demands {
        /// @return whether all fields can be fetched
        boolean add(Position at, List<NormalizedField> fields, List<Demand> needs);
    }

    ContextReads(QueryGraph graph, Demands demands) {
        this.graph = graph;
        this.demands = demands;
    }

    /// @return null where the context is not set for every object, or cannot be fetched
    @Nullable ContextRead read(Position entity, ContextArgument argument, List<Demand> needs) {
        List<ContextSource> sources = new ArrayList<>();
        int up = 1;
        for (Parent parent = entity.parent; parent != null; parent = parent.position().parent) {
            BitSet setting = new BitSet();
            parent.types().stream()
                    .filter(it -> graph.contexts().objects(argument).contains(graph.objectName(it)))
                    .forEach(setting::set);
            for (int type : setting.stream().toArray()) {
                ContextSource source = source(parent.position(), type, argument, up, needs);
                if (source == null) {
                    return null;
                }
                if (!sources.contains(source)) {
                    sources.add(source);
                }
            }
            if (setting.equals(parent.types())) {
                return new ContextRead(argument, sources);
            }
            up++;
        }
        return null;
    }

    private @Nullable ContextSource source(
            Position at, int type, ContextArgument argument, int up, List<Demand> needs) {
        String name = graph.objectName(type);
        List<NormalizedField> fields = graph.contexts().fields(name, argument);
        boolean isOne = graph.accessible(at.types).cardinality() == 1;
        List<String> types = at.isAbstract && !isOne ? List.of(name) : List.of();
        if (!types.isEmpty() && at.hidesTypes() && !demands.add(at, typename(at), needs)) {
            return null;
        }
        if (fields.isEmpty()) {
            return new ContextSource(up, types, List.of());
        }
        if (!demands.add(at, fields, needs)) {
            return null;
        }
        return new ContextSource(up, types, planKeys(fields, type, at.scope));
    }

    private List<NormalizedField> typename(Position at) {
        return List.of(NormalizedField.typename(graph.names(at.types)));
    }

    /// The way from the object down to the value.
    private List<String> planKeys(List<NormalizedField> fields, int object, KeyScope scope) {
        NormalizedField field = fields.getFirst();
        GraphField of = graph.object(object).field(field.name());
        List<String> keys = new ArrayList<>();
        keys.add(scope.internal(field, of.shape()));
        if (!field.selections().isEmpty()) {
            int below = graph.type(of.type().namedType()).possible().nextSetBit(0);
            keys.addAll(planKeys(field.selections(), below, scope.below(keys.getFirst())));
        }
        return keys;
    }
}
