package dev.trivium.server;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.configuration.Configuration.Listen;
import dev.trivium.server.configuration.ConfigurationReader;
import dev.trivium.server.persisted.Manifest;
import dev.trivium.server.persisted.ManifestReader;
import dev.trivium.server.schema.Schema;
import dev.trivium.server.subgraphs.ClientTls;
import dev.trivium.server.subgraphs.FailureLog;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running router.
public final class RouterServer implements AutoCloseable {
    /// How long requests may take to finish once the router is told to stop.
    private static final Duration GRACE = Duration.ofSeconds(30);

    static {
        // In a small heap, Netty's own choice takes each buffer of a long answer from the system.
        // Must be said before Netty's classes are loaded.
        if (System.getProperty("io.netty.allocator.type") == null) {
            System.setProperty("io.netty.allocator.type", "pooled");
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(RouterServer.class);

    private final Vertx vertx;
    private final List<HttpVerticle> loops;
    private final ExecutorService workers;
    private final Generations generations;
    private final @Nullable FileWatch<?> manifests;
    private final @Nullable FileWatch<?> certificates;

    private RouterServer(
            Vertx vertx,
            List<HttpVerticle> loops,
            ExecutorService workers,
            Generations generations,
            @Nullable FileWatch<?> manifests,
            @Nullable FileWatch<?> certificates) {
        this.vertx = vertx;
        this.loops = loops;
        this.workers = workers;
        this.generations = generations;
        this.manifests = manifests;
        this.certificates = certificates;
    }

    /// Starts to listen.
    ///
    /// @param sdl the text of the supergraph
    /// @return rejected if the supergraph is not valid, or the port cannot be had
    public static Outcome<RouterServer> start(String sdl, Configuration configuration) {
        int cores = Runtime.getRuntime().availableProcessors();
        // Both take some tenths of a second, most of it to load classes.
        var vertx = CompletableFuture.supplyAsync(() -> Vertx.vertx(options(cores)));
        var started =
                Generations.read(sdl, configuration)
                        .then(schema ->
                                ClientTls.checked(configuration.tls(), vertx.join())
                                        .then(_ -> manifest(configuration))
                                        .then(it -> Generations.rest(it, schema, configuration))
                                        .then(rest ->
                                                RouterTls.start(configuration, vertx.join())
                                                        .then(tls ->
                                                                start(
                                                                        schema,
                                                                        rest,
                                                                        configuration,
                                                                        tls,
                                                                        cores))));
        if (started instanceof Outcome.Rejected) {
            vertx.join().close().await();
        }
        return started;
    }

    private static Outcome<Manifest> manifest(Configuration configuration) {
        return ManifestReader.read(configuration.persistedQueries().manifests());
    }

    private static Outcome<RouterServer> start(
            Schema schema, RestApi rest, Configuration configuration, RouterTls tls, int cores) {
        var vertx = tls.vertx();
        var workers = Workers.start();
        var generations = new Generations(schema, rest, configuration, vertx, workers);
        List<HttpVerticle> loops = Collections.synchronizedList(new ArrayList<>());
        try {
            listen(tls, configuration, cores, generations, loops);
            return new Outcome.Accepted<>(
                    new RouterServer(
                            vertx,
                            loops,
                            workers,
                            generations,
                            watch(rest.manifest(), configuration, generations),
                            tls.watch(loops)));
        } catch (CompletionException failure) {
            generations.close();
            workers.shutdown();
            return new Outcome.Rejected<>(cannotListen(configuration.listen(), failure));
        }
    }

    /// Plans the trusted documents, and looks for others from then on.
    private static @Nullable FileWatch<?> watch(
            Manifest manifest, Configuration configuration, Generations generations) {
        var settings = configuration.persistedQueries();
        if (settings.manifests().isEmpty()) {
            return null;
        }
        Thread.ofVirtual().name("warm-up").start(generations::warmUpTrusted);
        return FileWatch.start(
                settings.manifests(),
                () -> manifest(configuration),
                new Outcome.Accepted<>(manifest),
                settings.pollInterval(),
                changed -> replace(changed, generations));
    }

    private static void replace(Outcome<Manifest> changed, Generations generations) {
        switch (changed.then(generations::replace)) {
            case Outcome.Accepted<RestApi>(var rest) ->
                    LOG.info("Other documents are trusted: {}", rest.manifest().documents().size());
            case Outcome.Rejected<RestApi>(var issues) ->
                    LOG.error(
                            "The trusted documents have changed and are not valid, the last ones"
                                    + " stay: {}",
                            ConfigurationReader.describe(issues));
        }
    }

    private static void listen(
            RouterTls tls,
            Configuration configuration,
            int instances,
            Supplier<Generation> generations,
            List<HttpVerticle> started) {
        var listen = configuration.listen();
        // Servers share a port by its number; a negative one stands for one free port.
        int number = listen.port() == 0 ? -1 : listen.port();
        var shared = new Listen(listen.host(), number);
        var failures = new FailureLog();
        var streams = StreamsOfAllLoops.of(configuration, failures);
        Supplier<HttpVerticle> factory =
                () -> {
                    var verticle =
                            new HttpVerticle(shared, tls.content(), generations, failures, streams);
                    started.add(verticle);
                    return verticle;
                };
        tls.vertx()
                .deployVerticle(factory, new DeploymentOptions().setInstances(instances))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static Issue cannotListen(Listen listen, CompletionException failure) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        var address = listen.host() + ":" + listen.port();
        var message = "cannot listen on " + address + ": " + cause.getMessage();
        return new Issue("CANNOT_LISTEN", message, List.of());
    }

    private static VertxOptions options(int loops) {
        return new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(loops)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(
                        new FileSystemOptions()
                                .setFileCachingEnabled(false)
                                .setClassPathResolvingEnabled(false));
    }

    public String scheme() {
        return certificates == null ? "http" : "https";
    }

    public int port() {
        return loops.getFirst().port();
    }

    /// Serves another supergraph, see {@link Generations#replace}.
    public Outcome<Generations.Replaced> reload(String sdl) {
        return generations
                .replace(sdl)
                .then(replaced -> {
                    var current = generations.get();
                    loops.forEach(loop -> loop.carryOver(current));
                    return new Outcome.Accepted<>(replaced);
                });
    }

    /// Stops to accept, lets the requests under way finish, and ends all threads.
    @Override
    public void close() {
        var stopped = loops.stream().map(loop -> loop.shutdown(GRACE)).toList();
        if (manifests != null) {
            manifests.close();
        }
        if (certificates != null) {
            certificates.close();
        }
        Future.join(stopped).await();
        generations.close();
        vertx.close().await();
        workers.shutdown();
    }
}
