package dev.trivium.planner.proof;

import dev.trivium.language.Value;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.Fetch.ContextSource;
import dev.trivium.planner.plan.Fetch.ContextValue;
import dev.trivium.planner.plan.Fetch.EntityGroup;
import dev.trivium.planner.proof.MergedTree.Node;
import dev.trivium.planner.proof.MergedTree.Slot;
import dev.trivium.planner.proof.PlanSimulation.Place;
import dev.trivium.supergraph.SupergraphType.ContextArgument;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks that an argument of a context gets what is selected from the nearest object above that
/// sets the context, and nothing else.
final class ContextCheck {
    private final SchemaView schema;
    private final Contexts contexts;
    private final Set<String> problems;
    private final Set<String> absences;

    /// @param absences gets what is not fetched in time; the executor leaves such entities out
    ContextCheck(SchemaView schema, Set<String> problems, Set<String> absences) {
        this.schema = schema;
        this.contexts = new Contexts(schema);
        this.problems = problems;
        this.absences = absences;
    }

    /// Objects whose field is asked for.
    ///
    /// @param ended the fetches that have ended by then
    record At(Fetch fetch, Place place, Set<Integer> ended) {
        @Override
        public String toString() {
            return "fetch " + fetch.id() + " of " + place.type();
        }
    }

    /// @param sent the argument in the document
    /// @param group that the objects are entities of, or null
    void check(ContextArgument argument, @Nullable Value sent, @Nullable EntityGroup group, At at) {
        ContextValue value = group == null ? null : find(group, sent);
        if (value == null) {
            problems.add(at + ": " + argument.name() + " is " + sent + ", not of a context");
        } else if (!value.type().equals(argument.type())) {
            problems.add(at + ": " + argument.name() + " is sent as " + value.type());
        } else {
            check(argument, value, at);
        }
    }

    private static @Nullable ContextValue find(EntityGroup group, @Nullable Value sent) {
        return group.contexts().stream()
                .filter(it -> new Value.Variable(it.variable()).equals(sent))
                .findFirst()
                .orElse(null);
    }

    private void check(ContextArgument argument, ContextValue value, At at) {
        int up = 1;
        for (Place above = at.place().above(); above != null; above = above.above()) {
            ContextSource source = source(value, up, above.type());
            boolean isSet = contexts.isSetBy(above.type(), argument);
            if (source != null && !source.types().isEmpty()) {
                checkIsThere(above.node().find(above.type(), "__typename"), "__typename", at);
            }
            if (isSet != (source != null)) {
                problems.add(
                        "%s: %s is %s taken from %s, %d up"
                                .formatted(at, argument, isSet ? "not" : "", above.type(), up));
            } else if (source != null) {
                List<String> path = contexts.path(above.type(), argument);
                checkPath(source, path, above, at);
            }
            if (isSet || source != null) {
                return;
            }
            up++;
        }
        problems.add(at + ": nothing above sets the context of " + argument);
    }

    private static @Nullable ContextSource source(ContextValue value, int up, String type) {
        return value.sources().stream()
                .filter(it -> it.up() == up)
                .filter(it -> it.types().isEmpty() || it.types().contains(type))
                .findFirst()
                .orElse(null);
    }

    private void checkPath(ContextSource source, List<String> path, Place from, At at) {
        if (source.planKeys().size() != path.size()) {
            problems.add(at + ": the context is " + source.planKeys() + ", not " + path);
            return;
        }
        Node node = from.node();
        String type = from.type();
        for (int i = 0; i < path.size(); i++) {
            String key = source.planKeys().get(i);
            Slot slot = node.find(type, key);
            checkIsThere(slot, key, at);
            if (slot == null) {
                return;
            }
            if (!slot.name.equals(path.get(i)) || !slot.arguments.equals(Map.of())) {
                problems.add(at + ": the context is " + slot + ", not " + path.get(i));
            }
            node = slot.below;
            type = schema.field(type, path.get(i)).type().namedType();
        }
    }

    private void checkIsThere(@Nullable Slot slot, String key, At at) {
        if (slot == null || !slot.isThere(at.ended())) {
            absences.add(at + ": nobody fetches " + key + " for the context in time");
        }
    }
}
