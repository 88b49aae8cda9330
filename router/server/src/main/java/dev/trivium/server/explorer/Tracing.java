package dev.trivium.server.explorer;

import dev.trivium.planner.PlanPrinter;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.server.configuration.ExplorerSettings;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Records requests that ask for it, where that is allowed.
///
/// @param traces of all generations
/// @param plans prints those of this generation
public record Tracing(ExplorerSettings settings, Traces traces, PlanPrinter plans) {
    /// With the name of the trace, which the client makes up: whoever knows it can read the trace.
    public static final String HEADER = "trivium-trace";

    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z-]{16,64}");

    /// Starts to record a request.
    ///
    /// @param name as the client gave it, or null
    /// @return null if the request is not to be recorded
    public @Nullable Trace start(@Nullable String name, QueryPlan plan) {
        return name != null && settings.traces() && NAME.matcher(name).matches()
                ? traces.start(name, () -> plans.json(plan))
                : null;
    }

    /// @return the trace as JSON, null if there is none
    @Nullable String read(String name) {
        var trace = settings.traces() ? traces.find(name) : null;
        return trace == null ? null : trace.json();
    }
}
