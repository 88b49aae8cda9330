package dev.trivium.local;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/// A server for the MongoDB protocol on the loopback interface.
///
/// With a directory, a write is in the directory's file before it is acknowledged, so that it
/// survives the death of the process; without one, everything stays in memory.
///
/// Compared with MongoDB it lacks sessions, transactions, change streams, TTL deletion, collation,
/// `$text`, partial indexes and pipeline updates.
public final class EmbeddedMongo implements AutoCloseable {
    /// A thread serves several connections, and waits while a commit runs: enough of them, and
    /// concurrent writers share commits.
    private static final int SERVING_THREADS = 16;

    private static final String FILE = "mongodb.mv";

    private final MongoServer server;
    private final int port;
    private final @Nullable Compaction compaction;

    private EmbeddedMongo(MongoServer server, int port, @Nullable Compaction compaction) {
        this.server = server;
        this.port = port;
        this.compaction = compaction;
    }

    /// Starts a server that forgets everything when it is closed.
    ///
    /// @param port 0 for any free one
    public static EmbeddedMongo inMemory(int port) {
        MVStore store = MVStore.open(null);
        return start(store, new GroupCommit(() -> {}), port, null);
    }

    /// Starts a server on the data in a directory, which is created when missing.
    ///
    /// @param port 0 for any free one
    public static EmbeddedMongo persistent(Path directory, int port) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StoreFile file = StoreFile.open(directory.resolve(FILE));
        GroupCommit commits = new GroupCommit(file.store()::commit);
        return start(file.store(), commits, port, new Compaction(file, commits));
    }

    private static EmbeddedMongo start(
            MVStore store, GroupCommit commits, int port, @Nullable Compaction compaction) {
        MongoServer server = new MongoServer(new DurableBackend(store, commits));
        server.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1, SERVING_THREADS);
        if (compaction != null) {
            compaction.start();
        }
        return new EmbeddedMongo(server, server.getLocalAddress().getPort(), compaction);
    }

    /// The port that it listens on.
    public int port() {
        return port;
    }

    /// Where drivers connect to, without a database.
    public String uri() {
        return "mongodb://127.0.0.1:" + port;
    }

    /// Closes all connections and then the file.
    @Override
    public void close() {
        if (compaction != null) {
            compaction.close();
        }
        server.shutdownNow();
    }
}
