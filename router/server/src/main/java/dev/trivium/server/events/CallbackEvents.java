package dev.trivium.server.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.Failure.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// A subscription whose events come by requests of the subgraph (HTTP callback protocol 1.0): the
/// router says where to, and no connection stays open.
final class CallbackEvents extends OpenUpstream {
    /// A subgraph is gone when it has not said in so many intervals that it is there.
    private static final int SILENT_BEATS = 2;

    private final Callbacks callbacks;
    private final String id = Callbacks.secret();
    private final byte[] verifier = Callbacks.secret().getBytes(UTF_8);
    private @Nullable HttpClientRequest request;
    private boolean answered;
    private int silentBeats;

    CallbackEvents(Order order, Callbacks callbacks) {
        super(order);
        this.callbacks = callbacks;
    }

    CallbackEvents open() {
        startDeadline();
        // The subgraph calls before it answers.
        callbacks.add(id, this);
        var options =
                new RequestOptions(order.target().options())
                        .setMethod(HttpMethod.POST)
                        .putHeader("content-type", "application/json")
                        .putHeader("accept", "application/json;callbackSpec=1.0");
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
        connected.send(body()).onSuccess(this::accepted).onFailure(this::unreachable);
    }

    /// The request with the `extensions` of the protocol, before its last brace.
    private Buffer body() {
        var subscription =
                new JsonObject()
                        .put("callbackUrl", callbacks.url(id))
                        .put("subscriptionId", id)
                        .put("verifier", new String(verifier, UTF_8))
                        .put("heartbeatIntervalMs", order.target().heartbeat().toMillis());
        byte[] body = order.body();
        int brace = body.length - 1;
        while (body[brace] != '}') {
            brace--;
        }
        return Buffer.buffer(body.length + 400)
                .appendBytes(body, 0, brace)
                .appendString(",\"extensions\":")
                .appendString(new JsonObject().put("subscription", subscription).encode())
                .appendString("}");
    }

    private void unreachable(Throwable cause) {
        fail(new Failure(Kind.UNAVAILABLE, UNREACHABLE), cause);
    }

    private void accepted(HttpClientResponse head) {
        if (isEnded()) {
            return;
        }
        head.exceptionHandler(cause -> fail(new Failure(Kind.UNAVAILABLE, BROKEN_OFF), cause));
        BoundedBody.read(head, order.longestEvent(), body -> accepted(head.statusCode(), body));
    }

    private void accepted(int status, byte @Nullable [] body) {
        if (isEnded()) {
            return;
        }
        answered = true;
        var message = body == null ? null : Message.read(body);
        byte[] errors = message == null ? null : message.list("errors");
        if (errors != null) {
            event(Responses.withErrors(errors));
            complete();
        } else if (status / 100 != 2) {
            fail(refusal(status), null);
        } else {
            accepted(this::beat);
        }
    }

    private void beat() {
        silentBeats++;
        if (silentBeats > SILENT_BEATS) {
            fail(Kind.TIMEOUT, "the subgraph is silent");
        }
    }

    /// In a time that says nothing about where they differ.
    boolean isVerifiedBy(String text) {
        return MessageDigest.isEqual(verifier, text.getBytes(UTF_8));
    }

    /// What the subgraph sends; to be called on the loop.
    ///
    /// @return the HTTP status of the answer
    int receive(Message message) {
        if (isEnded()) {
            return 404;
        }
        silentBeats = 0;
        return switch (message.text("action")) {
            case "check" -> 204;
            case "next" -> next(message.object("payload"));
            case "complete" -> {
                byte[] errors = message.list("errors");
                if (errors != null) {
                    event(Responses.withErrors(errors));
                }
                complete();
                yield 204;
            }
            default -> 400;
        };
    }

    private int next(byte @Nullable [] payload) {
        if (payload == null) {
            return 400;
        }
        event(payload);
        return 204;
    }

    @Override
    void release() {
        callbacks.remove(id);
        if (request != null && !answered) {
            // Nothing is left to do if the connection has gone already.
            var _ = request.reset();
        }
    }
}
