package dev.trivium.planner;

import dev.trivium.planner.plan.PlanCost;
import dev.trivium.planner.plan.QueryPlan;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How a plan came about.
///
/// @param stages every stage in words, in the order of the enum
/// @param reasons for each leaf of the client, and for each that an entity fetch needs
public record Explanation(
        QueryPlan plan, PlanCost cost, Map<Stage, String> stages, List<FieldReason> reasons) {

    /// What is made on the way from an operation to its plan.
    public enum Stage {
        /// The operation without fragments.
        NORMALIZE,
        /// All ways to every leaf.
        CANDIDATES,
        /// The way that was taken to each, and what is entered for it.
        CHOICE,
        /// The fetches before those to one subgraph at one depth are joined.
        FETCHES,
        /// The plan.
        PLAN
    }

    public Explanation {
        stages = Collections.unmodifiableMap(new EnumMap<>(stages));
        reasons = List.copyOf(reasons);
    }

    /// Why a field is fetched where it is.
    ///
    /// @param field a path such as `me.events.title`, the end of one, or `Event.title`
    /// @return empty where the plan has no such field
    public List<FieldReason> why(String field) {
        return reasons.stream().filter(reason -> reason.answers(field)).toList();
    }
}
