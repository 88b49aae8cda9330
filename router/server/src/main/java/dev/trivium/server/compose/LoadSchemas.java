package dev.trivium.server.compose;

import dev.trivium.composition.SubgraphSource;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.CompositionConfiguration;
import dev.trivium.server.configuration.CompositionConfiguration.InlineSchema;
import dev.trivium.server.configuration.CompositionConfiguration.RunningSubgraph;
import dev.trivium.server.configuration.CompositionConfiguration.SchemaFile;
import dev.trivium.server.configuration.CompositionConfiguration.SubgraphEntry;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Reads the schemas that a compose file names: files from the disk, others from the subgraphs that
/// run, all at the same time.
final class LoadSchemas {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String INTROSPECTION = "{\"query\":\"{ _service { sdl } }\"}";

    /// The code of a file that cannot be read.
    static final String UNREADABLE = "UNREADABLE";

    /// The code of a server that gives no schema.
    static final String DOWNSTREAM_SERVICE_ERROR = "DOWNSTREAM_SERVICE_ERROR";

    private final Path folder;
    private final @Nullable HttpClient client;

    private LoadSchemas(Path folder, @Nullable HttpClient client) {
        this.folder = folder;
        this.client = client;
    }

    /// @param folder what relative paths start from
    static Outcome<List<SubgraphSource>> load(CompositionConfiguration config, Path folder)
            throws InterruptedException {
        boolean remote =
                config.subgraphs().stream()
                        .anyMatch(entry -> entry.schema() instanceof RunningSubgraph);
        if (!remote) {
            return new LoadSchemas(folder, null).all(config);
        }
        try (HttpClient client =
                HttpClient.newBuilder()
                        .connectTimeout(TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build()) {
            return new LoadSchemas(folder, client).all(config);
        }
    }

    private Outcome<List<SubgraphSource>> all(CompositionConfiguration config)
            throws InterruptedException {
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
        return issues.isEmpty() ? new Outcome.Accepted<>(sources) : new Outcome.Rejected<>(issues);
    }

    private Outcome<SubgraphSource> load(SubgraphEntry entry) throws InterruptedException {
        return switch (entry.schema()) {
            case InlineSchema(var sdl) -> accepted(entry, sdl);
            case SchemaFile file -> fromFile(entry, file);
            case RunningSubgraph running -> fromServer(entry, running);
        };
    }

    private static Outcome<SubgraphSource> accepted(SubgraphEntry entry, String sdl) {
        return new Outcome.Accepted<>(new SubgraphSource(entry.name(), entry.routingUrl(), sdl));
    }

    private Outcome<SubgraphSource> fromFile(SubgraphEntry entry, SchemaFile file) {
        try {
            return accepted(entry, Files.readString(folder.resolve(file.path())));
        } catch (IOException e) {
            return rejected(UNREADABLE, "the schema of " + entry.name() + " cannot be read: " + e);
        }
    }

    private Outcome<SubgraphSource> fromServer(SubgraphEntry entry, RunningSubgraph running)
            throws InterruptedException {
        if (client == null) {
            throw new IllegalStateException("no client");
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(running.url())
                        .timeout(TIMEOUT)
                        .header("content-type", "application/json")
                        .header("accept", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(INTROSPECTION));
        running.headers().forEach(request::setHeader);
        try {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String sdl = sdl(response.body());
            return sdl == null
                    ? unusable(entry, running, "status " + response.statusCode() + " without SDL")
                    : accepted(entry, sdl);
        } catch (IOException | IllegalArgumentException e) {
            return unusable(entry, running, e.toString());
        }
    }

    private static @Nullable String sdl(String body) {
        try {
            JsonObject data = new JsonObject(body).getJsonObject("data");
            JsonObject service = data == null ? null : data.getJsonObject("_service");
            return service == null ? null : service.getString("sdl");
        } catch (DecodeException | ClassCastException _) {
            return null;
        }
    }

    private static Outcome<SubgraphSource> unusable(
            SubgraphEntry entry, RunningSubgraph running, String reason) {
        return rejected(
                DOWNSTREAM_SERVICE_ERROR,
                "subgraph "
                        + entry.name()
                        + " at "
                        + running.url()
                        + " gives no schema: "
                        + reason);
    }

    private static Outcome<SubgraphSource> rejected(String code, String message) {
        return new Outcome.Rejected<>(new Issue(code, message, List.of()));
    }
}
