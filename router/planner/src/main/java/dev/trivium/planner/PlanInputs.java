package dev.trivium.planner;

import java.util.Set;

/// What a plan depends on beyond the operation and the supergraph; a part of the plan's cache key.
///
/// @param activeLabels the labels of progressive overrides that hold for the request
public record PlanInputs(Set<String> activeLabels) {
    public static final PlanInputs NONE = new PlanInputs(Set.of());

    public PlanInputs {
        activeLabels = Set.copyOf(activeLabels);
    }
}
