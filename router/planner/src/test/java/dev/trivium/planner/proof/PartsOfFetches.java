package dev.trivium.planner.proof;

import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.DeferredPart;
import dev.trivium.planner.plan.QueryPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/// For which part of a response each fetch is: that of a deferred fragment, or where its condition
/// does not hold, the one around it.
final class PartsOfFetches {
    private PartsOfFetches() {}

    /// The numbers of parts by the ids of fetches; those of the initial part are left out.
    static Map<Integer, Integer> of(QueryPlan plan, Predicate<Condition> holds) {
        Map<Integer, Integer> inForce = new HashMap<>();
        for (DeferredPart part : plan.deferred()) {
            if (holds.test(part.condition())) {
                inForce.put(part.number(), part.number());
            } else {
                inForce.putIfAbsent(part.number(), inForce.getOrDefault(part.outer(), 0));
            }
        }
        Map<Integer, Integer> parts = new HashMap<>();
        for (DeferredPart part : plan.deferred()) {
            int number = inForce.getOrDefault(part.number(), 0);
            if (number > 0) {
                part.fetches().forEach(it -> parts.put(it, number));
            }
        }
        return parts;
    }
}
