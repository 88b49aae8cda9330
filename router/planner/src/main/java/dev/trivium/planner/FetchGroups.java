package dev.trivium.planner;

import dev.trivium.planner.Choice.Arrival;
import dev.trivium.planner.Choice.Below;
import dev.trivium.planner.Choice.Jump;
import dev.trivium.planner.Choice.Pick;
import dev.trivium.planner.Choice.Start;
import dev.trivium.planner.GraphType.FieldSet;
import dev.trivium.planner.Position.ContextRead;
import dev.trivium.planner.Position.DirectState;
import dev.trivium.planner.Position.FieldUse;
import dev.trivium.planner.Position.HopState;
import dev.trivium.planner.Position.State;
import dev.trivium.planner.Position.Via;
import dev.trivium.planner.Position.Way;
import dev.trivium.planner.plan.Condition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Sorts the chosen leaves into fetches.
///
/// All hops to one subgraph at one place and depth share a group, whatever needs them: what they
/// ask for and what they send is put together.
final class FetchGroups {
    private record Key(int path, int facet, int depth, Lane lane) {}

    /// What keeps groups apart that could share their representations.
    ///
    /// @param requires a field set of `@requires` with arguments, which gives values of its own to
    ///   the fields that it names, or one with contexts, or one that objects are sent along with
    ///   whose types the subgraph may not tell, and which get the same fields for it
    /// @param typename the interface as which objects of any type are sent
    /// @param held under which the objects are there; a field that stands in the operation twice,
    ///   under different conditions, has objects that lack what only the other place asks for
    /// @param part of the response, the deferred one for which a group is
    private record Lane(
            @Nullable String requires, @Nullable String typename, Condition held, int part) {}

    private final Choice choice;
    private final String contextPrefix;
    private int contexts;
    private final SequencedMap<Key, FetchGroup> groups = new LinkedHashMap<>();
    private final Map<State, List<Selections.Builder>> selections = new HashMap<>();

    /// @param contextPrefix of the variables of contextual arguments
    FetchGroups(Choice choice, String contextPrefix) {
        this.choice = choice;
        this.contextPrefix = contextPrefix;
    }

    /// The groups, those of a lower depth first. To be called once.
    List<FetchGroup> sort(List<Pick> picks) {
        choice.arrivals().forEach(this::addHop);
        for (Pick pick : picks) {
            place(pick, pick.demand().use().condition());
            need(pick, pick.demand().held());
        }
        List<FetchGroup> sorted = new ArrayList<>(groups.values());
        sorted.sort(Comparator.comparingInt(group -> group.depth));
        sorted.reversed().forEach(this::placeInputs);
        return sorted;
    }

    private void addHop(State state, Arrival arrival) {
        switch (arrival) {
            case Start _ -> group(state, arrival);
            case Below _ -> {}
            case Jump jump -> {
                HopState hop = (HopState) state;
                FetchGroup group = group(state, arrival);
                group.jumps.add(jump);
                group.typename = jump.option().key().typename();
                group.typed |= jump.option().typed();
                group.addInputs(hop.object, jump.option().key().fields().fields());
                if (hop.hop.requires() != null) {
                    group.addInputs(hop.object, hop.hop.requires().fields());
                }
                for (ContextRead read : jump.option().contexts()) {
                    group.contexts.computeIfAbsent(read, _ -> contextPrefix + contexts++);
                }
                for (Pick pick : jump.picks()) {
                    group.dependencies.addAll(groups(pick));
                }
            }
        }
    }

    private FetchGroup group(State state, Arrival arrival) {
        Position position = state.position();
        Key key = new Key(position.path, state.facet(), arrival.depth(), lane(state, arrival));
        return groups.computeIfAbsent(
                key, _ -> new FetchGroup(position, state.facet(), arrival.depth()));
    }

    private static Lane lane(State state, Arrival arrival) {
        if (!(state instanceof HopState hop) || !(arrival instanceof Jump jump)) {
            return new Lane(null, null, Condition.ALWAYS, state.position().part);
        }
        FieldSet requires = hop.hop.requires();
        String typename = jump.option().key().typename();
        return new Lane(
                requires != null && (typename != null || requires.isItsOwn())
                        ? requires.text()
                        : null,
                typename,
                state.position().held,
                state.position().part);
    }

