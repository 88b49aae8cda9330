package dev.trivium.server.compose;

import dev.trivium.composition.CompositionResult;
import dev.trivium.composition.SubgraphSource;
import dev.trivium.language.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Loads the subgraphs again and again, composes them when they differ from before, and tells what
/// has changed: which subgraphs, and what that means for clients. What cannot be read or does not
/// compose is shown, and watched on.
final class WatchSubgraphs {
    private final Duration interval;
    private final PrintWriter out;
    private List<SubgraphSource> subgraphs = List.of();
    private @Nullable String apiSchema;

    /// Reads the configuration and all schemas.
    interface Load {
        Outcome<ComposeInput> load() throws InterruptedException;
    }

    /// Composes what was loaded and shows it.
    interface Show {
        /// @return null where there was nothing to compose
        @Nullable CompositionResult show(Outcome<ComposeInput> loaded) throws IOException;
    }

    WatchSubgraphs(Duration interval, PrintWriter out) {
        this.interval = interval;
        this.out = out;
    }

    /// Runs until the thread is interrupted.
    void run(Load load, Show show) throws IOException {
        try {
            Outcome<ComposeInput> before = load.load();
            remember(before, show.show(before));
            while (true) {
                Thread.sleep(interval);
                Outcome<ComposeInput> now = load.load();
                if (!now.equals(before)) {
                    tellChanged(now);
                    remember(now, show.show(now));
                    before = now;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellChanged(Outcome<ComposeInput> now) {
        if (now instanceof Outcome.Accepted<ComposeInput>(var input)) {
            SortedSet<String> changed = changed(subgraphs, input.subgraphs());
            String names = changed.isEmpty() ? "no schema" : String.join(", ", changed);
            out.println("changed: " + names);
            out.flush();
        }
    }

    private void remember(Outcome<ComposeInput> loaded, @Nullable CompositionResult result) {
        if (loaded instanceof Outcome.Accepted<ComposeInput>(var input)) {
            subgraphs = input.subgraphs();
        }
        if (result instanceof CompositionResult.Composed composed) {
            if (apiSchema != null) {
                var _ = ApiChanges.between(apiSchema, composed.apiSchemaSdl()).print(out);
            }
            apiSchema = composed.apiSchemaSdl();
        }
    }

    /// The names of the subgraphs that are new, gone or different.
    static SortedSet<String> changed(List<SubgraphSource> before, List<SubgraphSource> now) {
        Map<String, SubgraphSource> then = byName(before);
        Map<String, SubgraphSource> here = byName(now);
        SortedSet<String> names = new TreeSet<>(then.keySet());
        names.addAll(here.keySet());
        names.removeIf(name -> here.containsKey(name) && here.get(name).equals(then.get(name)));
        return names;
    }

    private static Map<String, SubgraphSource> byName(List<SubgraphSource> sources) {
        Map<String, SubgraphSource> byName = new HashMap<>();
        sources.forEach(source -> byName.put(source.name(), source));
        return byName;
    }
}
