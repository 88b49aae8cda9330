package dev.trivium.server.persisted;

import dev.trivium.server.configuration.AutomaticPersistedQueries.SharedCache;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Registered documents that several routers share, on a Valkey or Redis server, behind those of
/// this process. Whatever the server does, requests go on: one that does not answer in time is left
/// alone for a while, and nothing that it says is believed without the hash.
public final class DocumentsInRedis implements RegisteredDocuments {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentsInRedis.class);

    private static final long PAUSE_NANOSECONDS = TimeUnit.SECONDS.toNanos(1);
    private static final int CONNECTIONS = 4;
    private static final int MOST_WAITING = 1_000;

    private final RegisteredDocuments memory;
    private final SharedCache settings;
    private final Redis redis;
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile long pausedSince = System.nanoTime() - PAUSE_NANOSECONDS;

    /// @param memory is asked first
    public DocumentsInRedis(RegisteredDocuments memory, SharedCache settings, Vertx vertx) {
        this.memory = memory;
        this.settings = settings;
        this.redis =
                Redis.createClient(
                        vertx,
                        new RedisOptions()
                                .setConnectionString(settings.url())
                                .setMaxPoolSize(CONNECTIONS)
                                .setMaxPoolWaiting(MOST_WAITING)
                                .setMaxWaitingHandlers(MOST_WAITING));
    }

    @Override
    public CompletableFuture<@Nullable String> find(String hash) {
        var known = memory.find(hash);
        if (known.join() != null || isPaused()) {
            return known;
        }
        var ttl = Long.toString(settings.ttl().toSeconds());
        var command = Request.cmd(Command.GETEX).arg(key(hash)).arg("EX").arg(ttl);
        var found = new CompletableFuture<@Nullable String>();
        send(command).onComplete(answer -> found.complete(received(hash, answer.result())));
        return found;
    }

    private @Nullable String received(String hash, @Nullable Response response) {
        if (response == null) {
            return null;
        }
        var text = response.toString();
        if (!Sha256.hex(text).equals(hash)) {
            LOG.warn("{} holds a document under a hash that it does not have", settings.url());
            return null;
        }
        memory.add(hash, text);
        return text;
    }

    @Override
    public void add(String hash, String text) {
        memory.add(hash, text);
        if (!isPaused()) {
            var ttl = Long.toString(settings.ttl().toSeconds());
            var _ = send(Request.cmd(Command.SET).arg(key(hash)).arg(text).arg("EX").arg(ttl));
        }
    }

    private String key(String hash) {
        return settings.namespace() + hash;
    }

    /// @return succeeded with null where the server does not answer
    private Future<@Nullable Response> send(Request command) {
        return redis.send(command)
                .timeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(_ -> succeeded())
                .recover(failure -> {
                    failed(failure);
                    return Future.succeededFuture();
                });
    }

    private boolean isPaused() {
        return System.nanoTime() - pausedSince < PAUSE_NANOSECONDS;
    }

    private void failed(Throwable failure) {
        pausedSince = System.nanoTime();
        if (!failing.getAndSet(true)) {
            LOG.warn(
                    "The persisted query cache does not answer, this process's memory goes on: {}",
                    String.valueOf(failure.getMessage()));
        }
    }

    private void succeeded() {
        if (failing.getAndSet(false)) {
            LOG.info("The persisted query cache answers again");
        }
    }

    @Override
    public void close() {
        redis.close();
        memory.close();
    }
}
