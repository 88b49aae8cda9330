package dev.trivium.planner;

import dev.trivium.language.Argument;
import dev.trivium.language.SourceLocation;
import dev.trivium.language.Value;
import dev.trivium.planner.Position.ContextRead;
import dev.trivium.planner.Position.FieldUse;
import dev.trivium.planner.plan.Condition;
import dev.trivium.supergraph.SupergraphType.ContextArgument;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// What is asked of one {@link Facets facet} of a subgraph at one place of the merged tree and one
/// depth.
final class FetchGroup {
    final int path;
    final int facet;

    /// The number of fetches on the longest way here; 0 for fetches from the root.
    final int depth;

    final KeyScope scope;

    /// The deferred part of the response that this is for, or 0.
    final int part;

    final Selections.Builder selections = new Selections.Builder();
    final SequencedSet<FetchGroup> dependencies = new LinkedHashSet<>();

    /// For each object type the fields of its representation.
    final SequencedMap<Integer, List<NormalizedField>> inputs = new LinkedHashMap<>();

    /// The `__typename` of all representations; null for that of each object.
    @Nullable String typename;

    /// Whether only objects of a known type may be sent: where a fetch that tells types did not run
    /// or failed, what those objects are is not guessed.
    boolean typed;

    /// The variables of contextual arguments.
    final SequencedMap<ContextRead, String> contexts = new LinkedHashMap<>();

    final List<Choice.Jump> jumps = new ArrayList<>();

    /// What holds whenever the group is needed, or null as long as nothing needs it.
    @Nullable Condition needed;

    FetchGroup(Position position, int facet, int depth) {
        this.path = position.path;
        this.facet = facet;
        this.depth = depth;
        this.scope = position.scope;
        this.part = position.part;
    }

    boolean isRoot() {
        return inputs.isEmpty();
    }

    void addInputs(int object, List<NormalizedField> fields) {
        List<NormalizedField> known = inputs.computeIfAbsent(object, _ -> new ArrayList<>());
        fields.stream().filter(field -> !known.contains(field)).forEach(known::add);
    }

    /// A field with the arguments that the router fills.
    FieldUse filled(FieldUse use, List<ContextArgument> filled) {
        if (filled.isEmpty()) {
            return use;
        }
        List<Argument> all = new ArrayList<>(use.arguments());
        contexts.forEach((read, variable) -> {
            if (filled.contains(read.argument())) {
                Value value = new Value.Variable(variable);
                all.add(new Argument(read.argument().name(), value, SourceLocation.NONE));
            }
        });
        return new FieldUse(use.planKey(), use.name(), all, use.condition());
    }

    /// The object types whose entities are fetched.
    BitSet objects() {
        BitSet objects = new BitSet();
        inputs.keySet().forEach(objects::set);
        return objects;
    }

    /// Something needs the group, under a condition.
    void need(Condition condition) {
        Condition before = needed;
        needed =
                before == null
                        ? condition
                        : new Condition(
                                before.literals().stream()
                                        .filter(condition.literals()::contains)
                                        .toList());
    }
}
