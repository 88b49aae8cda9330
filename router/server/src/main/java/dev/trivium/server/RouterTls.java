package dev.trivium.server;

import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.configuration.ConfigurationReader;
import dev.trivium.server.configuration.TlsToClients;
import dev.trivium.server.configuration.TlsToClients.Content;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate that clients see, and how the next one takes its place.
///
/// @param files null for clear text
/// @param content what they hold at first
record RouterTls(Vertx vertx, @Nullable TlsToClients files, @Nullable Content content) {
    private static final Logger LOG = LoggerFactory.getLogger(RouterTls.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    static Outcome<RouterTls> start(Configuration configuration, Vertx vertx) {
        var files = configuration.tls().clients();
        return files == null
                ? new Outcome.Accepted<>(new RouterTls(vertx, null, null))
                : ServerTls.read(files, vertx)
                        .then(content ->
                                new Outcome.Accepted<>(new RouterTls(vertx, files, content)));
    }

    /// Looks for other files from now on. Those that cannot be used change nothing.
    @Nullable FileWatch<?> watch(List<HttpVerticle> loops) {
        var watched = files;
        var first = content;
        if (watched == null || first == null) {
            return null;
        }
        Outcome<Content> known = new Outcome.Accepted<>(first);
        return FileWatch.start(
                watched.files(),
                () -> ServerTls.read(watched, vertx),
                known,
                INTERVAL,
                changed -> replace(changed, loops));
    }

    private static void replace(Outcome<Content> changed, List<HttpVerticle> loops) {
        switch (changed) {
            case Outcome.Accepted<Content>(var content) -> {
                for (var loop : loops) {
                    loop.replace(content).await();
                }
                LOG.info("Another certificate is shown to clients");
            }
            case Outcome.Rejected<Content>(var issues) ->
                    LOG.error(
                            "The certificate for clients has changed and is not valid, the last one"
                                    + " stays: {}",
                            ConfigurationReader.describe(issues));
        }
    }
}
