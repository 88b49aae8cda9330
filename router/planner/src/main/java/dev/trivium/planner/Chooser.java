package dev.trivium.planner;

import dev.trivium.planner.Choice.Pick;
import dev.trivium.planner.Choice.Preference;
import dev.trivium.planner.Choice.Request;
import dev.trivium.planner.Position.Demand;
import dev.trivium.planner.Position.State;
import dev.trivium.planner.Position.Way;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides from where every leaf is taken.
///
/// Leaves of one position with the same ways to them are decided together: a *decision class*.
/// First those that have one way only; what they enter is there anyway. Then each of the others
/// takes the way that adds least. Where that costs more than the forced ones alone, all is decided
/// again without one of the requests, as long as the budget has steps. Where a part then still ends
/// later than its latest leaf must, all is decided again with the earliest ways: what adds least
/// now may make another fetch wait.
final class Chooser {
    private record ClassKey(Position position, boolean isTypename, List<Way> ways) {}

    /// Leaves that are taken from the same place.
    ///
    /// @param demands their indexes
    private record DecisionClass(
            List<Way> ways, List<Integer> demands, boolean isTypename, int part) {
        private boolean isForced() {
            return ways.size() == 1;
        }
    }

    /// @param picks for each leaf of the client
    record Chosen(Choice choice, List<Pick> picks) {}

    /// A way for each class.
    ///
    /// @param forcedCost of those that have one way only
    private record Assignment(Choice choice, List<Way> ways, long forcedCost) {}

    private final Candidates candidates;
    private final Budget budget;

    Chooser(Candidates candidates, Budget budget) {
        this.candidates = candidates;
        this.budget = budget;
    }

    /// @return null where the budget is exhausted or a leaf cannot be reached
    @Nullable Chosen choose(List<Demand> demands) {
        List<DecisionClass> classes = classes(demands);
        Assignment best = assign(classes, Preference.CHEAPER, null);
        if (best == null) {
            return null;
        }
        if (best.choice().cost() > best.forcedCost()) {
            best = improve(classes, best, Preference.CHEAPER);
        }
        if (isLate(classes, best.choice())) {
            Assignment earlier = assign(classes, Preference.EARLIER, null);
            best = improve(classes, cheaper(best, earlier), Preference.EARLIER);
        }
        return new Chosen(best.choice(), picks(demands, classes, best.ways()));
    }

    /// @return null where it is impossible
    private @Nullable Assignment assign(
            List<DecisionClass> classes, Preference preference, @Nullable Request banned) {
        Choice choice = new Choice(candidates, budget, preference, banned);
        List<Way> ways = new ArrayList<>(classes.size());
        long forcedCost = 0;
        for (DecisionClass decision : classes) {
            budget.step();
            Way way = choice.cheapest(decision.ways());
            if (way == null || !choice.enter(way)) {
                return null;
            }
            ways.add(way);
            if (decision.isForced()) {
                forcedCost = choice.cost();
            }
        }
        return new Assignment(choice, ways, forcedCost);
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
                classes.add(
                        new DecisionClass(
                                key.ways(), group, key.isTypename(), key.position().part)));
        classes.sort(
                Comparator.comparing((DecisionClass it) -> !it.isForced())
                        .thenComparing(DecisionClass::isTypename));
        return classes;
    }

    /// Whether a part ends after more fetches than each of its leaves needs by itself.
    private boolean isLate(List<DecisionClass> classes, Choice choice) {
        Choice alone = new Choice(candidates, budget, Preference.EARLIER, null);
        Map<Integer, Integer> needed = new HashMap<>();
        for (DecisionClass decision : classes) {
            needed.merge(decision.part(), alone.preferredDepth(decision.ways()), Math::max);
        }
        for (var part : needed.entrySet()) {
            if (choice.depth(part.getKey()) > part.getValue()) {
                return true;
            }
        }
        return false;
    }

    /// Tries to do without each request that no forced class needs, the latest first, and keeps
    /// what is cheaper in all.
    private Assignment improve(
            List<DecisionClass> classes, Assignment first, Preference preference) {
        Set<Request> tried = new HashSet<>(forcedRequests(classes, first));
        Assignment best = first;
        Request next = latest(best, tried);
        while (next != null && budget.hasSteps()) {
            tried.add(next);
            best = cheaper(best, assign(classes, preference, next));
            next = latest(best, tried);
        }
        return best;
    }

    private static Assignment cheaper(Assignment best, @Nullable Assignment other) {
        return other != null && other.choice().cost() < best.choice().cost() ? other : best;
    }

    private static Set<Request> forcedRequests(List<DecisionClass> classes, Assignment assignment) {
        Set<Request> found = new HashSet<>();
        Set<State> seen = new HashSet<>();
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i).isForced()) {
                assignment.choice().addRequests(assignment.ways().get(i), seen, found);
            }
        }
        return found;
    }

    private static @Nullable Request latest(Assignment assignment, Set<Request> tried) {
        Request latest = null;
        for (Request request : assignment.choice().requests()) {
            if (!tried.contains(request) && (latest == null || request.depth() > latest.depth())) {
                latest = request;
            }
        }
        return latest;
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
