package dev.trivium.planner;

import dev.trivium.planner.Choice.Pick;
import dev.trivium.planner.Position.Demand;
import dev.trivium.planner.Position.Way;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Decides from where every leaf is taken.
///
/// Leaves of one position with the same ways to them are decided together: a *decision class*.
/// First those that have one way only; what they enter is there anyway. Then each of the others
/// takes the way that adds least. While that costs more than the forced ones alone, no plan can
/// cost less than, single decisions are revised as long as the budget has steps.
final class Chooser {
    private record ClassKey(Position position, boolean isTypename, List<Way> ways) {}

    /// Leaves that are taken from the same place.
    ///
    /// @param demands their indexes
    private record DecisionClass(List<Way> ways, List<Integer> demands, boolean isTypename) {
        private boolean isForced() {
            return ways.size() == 1;
        }
    }

    /// @param picks for each leaf of the client
    record Chosen(Choice choice, List<Pick> picks) {}

    private final Candidates candidates;
    private final Budget budget;

    Chooser(Candidates candidates, Budget budget) {
        this.candidates = candidates;
        this.budget = budget;
    }

    /// @return null where the budget is exhausted or a leaf cannot be reached
    @Nullable Chosen choose(List<Demand> demands) {
        List<DecisionClass> classes = classes(demands);
        List<Way> assigned = new ArrayList<>();
        Choice choice = new Choice(candidates, budget);
        long forcedCost = 0;
        for (DecisionClass decision : classes) {
            Way way = choice.cheapest(decision.ways());
            if (way == null || !choice.enter(way)) {
                return null;
            }
            assigned.add(way);
            if (decision.isForced()) {
                forcedCost = choice.cost();
            }
        }
        if (choice.cost() > forcedCost) {
            choice = improve(classes, assigned, choice);
        }
        return new Chosen(choice, picks(demands, classes, assigned));
    }

    private static List<DecisionClass> classes(List<Demand> demands) {
        SequencedMap<ClassKey, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < demands.size(); i++) {
            Demand demand = demands.get(i);
            ClassKey key = new ClassKey(demand.position(), demand.isTypename(), demand.ways());
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(i);
        }
        List<DecisionClass> classes = new ArrayList<>();
        groups.forEach((key, group) ->
                classes.add(new DecisionClass(key.ways(), group, key.isTypename())));
        classes.sort(
                Comparator.comparing((DecisionClass it) -> !it.isForced())
                        .thenComparing(DecisionClass::isTypename));
        return classes;
    }

    /// Tries every other way of every class, and keeps what is cheaper in all.
    private Choice improve(List<DecisionClass> classes, List<Way> assigned, Choice first) {
        Choice best = first;
        for (int i = 0; i < classes.size(); i++) {
            for (Way other : classes.get(i).ways()) {
                Way current = assigned.get(i);
                if (other.equals(current) || !budget.hasSteps()) {
                    continue;
                }
                assigned.set(i, other);
                Choice choice = evaluate(assigned);
                if (choice != null && choice.cost() < best.cost()) {
                    best = choice;
                } else {
                    assigned.set(i, current);
                }
            }
        }
        return best;
    }

    private @Nullable Choice evaluate(List<Way> assigned) {
        Choice choice = new Choice(candidates, budget);
        for (Way way : assigned) {
            budget.step();
            if (!choice.enter(way)) {
                return null;
            }
        }
        return choice;
    }

    /// In the order of the demands, so that documents follow the order of the client.
    private static List<Pick> picks(
            List<Demand> demands, List<DecisionClass> classes, List<Way> assigned) {
        List<Pick> picks = new ArrayList<>(demands.size());
        Map<Integer, Way> ways = new HashMap<>();
        for (int i = 0; i < classes.size(); i++) {
            for (int demand : classes.get(i).demands()) {
                ways.put(demand, assigned.get(i));
            }
        }
        for (int i = 0; i < demands.size(); i++) {
            picks.add(new Pick(demands.get(i), Objects.requireNonNull(ways.get(i))));
        }
        return picks;
    }
}
