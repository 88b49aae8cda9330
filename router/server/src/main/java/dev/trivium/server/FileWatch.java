package dev.trivium.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands over what is read of files whenever it changes.
///
/// It looks at the files again and again: notifications of the file system do not tell when a link
/// to one changes, as Kubernetes does it, nor on every mounted volume.
public final class FileWatch<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final List<Path> paths;
    private final Source<T> source;
    private final Consumer<T> changed;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("file-watch").factory());
    private T content;
    private @Nullable List<State> state;

    /// Reads all of the files; equal content is no change.
    public interface Source<T> {
        T read() throws IOException;
    }

    /// What differs when a file has been written or replaced.
    private record State(Path file, FileTime modified, long size, @Nullable Object key) {}

    private FileWatch(List<Path> paths, Source<T> source, T content, Consumer<T> changed) {
        this.paths = List.copyOf(paths);
        this.source = source;
        this.content = content;
        this.changed = changed;
    }

    /// @param paths files, and folders with all that is below them
    /// @param content what was read before
    /// @param changed gets each new content; on a thread that may block
    public static <T> FileWatch<T> start(
            List<Path> paths, Source<T> source, T content, Duration interval, Consumer<T> changed) {
        var watch = new FileWatch<>(paths, source, content, changed);
        long nanos = interval.toNanos();
        var _ =
                watch.thread.scheduleWithFixedDelay(
                        watch::look, nanos, nanos, TimeUnit.NANOSECONDS);
        return watch;
    }

    private void look() {
        try {
            var now = states();
            if (now.equals(state)) {
                return;
            }
            var read = source.read();
            state = now;
            if (!read.equals(content)) {
                content = read;
                changed.accept(read);
            }
        } catch (IOException e) {
            if (state != null) {
                LOG.warn("{} cannot be read, what was read last stays", paths, e);
            }
            state = null;
        } catch (RuntimeException bug) {
            LOG.error("A change of {} could not be served, the last one stays", paths, bug);
        }
    }

    private List<State> states() throws IOException {
        var states = new ArrayList<State>();
        for (var path : paths) {
            if (Files.isDirectory(path)) {
                try (var files = Files.walk(path)) {
                    for (var file : files.sorted().toList()) {
                        states.add(state(file));
                    }
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            } else {
                states.add(state(path));
            }
        }
        return states;
    }

    private static State state(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new State(
                file, attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
