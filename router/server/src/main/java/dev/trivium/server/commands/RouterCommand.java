package dev.trivium.server.commands;

import dev.trivium.language.Outcome;
import dev.trivium.server.FileWatch;
import dev.trivium.server.Generations.Replaced;
import dev.trivium.server.RouterServer;
import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.configuration.Configuration.Listen;
import dev.trivium.server.configuration.ConfigurationReader;
import dev.trivium.server.schema.Operations.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `router`: serves a supergraph until it is told to stop.
@Command(
        name = "router",
        description = "Serves a supergraph.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Environment: SUPERGRAPH_FILE_PATH, ROUTER_CONFIG_FILE_PATH, HOST, PORT, LOG_LEVEL.",
            "An option beats the environment, and the environment the file."
        })
final class RouterCommand implements Callable<Integer> {
    /// Not an exit status: the program goes on.
    static final int RUNNING = -1;

    private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(1);
    private static final int NAMES_IN_LOG = 10;
    private static final int CANNOT_START = 1;
    static final int WRONG_INPUT = 2;

    private static final Logger LOG = LoggerFactory.getLogger(RouterCommand.class);

    @Option(
            names = {"-s", "--supergraph"},
            paramLabel = "FILE",
            description = "the composed schema")
    private @Nullable Path supergraph;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "the configuration, router.yaml")
    private @Nullable Path config;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "N",
            description = "the port to listen on (default: 4000)")
    private @Nullable Integer port;

    @Option(
            names = "--hot-reload",
            description = "serve the supergraph's file anew when it changes")
    private boolean hotReload;

    @Option(names = "--dev", description = "let the explorer show query plans; not for production")
    private boolean development;

    @Spec private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment = System.getenv();

    @Override
    public Integer call() throws Exception {
        var configFile = config == null ? path("ROUTER_CONFIG_FILE_PATH") : config;
        if (configFile != null && !Files.isReadable(configFile)) {
            return fail(WRONG_INPUT, "the configuration " + configFile + " cannot be read");
        }
        var read =
                configFile == null
                        ? new Outcome.Accepted<>(ConfigurationReader.defaults())
                        : ConfigurationReader.read(
                                Files.readString(configFile), configFile.toString(), environment);
        return switch (read) {
            case Outcome.Rejected<Configuration>(var issues) ->
                    fail(WRONG_INPUT, ConfigurationReader.describe(issues));
            case Outcome.Accepted<Configuration>(var configuration) ->
                    serve(configuration, configFile);
        };
    }

    private int serve(Configuration configuration, @Nullable Path configFile) throws Exception {
        var file = supergraphFile(configuration, configFile);
        if (file == null) {
            return fail(WRONG_INPUT, "which supergraph? Name a file with --supergraph FILE");
        }
        if (!Files.isReadable(file)) {
            return fail(WRONG_INPUT, "the supergraph " + file + " cannot be read");
        }
        Listen listen;
        try {
            listen = listen(configuration.listen());
        } catch (NumberFormatException _) {
            return fail(WRONG_INPUT, "PORT must be a number: " + environment.get("PORT"));
        }
        var sdl = Files.readString(file);
        var settings = development ? configuration.withDevelopment() : configuration;
        return switch (RouterServer.start(sdl, settings.withListen(listen))) {
            case Outcome.Rejected<RouterServer>(var issues) ->
                    fail(CANNOT_START, ConfigurationReader.describe(issues, file.toString()));
            case Outcome.Accepted<RouterServer>(var server) -> {
                if (hotReload) {
                    var _ =
                            FileWatch.start(
                                    List.of(file),
                                    () -> Files.readString(file),
                                    sdl,
                                    RELOAD_INTERVAL,
                                    it -> reload(server, file, it));
                }
                yield started(server, listen);
            }
        };
    }

    /// The file is looked at until the process ends.
    private static void reload(RouterServer server, Path file, String sdl) {
        switch (server.reload(sdl)) {
            case Outcome.Rejected<Replaced>(var issues) ->
                    LOG.error(
                            "The supergraph has changed and is not valid, the last one stays: {}",
                            ConfigurationReader.describe(issues, file.toString()));
            case Outcome.Accepted<Replaced>(var replaced) -> {
                LOG.info(
                        "Another supergraph is served, {} operations are planned for it already",
                        replaced.warmedUp().size() - replaced.broken().size());
                if (!replaced.broken().isEmpty()) {
                    LOG.warn(
                            "It has no answer for {} operations that clients send, among them {}",
                            replaced.broken().size(),
                            names(replaced.broken()));
                }
            }
        }
    }

    private static List<String> names(List<Text> texts) {
        return texts.stream()
                .map(it -> it.operationName() == null ? "one without a name" : it.operationName())
                .distinct()
                .limit(NAMES_IN_LOG)
                .toList();
    }

    private int started(RouterServer server, Listen listen) {
        var stop = new Thread(() -> stop(server), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        LOG.info(
                "The router answers at {}://{}:{}/graphql",
                server.scheme(),
                listen.host(),
                server.port());
        return RUNNING;
    }

    /// Runs on SIGTERM and SIGINT. The JVM would report the signal as its status; to stop when told
    /// to is a success.
    private static void stop(RouterServer server) {
        LOG.info("Stopping: requests under way may finish");
        server.close();
        LOG.info("Stopped");
        Runtime.getRuntime().halt(0);
    }

    private @Nullable Path supergraphFile(Configuration configuration, @Nullable Path configFile) {
        if (supergraph != null) {
            return supergraph;
        }
        var named = path("SUPERGRAPH_FILE_PATH");
        var configured = configuration.supergraph().path();
        if (named != null || configured == null || configFile == null) {
            return named;
        }
        return configFile.toAbsolutePath().resolveSibling(configured);
    }

    private Listen listen(Listen configured) {
        var host = environment.getOrDefault("HOST", configured.host());
        var named = environment.get("PORT");
        if (port != null) {
            return new Listen(host, port);
        }
        return new Listen(host, named == null ? configured.port() : Integer.parseInt(named));
    }

    private @Nullable Path path(String variable) {
        var value = environment.get(variable);
        return value == null || value.isEmpty() ? null : Path.of(value);
    }

    private int fail(int status, String message) {
        var err = spec.commandLine().getErr();
        err.println("trivium: " + message);
        err.flush();
        return status;
    }
}