    /// Asks for what the representations of a group need, under the condition that all of its
    /// fields have in common. What needs the group is known, since it lies deeper.
    private void placeInputs(FetchGroup group) {
        Condition needed = Objects.requireNonNullElse(group.needed, Condition.ALWAYS);
        for (Jump jump : group.jumps) {
            for (Pick pick : jump.picks()) {
                Condition held = pick.demand().position().held;
                place(
                        pick,
                        new Condition(
                                needed.literals().stream()
                                        .filter(it -> !held.literals().contains(it))
                                        .toList()));
                need(pick, needed);
            }
        }
    }

    private void place(Pick pick, Condition condition) {
        FieldUse use = pick.demand().use();
        for (State state : pick.way().states()) {
            BitSet types = state instanceof HopState hop ? only(hop.object) : pick.demand().types();
            Condition own = carriesCondition(state) ? Condition.ALWAYS : condition;
            FieldUse filled = filled(use, state, pick.way());
            for (Selections.Builder target : selections(state, condition)) {
                if (pick.demand().isTypename()) {
                    addTypename(state, target);
                } else {
                    target.add(filled, own, types);
                }
            }
        }
    }

    /// The field with the arguments that the router fills where it is taken by this way.
    private FieldUse filled(FieldUse use, State state, Way way) {
        return way.contexts().isEmpty()
                ? use
                : group(state, choice.arrival(state)).filled(use, way.contexts());
    }

    /// The name of an interface object is no type of the supergraph's objects.
    private static void addTypename(State state, Selections.Builder target) {
        if (!(state instanceof DirectState direct && direct.hidden)) {
            target.addTypename();
        }
    }

    /// Whether the condition of what the planner asks for stands at a field above.
    private boolean carriesCondition(State state) {
        return state.position().internal && choice.arrival(state) instanceof Below;
    }

    private void need(Pick pick, Condition condition) {
        pick.way().states().forEach(state -> need(state, condition));
    }

    /// A client's object is needed even where nothing of it is: what leads to it is needed under
    /// the conditions of the object alone.
    private void need(State state, Condition condition) {
        Arrival arrival = choice.arrival(state);
        Position position = state.position();
        switch (arrival) {
            case Start _, Jump _ -> group(state, arrival).need(condition);
            case Below(_, var parent) -> {
                Condition above = position.internal ? condition : position.held;
                parent.states().forEach(it -> need(it, above));
            }
        }
    }

    /// The groups in which a field is asked for.
    SequencedSet<FetchGroup> groups(Pick pick) {
        SequencedSet<FetchGroup> found = new LinkedHashSet<>();
        pick.way().states().forEach(state -> addGroups(state, found));
        return found;
    }

    private void addGroups(State state, SequencedSet<FetchGroup> found) {
        Arrival arrival = choice.arrival(state);
        switch (arrival) {
            case Start _, Jump _ -> found.add(group(state, arrival));
            case Below(_, var parent) -> parent.states().forEach(it -> addGroups(it, found));
        }
    }

    /// Where a state's selections go: one place, or one for each hop above.
    ///
    /// @param condition of the first field that only the planner asks for
    private List<Selections.Builder> selections(State state, Condition condition) {
        if (state.position().internal) {
            return findSelections(state, condition);
        }
        List<Selections.Builder> known = selections.get(state);
        if (known == null) {
            known = findSelections(state, condition);
            selections.put(state, known);
        }
        return known;
    }

    private List<Selections.Builder> findSelections(State state, Condition condition) {
        Arrival arrival = choice.arrival(state);
        if (!(arrival instanceof Below(_, var parent))) {
            return List.of(group(state, arrival).selections);
        }
        DirectState direct = (DirectState) state;
        Via via = Objects.requireNonNull(direct.via);
        List<Selections.Builder> found = new ArrayList<>();
        for (State above : parent.states()) {
            BitSet types = above instanceof HopState hop ? only(hop.object) : via.types();
            boolean isFirst = state.position().internal && !carriesCondition(above);
            Condition own = isFirst ? condition : via.field().condition();
            FieldUse field = filled(via.field(), above, parent);
            for (Selections.Builder target : selections(above, condition)) {
                Selections.Builder below = target.add(field, own, types);
                below.addObject();
                if (state.position().isAbstract) {
                    addTypename(state, below);
                }
                found.add(below);
            }
        }
        return found;
    }

    private static BitSet only(int object) {
        BitSet types = new BitSet();
        types.set(object);
        return types;
    }
}
