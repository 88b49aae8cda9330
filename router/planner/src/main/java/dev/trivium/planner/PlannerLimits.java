package dev.trivium.planner;

import java.time.Duration;

/// How much work one plan may cost.
///
/// @param maxPositions the places that are looked at, among them those that hops need
/// @param maxSteps the steps of the search for a cheaper plan; when they are used up, the best plan
///   so far is the plan, the same on every machine
/// @param timeout after which planning gives up
public record PlannerLimits(int maxPositions, int maxSteps, Duration timeout) {
    public static final PlannerLimits DEFAULT =
            new PlannerLimits(50_000, 100_000, Duration.ofSeconds(10));
}
