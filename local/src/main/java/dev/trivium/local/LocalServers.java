package dev.trivium.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// The program: the servers in one process, their data under one directory.
///
/// Exit codes: 1 for a failure, 2 when a port or the directory is in use, 64 for a wrong command
/// line.
public final class LocalServers implements AutoCloseable {
    private static final int EXIT_FAILURE = 1;
    private static final int EXIT_IN_USE = 2;
    private static final int EXIT_USAGE = 64;

    private final @Nullable EmbeddedMongo mongo;
    private final @Nullable EmbeddedBroker broker;
    private final FileLock lock;

    private LocalServers(
            @Nullable EmbeddedMongo mongo, @Nullable EmbeddedBroker broker, FileLock lock) {
        this.mongo = mongo;
        this.broker = broker;
        this.lock = lock;
    }

    public static void main(String... arguments) throws InterruptedException {
        switch (Options.parse(arguments)) {
            case Options.Wrong(String reason) -> fail(EXIT_USAGE, reason + "\n" + Options.USAGE);
            case Options.Serve serve -> serve(serve);
        }
    }

    private static void serve(Options.Serve options) throws InterruptedException {
        requireFree(options.mongodbPort(), "MongoDB", "--mongodb-port");
        requireFree(options.amqpPort(), "AMQP", "--amqp-port");
        try {
            FileLock lock = lock(options.data());
            if (lock == null) {
                fail(
                        EXIT_IN_USE,
                        "The data in %s is in use by another process: stop it, or give another --data."
                                .formatted(options.data()));
                return;
            }
            prepare(options.data());
            LocalServers servers = start(options, lock);
            Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "shutdown"));
            System.out.printf(
                    "trivium-local is ready: %s, data in %s%n", servers.uris(), options.data());
        } catch (IOException | RuntimeException e) {
            fail(EXIT_FAILURE, "The local servers do not start: " + e);
        }
        new CountDownLatch(1).await();
    }

    /// Locks the directory for as long as the lock is referred to; null when another process has
    /// it.
    private static @Nullable FileLock lock(Path data) throws IOException {
        Files.createDirectories(data);
        return FileChannel.open(
                        data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .tryLock();
    }

    private static void prepare(Path data) {
        // The broker would write into the working directory otherwise.
        System.setProperty("QPID_WORK", data.toAbsolutePath().toString());
        // 4 MB of pages instead of 32: queues are short.
        System.setProperty("derby.storage.pageCacheSize", "128");
        System.setProperty("logback.configurationFile", "dev/trivium/local/logback.xml");
        // Two servers that start at once would both initialize logging.
        Objects.requireNonNull(LoggerFactory.getILoggerFactory());
    }

    /// Starts what is asked for, both at once.
    private static LocalServers start(Options.Serve options, FileLock lock) {
        Path data = options.data();
        CompletableFuture<@Nullable EmbeddedMongo> mongo =
                CompletableFuture.supplyAsync(() ->
                        options.mongodbPort().isEmpty()
                                ? null
                                : EmbeddedMongo.persistent(
                                        data.resolve("mongodb"), options.mongodbPort().getAsInt()));
        EmbeddedBroker broker =
                options.amqpPort().isEmpty()
                        ? null
                        : EmbeddedBroker.persistent(
                                data.resolve("amqp"), options.amqpPort().getAsInt());
        return new LocalServers(mongo.join(), broker, lock);
    }

    private String uris() {
        return Stream.of(mongo == null ? "" : mongo.uri(), broker == null ? "" : broker.uri())
                .filter(uri -> !uri.isEmpty())
                .collect(Collectors.joining(" and "));
    }

    private static void requireFree(OptionalInt port, String protocol, String option) {
        if (port.isEmpty()) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.getAsInt()));
        } catch (IOException e) {
            fail(
                    EXIT_IN_USE,
                    "Port %d for %s is taken: stop what listens on it, or choose another with %s."
                            .formatted(port.getAsInt(), protocol, option));
        }
    }

    private static void fail(int code, String message) {
        System.err.println("trivium-local: " + message);
        // Not exit: a server that is half up must not delay the message's effect.
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    @Override
    public void close() {
        if (broker != null) {
            broker.close();
        }
        if (mongo != null) {
            mongo.close();
        }
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            // The process ends, which unlocks as well.
        }
    }
}
