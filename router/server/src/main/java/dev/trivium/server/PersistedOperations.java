package dev.trivium.server;

import dev.trivium.language.ClientSchema;
import dev.trivium.language.ParserLimits;
import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.configuration.PersistedQueries.Mode;
import dev.trivium.server.persisted.DocumentResolver;
import dev.trivium.server.persisted.DocumentsInMemory;
import dev.trivium.server.persisted.DocumentsInRedis;
import dev.trivium.server.persisted.Manifest;
import dev.trivium.server.persisted.RegisteredDocuments;
import dev.trivium.server.persisted.UnknownOperations;
import dev.trivium.server.schema.Schema;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What outlives a generation of what its {@link DocumentResolver} works with.
final class PersistedOperations implements AutoCloseable {
    private final Mode mode;
    private final ParserLimits limits;
    private final Executor workers;
    private final @Nullable RegisteredDocuments registered;
    private final @Nullable UnknownOperations unknown;

    PersistedOperations(Configuration configuration, Vertx vertx, Executor workers) {
        var settings = configuration.persistedQueries();
        this.mode = settings.mode();
        this.limits = Schema.limits(configuration.limits());
        this.workers = workers;
        this.registered = registered(configuration, vertx, workers);
        this.unknown =
                mode == Mode.LOG_UNKNOWN || settings.learn() != null
                        ? new UnknownOperations(mode == Mode.LOG_UNKNOWN, settings.learn(), limits)
                        : null;
    }

    private static @Nullable RegisteredDocuments registered(
            Configuration configuration, Vertx vertx, Executor workers) {
        var apq = configuration.apq();
        if (!apq.enabled()) {
            return null;
        }
        var memory = new DocumentsInMemory(apq.maxBytes(), workers);
        var redis = apq.redis();
        return redis == null ? memory : new DocumentsInRedis(memory, redis, vertx);
    }

    DocumentResolver resolver(Manifest manifest, ClientSchema schema) {
        return new DocumentResolver(
                manifest,
                mode,
                limits,
                registered,
                unknown == null
                        ? null
                        : (text, clientName) -> unknown.seen(text, clientName, schema),
                workers);
    }

    @Override
    public void close() {
        if (registered != null) {
            registered.close();
        }
        if (unknown != null) {
            unknown.close();
        }
    }
}
