package dev.trivium.local;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes back what commits add to the file: when nobody has written for a moment, or when the file
/// has grown so much that it cannot wait for one.
final class Compaction implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
    private static final long GROWTH_WORTH_A_REST = 4L << 20;
    private static final long GROWTH_THAT_CANNOT_WAIT = 256L << 20;
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final StoreFile file;
    private final GroupCommit commits;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("compaction").factory());
    private long changesBefore;
    private long bytesAfterLast;

    Compaction(StoreFile file, GroupCommit commits) {
        this.file = file;
        this.commits = commits;
        this.bytesAfterLast = file.bytes();
    }

    void start() {
        long millis = INTERVAL.toMillis();
        var _ = timer.scheduleWithFixedDelay(this::check, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void check() {
        try {
            long changes = commits.changes();
            boolean idle = changes == changesBefore;
            changesBefore = changes;
            long growth = file.bytes() - bytesAfterLast;
            if (growth > (idle ? GROWTH_WORTH_A_REST : GROWTH_THAT_CANNOT_WAIT)) {
                commits.exclusively(file::compact);
                bytesAfterLast = file.bytes();
            }
        } catch (RuntimeException e) {
            // The timer would stop silently; an oversized file is worth a line, and another try.
            LOG.warn("Cannot compact the file of the databases", e);
        }
    }

    /// Waits for a compaction that is under way.
    @Override
    public void close() {
        timer.close();
    }
}
