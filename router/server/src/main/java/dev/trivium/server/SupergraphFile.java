package dev.trivium.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands over the text of the supergraph's file whenever it changes.
///
/// It looks at the file again and again: notifications of the file system do not tell when a link
/// to it changes, as Kubernetes does it, nor on every mounted volume.
final class SupergraphFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SupergraphFile.class);

    private final Path file;
    private final Consumer<String> changed;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("supergraph-file").factory());
    private String text;
    private @Nullable State state;

    /// What differs when a file has been written or replaced.
    private record State(FileTime modified, long size, @Nullable Object key) {}

    /// @param text what was read of the file before
    /// @param changed gets each new text; on a thread that may block
    private SupergraphFile(Path file, String text, Consumer<String> changed) {
        this.file = file;
        this.text = text;
        this.changed = changed;
    }

    static SupergraphFile watch(
            Path file, String text, Duration interval, Consumer<String> changed) {
        var watch = new SupergraphFile(file, text, changed);
        long nanos = interval.toNanos();
        var _ =
                watch.thread.scheduleWithFixedDelay(
                        watch::look, nanos, nanos, TimeUnit.NANOSECONDS);
        return watch;
    }

    private void look() {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            var now =
                    new State(
                            attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            if (now.equals(state)) {
                return;
            }
            var read = Files.readString(file);
            state = now;
            if (!read.equals(text)) {
                text = read;
                changed.accept(read);
            }
        } catch (IOException e) {
            if (state != null) {
                LOG.warn("The supergraph {} cannot be read, the last one stays", file, e);
            }
            state = null;
        } catch (RuntimeException bug) {
            LOG.error("The supergraph {} could not be served, the last one stays", file, bug);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
