package dev.trivium.server;

import dev.trivium.execution.ClientSink;
import dev.trivium.execution.EventSource.LiveSubscription;
import dev.trivium.language.Issue;
import dev.trivium.server.RequestPipeline.Asked;
import dev.trivium.server.RequestPipeline.Prepared;
import dev.trivium.server.authentication.Verdict;
import dev.trivium.server.http.Answer;
import dev.trivium.server.http.ErrorCode;
import dev.trivium.server.http.PartFormat;
import dev.trivium.server.http.Refusal;
import dev.trivium.server.http.Refusal.OfOperation;
import dev.trivium.server.http.Refusal.OfRequest;
import dev.trivium.server.http.ResponseType;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One subscription of a client, whatever protocol carries it. It asks for the next event when the
/// client has taken the last one; it ends with the client's token; and it outlives a reload, as
/// long as its operation does. For one event loop.
final class ClientSubscription implements ClientSink.Events {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSubscription.class);

    private static final long NEVER = -1;

    private final RequestPipeline pipeline;
    private final OpenSubscriptions open;
    private final Outlet outlet;
    private Prepared prepared;
    private @Nullable LiveSubscription live;
    private long expiry = NEVER;

    /// Whether the next event waits for the client.
    private boolean held;

    private boolean ended;

    /// What the protocol does with a subscription. Nothing is called after an end.
    interface Outlet {
        /// The client is subscribed. Not called where the variables were wrong.
        void opened();

        void event(Part event);

        /// Whether the client reads more slowly than events come.
        boolean isFull();

        /// @param ready called once, when the client has read what it was sent
        void whenDrained(Runnable ready);

        /// There are no more events.
        void completed();

        /// The subscription has failed.
        ///
        /// @param errors a response with nothing but `errors`, JSON
        void failed(Buffer errors);

        /// The client's token is not valid any longer.
        default void expired() {
            failed(json(new OfRequest(ErrorCode.UNAUTHENTICATED, "the token has expired")));
        }

        /// The router stops.
        default void shutDown() {
            failed(
                    json(
                            new OfRequest(
                                    ErrorCode.SERVER_SHUTTING_DOWN,
                                    "the router stops: subscribe again")));
        }
    }

    ClientSubscription(
            RequestPipeline pipeline, OpenSubscriptions open, Prepared prepared, Outlet outlet) {
        this.pipeline = pipeline;
        this.open = open;
        this.prepared = prepared;
        this.outlet = outlet;
    }

    /// @return why the client cannot have one more subscription; null if it has
    @Nullable Refusal start(String connection) {
        if (!prepared.asked().generation().configuration().subscription().enabled()) {
            return OfOperation.because(
                    ErrorCode.SUBSCRIPTION_NOT_SUPPORTED, "subscriptions are off");
        }
        if (!open.add(this, owner(connection))) {
            return new OfRequest(
                    ErrorCode.SUBSCRIPTION_LIMIT_REACHED, "this client has too many subscriptions");
        }
        live = pipeline.subscribe(prepared, this);
        if (!ended) {
            watchExpiry();
            outlet.opened();
            live.request(1);
        }
        return null;
    }

    /// Those who say who they are have a limit of their own, over all their connections.
    private String owner(String connection) {
        return prepared.verdict() instanceof Verdict.Authenticated(var claims)
                        && claims.get("sub") instanceof String subject
                ? claims.get("iss") + " " + subject
                : connection;
    }

    private void watchExpiry() {
        if (prepared.verdict() instanceof Verdict.Authenticated(var claims)
                && claims.get("exp") instanceof Date end) {
            long left = Duration.between(Instant.now(), end.toInstant()).toMillis();
            expiry = pipeline.loop().vertx().setTimer(Math.max(1, left), _ -> expired());
        }
    }

    private void expired() {
        if (stop()) {
            outlet.expired();
        }
    }

    @Override
    public void part(Part part) {
        if (ended) {
            return;
        }
        if (part.last()) {
            finish();
            outlet.failed(PartFormat.alone(part));
            return;
        }
        outlet.event(part);
        if (outlet.isFull()) {
            held = true;
            outlet.whenDrained(this::release);
        } else {
            more();
        }
    }

    private void release() {
        if (held) {
            held = false;
            more();
        }
    }

    private void more() {
        if (!ended && live != null) {
            live.request(1);
        }
    }

    @Override
    public void completed() {
        if (!ended) {
            finish();
            outlet.completed();
        }
    }

    @Override
    public void failed(RuntimeException bug) {
        LOG.error("A subscription failed", bug);
        if (stop()) {
            outlet.failed(
                    json(new OfRequest(ErrorCode.INTERNAL_SERVER_ERROR, "the router failed")));
        }
    }

    /// The client has gone, or wants no more events. Nothing is told to it.
    void cancel() {
        stop();
    }

    void shutDown() {
        if (stop()) {
            outlet.shutDown();
        }
    }

    /// Goes on with another generation. What the client sees is that the events do not end.
    void carryOver(Generation next) {
        var asked = prepared.asked();
        var again = new Asked(next, asked.caller(), asked.request(), asked.acceptance());
        pipeline.prepare(again)
                .finish(
                        this::continueWith,
                        this::endWithSchema,
                        failure -> LOG.error("A subscription stays with its schema", failure));
    }

    private void continueWith(Prepared next) {
        if (ended || live == null) {
            return;
        }
        var before = prepared;
        prepared = next;
        if (!before.eventTarget().leadsWhere(next.eventTarget())
                || !pipeline.continueWith(live, next)) {
            live.cancel();
            live = pipeline.subscribe(next, this);
            if (!ended && !held) {
                live.request(1);
            }
        }
    }

    private void endWithSchema(Refusal refusal) {
        if (stop()) {
            var issues = new ArrayList<Issue>();
            issues.add(
                    new Issue(
                            ErrorCode.SUBSCRIPTION_SCHEMA_RELOAD.name(),
                            "the schema has changed, and the operation does not fit it any longer",
                            List.of()));
            issues.addAll(refusal.issues());
            outlet.failed(json(new OfOperation(issues)));
        }
    }

    /// @return whether it was under way
    private boolean stop() {
        if (ended) {
            return false;
        }
        finish();
        if (live != null) {
            live.cancel();
        }
        return true;
    }

    private void finish() {
        ended = true;
        open.remove(this);
        if (expiry != NEVER) {
            pipeline.loop().vertx().cancelTimer(expiry);
        }
    }

    private static Buffer json(Refusal refusal) {
        return Answer.of(refusal, ResponseType.JSON).body();
    }
}
