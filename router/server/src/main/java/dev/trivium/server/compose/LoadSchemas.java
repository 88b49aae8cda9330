package dev.trivium.server.compose;

import dev.trivium.composition.SubgraphSource;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.CompositionConfiguration;
import dev.trivium.server.configuration.CompositionConfiguration.InlineSchema;
import dev.trivium.server.configuration.CompositionConfiguration.RunningSubgraph;
import dev.trivium.server.configuration.CompositionConfiguration.SchemaFile;
import dev.trivium.server.configuration.CompositionConfiguration.SubgraphEntry;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Reads the schemas that a compose file names: files from the disk, others from the subgraphs that
/// run, all at the same time.
///
/// @param folder what relative paths start from
/// @param timeout for the whole answer of a subgraph
record LoadSchemas(Path folder, Duration timeout) {
    /// The code that composition, too, gives to what is no schema.
    private static final String INVALID_GRAPHQL = "INVALID_GRAPHQL";

    Outcome<ComposeInput> load(CompositionConfiguration config) throws InterruptedException {
        List<SubgraphSource> sources = new ArrayList<>();
        List<Issue> issues = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome<SubgraphSource>>> loading =
                    config.subgraphs().stream()
                            .map(entry -> threads.submit(() -> load(entry)))
                            .toList();
            for (Future<Outcome<SubgraphSource>> each : loading) {
                switch (each.get()) {
                    case Outcome.Accepted<SubgraphSource>(var source) -> sources.add(source);
                    case Outcome.Rejected<SubgraphSource>(var found) -> issues.addAll(found);
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return issues.isEmpty()
                ? new Outcome.Accepted<>(new ComposeInput(config.newest(), sources))
                : new Outcome.Rejected<>(issues);
    }

    private Outcome<SubgraphSource> load(SubgraphEntry entry) throws InterruptedException {
        Outcome<String> sdl =
                switch (entry.schema()) {
                    case InlineSchema(var text) -> new Outcome.Accepted<>(text);
                    case SchemaFile(var path) -> fromFile(entry.name(), path);
                    case RunningSubgraph running -> fromServer(entry.name(), running);
                };
        return sdl.then(text ->
                text.isBlank()
                        ? rejected(INVALID_GRAPHQL, "the schema of " + entry.name() + " is empty")
                        : new Outcome.Accepted<>(
                                new SubgraphSource(entry.name(), entry.routingUrl(), text)));
    }

    private Outcome<String> fromFile(String name, String path) {
        Path file;
        try {
            file = folder.resolve(path);
        } catch (InvalidPathException e) {
            return rejected(
                    TextFile.UNREADABLE,
                    "the schema of %s cannot be read: %s".formatted(name, e.getMessage()));
        }
        return TextFile.read(file, "the schema of %s, %s,".formatted(name, file.normalize()));
    }

    private static <T> Outcome<T> rejected(String code, String message) {
        return new Outcome.Rejected<>(new Issue(code, message, List.of()));
    }

    private Outcome<String> fromServer(String name, RunningSubgraph running)
            throws InterruptedException {
        try (var introspect = new IntrospectSubgraph(timeout)) {
            return introspect.sdl(name, running);
        }
    }
}
