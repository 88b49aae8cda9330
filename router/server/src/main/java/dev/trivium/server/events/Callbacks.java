package dev.trivium.server.events;

import dev.trivium.server.configuration.SubscriptionConfiguration.HttpCallback;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The subscriptions whose events come by requests of subgraphs (HTTP callback protocol 1.0), and
/// the requests. For all threads.
///
/// Whoever knows the id and the verifier of a subscription may send its events, so that both cannot
/// be guessed.
final class Callbacks {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 24;
    private static final int LONGEST_ENVELOPE = 1024;
    private static final long PATIENCE_MILLISECONDS = 10_000;

    private final @Nullable HttpCallback configuration;
    private final int longestBody;
    private final ConcurrentMap<String, CallbackEvents> open = new ConcurrentHashMap<>();

    /// @param configuration null where no subgraph calls back
    Callbacks(@Nullable HttpCallback configuration, int longestEvent) {
        this.configuration = configuration;
        this.longestBody =
                (int) Math.min(Integer.MAX_VALUE, longestEvent + (long) LONGEST_ENVELOPE);
    }

    /// A new id or verifier.
    static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Where the events of a subscription are to be sent.
    String url(String id) {
        URI base = configuration().publicUrl();
        return base.toString().replaceAll("/+$", "") + "/" + id;
    }

    private HttpCallback configuration() {
        if (configuration == null) {
            throw new IllegalStateException("no subgraph calls back");
        }
        return configuration;
    }

    void add(String id, CallbackEvents events) {
        open.put(id, events);
    }

    void remove(String id) {
        open.remove(id);
    }

    boolean receives(@Nullable String path) {
        return configuration != null && path != null && path.startsWith(configuration.path() + "/");
    }

    void receive(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.POST)) {
            request.response().putHeader("allow", "POST");
            answer(request, 405);
            return;
        }
        String path = request.path();
        String id = path == null ? "" : path.substring(configuration().path().length() + 1);
        CallbackEvents events = open.get(id);
        if (events == null) {
            answer(request, 404);
        } else {
            read(request, id, events);
        }
    }

    private void read(HttpServerRequest request, String id, CallbackEvents events) {
        var vertx = events.order.loop().vertx();
        long timer = vertx.setTimer(PATIENCE_MILLISECONDS, _ -> answer(request, 408));
        request.exceptionHandler(_ -> vertx.cancelTimer(timer));
        BoundedBody.read(
                request,
                longestBody,
                body -> {
                    vertx.cancelTimer(timer);
                    if (body == null) {
                        answer(request, 413);
                    } else {
                        handOver(request, id, events, body);
                    }
                });
    }

    private static void handOver(
            HttpServerRequest request, String id, CallbackEvents events, byte[] body) {
        var message = Message.read(body);
        if (message == null
                || !message.text("kind").equals("subscription")
                || !message.text("id").equals(id)
                || !events.isVerifiedBy(message.text("verifier"))) {
            answer(request, 400);
            return;
        }
        var here = events.order.loop().vertx().getOrCreateContext();
        events.order
                .loop()
                .context()
                .runOnContext(_ -> {
                    int status = events.receive(message);
                    here.runOnContext(_ -> answer(request, status));
                });
    }

    private static void answer(HttpServerRequest request, int status) {
        var response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if ((status == 413 || status == 408) && request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        // Where the subgraph has gone, nobody waits for the answer.
        var _ = response.setStatusCode(status).putHeader("subscription-protocol", "callback").end();
    }
}
