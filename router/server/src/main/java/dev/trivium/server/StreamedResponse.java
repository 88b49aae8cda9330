package dev.trivium.server;

import dev.trivium.server.http.Frames;
import dev.trivium.server.http.StreamType;
import dev.trivium.server.subgraphs.Deadlines;
import dev.trivium.server.subgraphs.Deadlines.Deadline;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The body of a response that is sent piece by piece.
final class StreamedResponse {
    private final HttpServerResponse response;
    private final StreamType type;
    private final Frames frames;
    private final Deadlines deadlines;
    private @Nullable Deadline heartbeat;

    StreamedResponse(HttpServerResponse response, StreamType type, Deadlines deadlines) {
        this.response = response;
        this.type = type;
        this.frames = Frames.of(type);
        this.deadlines = deadlines;
    }

    /// Sends the head of the response.
    void begin() {
        response.setStatusCode(200)
                .setChunked(true)
                .putHeader("content-type", type.contentType())
                .putHeader("cache-control", "no-store")
                // Proxies must not wait for more.
                .putHeader("x-accel-buffering", "no");
        send(frames.start());
    }

    /// Shows that the connection is there, again and again, until the end.
    ///
    /// @param interval zero for never
    void beat(Duration interval) {
        if (interval.isPositive()) {
            heartbeat = deadlines.in(interval.toMillis(), () -> heartbeat(interval));
        }
    }

    private void heartbeat(Duration interval) {
        if (!response.closed() && !response.ended()) {
            if (!response.writeQueueFull()) {
                send(frames.heartbeat());
            }
            beat(interval);
        }
    }

    /// A server-sent event of another kind.
    void event(String name, Buffer json) {
        send(Frames.event(name, json));
    }

    void message(Buffer json) {
        send(frames.message(json));
    }

    /// Whether the client reads more slowly than messages come.
    boolean isFull() {
        return response.writeQueueFull();
    }

    /// @param ready called once the client has read what it was sent
    void whenDrained(Runnable ready) {
        response.drainHandler(_ -> ready.run());
    }

    void end() {
        stopBeating();
        if (!response.closed() && !response.ended()) {
            var _ = response.end(frames.end());
        }
    }

    /// Ends the connection, so that the client opens another.
    void breakOff() {
        stopBeating();
        if (!response.closed() && !response.ended()) {
            var _ = response.reset();
        }
    }

    private void stopBeating() {
        if (heartbeat != null) {
            heartbeat.cancel();
        }
    }

    private void send(Buffer bytes) {
        if (!response.closed() && !response.ended()) {
            var _ = response.write(bytes);
        }
    }
}
