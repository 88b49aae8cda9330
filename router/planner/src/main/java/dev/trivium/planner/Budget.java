package dev.trivium.planner;

import dev.trivium.language.Issue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is left of the limits of one plan, and why planning fails, if it does.
///
/// Whoever loops asks {@link #exhausted()} and returns what it has; the planner then reports the
/// issue instead of a plan.
final class Budget {
    private final PlannerLimits limits;
    private final long deadline;
    private int positions;
    private int steps;
    private @Nullable Issue issue;

    Budget(PlannerLimits limits) {
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.timeout().toNanos();
    }

    boolean exhausted() {
        return issue != null;
    }

    @Nullable Issue issue() {
        return issue;
    }

    void fail(String code, String message) {
        if (issue == null) {
            issue = new Issue(code, message, List.of());
        }
    }

    /// Counts a position.
    void position() {
        if (++positions > limits.maxPositions()) {
            fail(
                    Planner.TOO_COMPLEX,
                    "The operation has too many ways to be planned: more than %d places were looked at."
                            .formatted(limits.maxPositions()));
        }
        checkTime();
    }

    /// Counts a step of the search for a cheaper plan.
    void step() {
        steps++;
        if ((steps & 0xff) == 0) {
            checkTime();
        }
    }

    boolean hasSteps() {
        return steps < limits.maxSteps() && !exhausted();
    }

    private void checkTime() {
        if (System.nanoTime() - deadline > 0) {
            fail(
                    Planner.PLANNING_TIMEOUT,
                    "Planning the operation took longer than %d ms."
                            .formatted(limits.timeout().toMillis()));
        }
    }
}
