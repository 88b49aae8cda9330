package dev.trivium.server.events;

import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.Failure.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A subscription over server-sent events, in the mode of distinct connections: one request, and
/// its response brings the events.
final class SseEvents extends OpenUpstream implements EventStreamReader.Listener {
    /// A subgraph is gone when nothing came in so many intervals.
    private static final int SILENT_BEATS = 2;

    private final EventStreamReader reader;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;

    /// How many beats there were since something came.
    private int silentBeats;

    private boolean paused;
    private boolean over;

    SseEvents(Order order) {
        super(order);
        this.reader = new EventStreamReader(order.longestEvent(), this);
    }

    SseEvents open() {
        startDeadline();
        var options =
                new RequestOptions(order.target().options())
                        .setMethod(HttpMethod.POST)
                        .putHeader("content-type", "application/json")
                        .putHeader("accept", "text/event-stream");
        if (order.authorization() != null) {
            options.putHeader(HttpHeaders.AUTHORIZATION, order.authorization());
        }
        order.loop()
                .http()
                .request(options)
                .onComplete(connected -> {
                    if (connected.succeeded()) {
                        send(connected.result());
                    } else {
                        // Never before the caller has what it can cancel.
                        order.loop().context().runOnContext(_ -> unreachable(connected.cause()));
                    }
                });
        return this;
    }

    private void send(HttpClientRequest connected) {
        request = connected;
        if (isEnded()) {
            release();
            return;
        }
        connected
                .send(Buffer.buffer(order.body()))
                .onSuccess(this::answered)
                .onFailure(this::unreachable);
    }

    private void unreachable(Throwable cause) {
        fail(new Failure(Kind.UNAVAILABLE, UNREACHABLE), cause);
    }

    private void answered(HttpClientResponse head) {
        response = head;
        if (isEnded()) {
            return;
        }
        String type = String.valueOf(head.getHeader(HttpHeaders.CONTENT_TYPE));
        head.exceptionHandler(cause -> fail(new Failure(Kind.UNAVAILABLE, BROKEN_OFF), cause));
        if (isType(type, "text/event-stream") && head.statusCode() == 200) {
            accepted(this::beat);
            head.handler(this::received);
            head.endHandler(_ -> ended());
        } else if (isType(type, "application/json")
                || isType(type, "application/graphql-response+json")) {
            BoundedBody.read(head, order.longestEvent(), this::onlyAnswer);
        } else {
            fail(refusal(head.statusCode()), null);
        }
    }

    private static boolean isType(String header, String type) {
        String named = header.split(";", 2)[0].strip();
        return named.toLowerCase(Locale.ROOT).equals(type);
    }

    /// A response in place of events: the operation was not executed.
    private void onlyAnswer(byte @Nullable [] body) {
        var message = body == null ? null : Message.read(body);
        byte[] errors = message == null ? null : message.list("errors");
        if (errors == null) {
            int status = response == null ? 0 : response.statusCode();
            fail(refusal(status), null);
        } else {
            event(Responses.withErrors(errors));
            complete();
        }
    }

    private void received(Buffer chunk) {
        silentBeats = 0;
        reader.append(chunk.getBytes());
        proceed();
    }

    private void ended() {
        over = true;
        proceed();
    }

    private void proceed() {
        while (!paused && !isEnded() && reader.next()) {
            // The listener has been called.
        }
        if (over && !paused) {
            fail(Kind.UNAVAILABLE, BROKEN_OFF);
        }
    }

    @Override
    public void event(String name, byte[] data) {
        switch (name) {
            case "next", "message" -> event(data);
            case "complete" -> complete();
            default -> {
                // Others may come, and mean nothing here.
            }
        }
    }

    @Override
    public void tooLarge() {
        fail(Kind.TOO_LARGE, "the subgraph's event is too large");
    }

    private void beat() {
        silentBeats++;
        if (silentBeats > SILENT_BEATS && !paused) {
            fail(Kind.TIMEOUT, "the subgraph is silent");
        }
    }

    @Override
    public void pause() {
        if (!paused) {
            paused = true;
            if (response != null) {
                response.pause();
            }
        }
    }

    @Override
    public void resume() {
        if (paused) {
            paused = false;
            silentBeats = 0;
            proceed();
            if (!paused && !isEnded() && response != null) {
                response.resume();
            }
        }
    }

    @Override
    void release() {
        if (request != null) {
            // Nothing is left to do if the connection has gone already.
            var _ = request.reset();
        }
    }
}
