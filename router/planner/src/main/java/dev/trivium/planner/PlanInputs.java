package dev.trivium.planner;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a plan depends on beyond the operation and the supergraph; a part of the plan's cache key.
///
/// Two requests with one operation get one plan if these are equal, so that as little as possible
/// may be in here: of the labels only those that the operation can meet ({@link Planner#labels}),
/// and of percentages only whether they hold.
///
/// @param activeLabels the labels of progressive overrides that hold for the request
public record PlanInputs(Set<String> activeLabels) {
    public static final PlanInputs NONE = new PlanInputs(Set.of());

    private static final String PERCENT = "percent(";

    public PlanInputs {
        activeLabels = Set.copyOf(activeLabels);
    }

    /// Decides which labels hold.
    ///
    /// @param labels those that the operation can meet
    /// @param draw from 0 inclusive to 100 exclusive; the label `percent(x)` holds where it is less
    ///   than x. One for all labels of a request: whoever is among the first 5 percent is also
    ///   among the first 50
    /// @param custom the percentages of other labels; one that is not there never holds
    public static PlanInputs decide(Set<String> labels, double draw, Map<String, Integer> custom) {
        Set<String> active = new TreeSet<>();
        for (String label : labels) {
            double most = isPercentage(label) ? percentage(label) : custom.getOrDefault(label, 0);
            if (draw < most) {
                active.add(label);
            }
        }
        return active.isEmpty() ? NONE : new PlanInputs(active);
    }

    private static boolean isPercentage(String label) {
        return label.startsWith(PERCENT) && label.endsWith(")");
    }

    /// Composition has checked the number; in a supergraph of another origin, what is none never
    /// holds.
    private static double percentage(String label) {
        try {
            return Double.parseDouble(label.substring(PERCENT.length(), label.length() - 1));
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
