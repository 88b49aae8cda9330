package dev.trivium.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreTool;

/// The file that holds the databases. It only ever changes by explicit commits, so that no commit
/// falls into the middle of a command; a commit adds some 33 KB, which compaction takes back.
final class StoreFile {
    private static final int CACHE_MEGABYTES = 16;
    private static final int COMPACTION_PAUSE_MILLIS = 300;

    private final Path path;
    private final MVStore store;

    private StoreFile(Path path, MVStore store) {
        this.path = path;
        this.store = store;
    }

    /// Opens the file, compacted, or creates it.
    ///
    /// @throws org.h2.mvstore.MVStoreException when another process has it open
    static StoreFile open(Path path) {
        String name = path.toString();
        MVStoreTool.compactCleanUp(name);
        if (Files.exists(path)) {
            MVStoreTool.compact(name, false);
        }
        MVStore store =
                new MVStore.Builder()
                        .fileName(name)
                        .cacheSize(CACHE_MEGABYTES)
                        .autoCommitDisabled()
                        .autoCommitBufferSize(0)
                        .open();
        return new StoreFile(path, store);
    }

    MVStore store() {
        return store;
    }

    long bytes() {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Rewrites what is sparsely used, for a bounded time.
    void compact() {
        store.compactFile(COMPACTION_PAUSE_MILLIS);
    }
}
