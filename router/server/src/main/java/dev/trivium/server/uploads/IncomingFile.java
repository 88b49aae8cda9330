package dev.trivium.server.uploads;

import dev.trivium.server.uploads.MultipartReader.FileHeader;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One file of a form, between the client, who sends it, and the fetch that takes it. For one event
/// loop.
public final class IncomingFile {
    private final FileHeader header;
    private final Runnable flow;
    private final Queue<Buffer> held = new ArrayDeque<>();
    private @Nullable Consumer<Buffer> taker;
    private Runnable whenComplete = () -> {};
    private boolean paused;
    private boolean complete;

    /// @param flow called when that may have changed which somebody waits for
    public IncomingFile(FileHeader header, Runnable flow) {
        this.header = header;
        this.flow = flow;
    }

    public FileHeader header() {
        return header;
    }

    /// More has come.
    public void chunk(Buffer chunk) {
        held.add(chunk);
        passOn();
    }

    /// All has come.
    public void end() {
        complete = true;
        passOn();
    }

    /// Whether somebody takes what comes now.
    public boolean isFlowing() {
        return taker != null && !paused;
    }

    /// Whether all of it has come and gone.
    public boolean isOver() {
        return complete && held.isEmpty();
    }

    /// Takes what has come and what will.
    public void read(Consumer<Buffer> chunks, Runnable end) {
        taker = chunks;
        whenComplete = end;
        resume();
    }

    /// Nobody wants it, or what is left of it.
    public void discard() {
        read(_ -> {}, () -> {});
    }

    public void pause() {
        paused = true;
        flow.run();
    }

    public void resume() {
        paused = false;
        passOn();
        flow.run();
    }

    private void passOn() {
        while (!paused && !held.isEmpty() && taker != null) {
            taker.accept(held.remove());
        }
        if (complete && held.isEmpty() && taker != null) {
            var end = whenComplete;
            whenComplete = () -> {};
            end.run();
        }
    }
}
