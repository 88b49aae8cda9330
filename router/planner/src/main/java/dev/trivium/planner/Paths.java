package dev.trivium.planner;

import dev.trivium.planner.plan.Fetch.PathStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The paths of the merged tree, as numbers.
final class Paths {
    static final int ROOT = 0;

    private record Step(int parent, PathStep step) {}

    private final Map<Step, Integer> numbers = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    int below(int path, PathStep step) {
        return numbers.computeIfAbsent(
                new Step(path, step),
                added -> {
                    steps.add(added);
                    return steps.size();
                });
    }

    List<PathStep> steps(int path) {
        List<PathStep> result = new ArrayList<>();
        for (int at = path; at != ROOT; at = steps.get(at - 1).parent()) {
            result.add(steps.get(at - 1).step());
        }
        return List.copyOf(result.reversed());
    }
}
