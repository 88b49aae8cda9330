package dev.trivium.planner;

import dev.trivium.language.Issue;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is left of the limits of one plan, and why planning fails, if it does.
///
/// Whoever loops asks {@link #exhausted()} and returns what it has; the planner then reports the
/// issue instead of a plan.
final class Budget {
    /// How often the time is looked at, in positions and steps.
    private static final int CHECKED = 0x3f;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final PlannerLimits limits;
    private final long deadline;
    private int positions;
    private int steps;
    private @Nullable Issue issue;

    Budget(PlannerLimits limits) {
        this.limits = limits;
        this.deadline = now() + limits.timeout().toNanos();
    }

    /// The processor time of this thread: on a busy machine nobody's plan fails for the work of
    /// others.
    private static long now() {
        return THREADS.isCurrentThreadCpuTimeSupported() && !Thread.currentThread().isVirtual()
                ? THREADS.getCurrentThreadCpuTime()
                : System.nanoTime();
    }

    /// The most ways to one leaf.
    int maxWays() {
        return limits.maxWays();
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
        positions++;
        if (positions > limits.maxPositions()) {
            fail(
                    Planner.TOO_COMPLEX,
                    "The operation has too many ways to be planned: more than %d places were looked at."
                            .formatted(limits.maxPositions()));
        }
        if ((positions & CHECKED) == 1) {
            checkTime();
        }
    }

    /// Counts a step of the search for a cheaper plan.
    void step() {
        steps++;
        if ((steps & CHECKED) == 0) {
            checkTime();
        }
    }

    boolean hasSteps() {
        return steps < limits.maxSteps() && !exhausted();
    }

    private void checkTime() {
        if (now() - deadline >= 0) {
            fail(
                    Planner.PLANNING_TIMEOUT,
                    "Planning the operation took longer than %d ms."
                            .formatted(limits.timeout().toMillis()));
        }
    }
}
