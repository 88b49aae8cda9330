package dev.trivium.server.compose;

import dev.trivium.composition.CompositionResult;
import dev.trivium.composition.SubgraphSource;
import dev.trivium.language.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Loads the subgraphs every second, and tells what has changed: which subgraphs, and what that
/// means for clients.
final class WatchSubgraphs {
    private static final long SECONDS = 1;

    private final PrintWriter out;
    private @Nullable String apiSchema;

    /// Reads the configuration and all schemas.
    interface Load {
        Outcome<List<SubgraphSource>> load() throws InterruptedException;
    }

    /// Composes what was loaded and shows it.
    interface Show {
        @Nullable CompositionResult show(Outcome<List<SubgraphSource>> loaded) throws IOException;
    }

    WatchSubgraphs(PrintWriter out) {
        this.out = out;
    }

    /// Runs until the thread is interrupted.
    void run(Load load, Show show) throws IOException, InterruptedException {
        Outcome<List<SubgraphSource>> before = load.load();
        remember(show.show(before));
        while (!Thread.currentThread().isInterrupted()) {
            TimeUnit.SECONDS.sleep(SECONDS);
            Outcome<List<SubgraphSource>> now = load.load();
            if (!now.equals(before)) {
                out.println("changed: " + String.join(", ", changed(before, now)));
                out.flush();
                remember(show.show(now));
                before = now;
            }
        }
    }

    private void remember(@Nullable CompositionResult result) throws IOException {
        if (result instanceof CompositionResult.Composed composed) {
            if (apiSchema != null) {
                ApiChanges.between(apiSchema, composed.apiSchemaSdl()).print(out);
            }
            apiSchema = composed.apiSchemaSdl();
        }
    }

    /// The names of the subgraphs that are new, gone or different.
    static SortedSet<String> changed(
            Outcome<List<SubgraphSource>> before, Outcome<List<SubgraphSource>> now) {
        Map<String, SubgraphSource> then = byName(before);
        Map<String, SubgraphSource> here = byName(now);
        SortedSet<String> names = new TreeSet<>(then.keySet());
        names.addAll(here.keySet());
        names.removeIf(name -> here.containsKey(name) && here.get(name).equals(then.get(name)));
        return names;
    }

    private static Map<String, SubgraphSource> byName(Outcome<List<SubgraphSource>> loaded) {
        return loaded instanceof Outcome.Accepted<List<SubgraphSource>>(var sources)
                ? sources.stream()
                        .collect(
                                Collectors.toMap(
                                        SubgraphSource::name, Function.identity(), (a, _) -> a))
                : Map.of();
    }
}
