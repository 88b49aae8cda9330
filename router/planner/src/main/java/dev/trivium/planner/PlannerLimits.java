package dev.trivium.planner;

import java.time.Duration;

/// How much work one plan may cost. All but the last count, and so are the same on every machine.
///
/// @param maxSelections of an operation, its fragments written out
/// @param maxPositions the places that are looked at, among them those that entity fetches need
/// @param maxWays to one leaf, and keys of one entity fetch; of more, the most direct ones count
/// @param maxSteps of the search for a cheaper plan; when they are used up, the best plan so far is
///   the plan
/// @param timeout the processor time after which planning gives up; it never changes a plan
public record PlannerLimits(
        int maxSelections, int maxPositions, int maxWays, int maxSteps, Duration timeout) {

    public static final PlannerLimits DEFAULT =
            new PlannerLimits(50_000, 50_000, 32, 100_000, Duration.ofSeconds(1));

    public PlannerLimits withMaxSelections(int maximum) {
        return new PlannerLimits(maximum, maxPositions, maxWays, maxSteps, timeout);
    }

    public PlannerLimits withMaxPositions(int maximum) {
        return new PlannerLimits(maxSelections, maximum, maxWays, maxSteps, timeout);
    }

    public PlannerLimits withMaxWays(int maximum) {
        return new PlannerLimits(maxSelections, maxPositions, maximum, maxSteps, timeout);
    }

    public PlannerLimits withMaxSteps(int maximum) {
        return new PlannerLimits(maxSelections, maxPositions, maxWays, maximum, timeout);
    }

    public PlannerLimits withTimeout(Duration limit) {
        return new PlannerLimits(maxSelections, maxPositions, maxWays, maxSteps, limit);
    }
}
