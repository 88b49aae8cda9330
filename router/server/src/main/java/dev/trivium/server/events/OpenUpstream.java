package dev.trivium.server.events;

import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.Failure.Kind;
import org.jspecify.annotations.Nullable;

/// What the subscriptions over all protocols have in common: they end once, and the subgraph has a
/// time to accept them.
abstract class OpenUpstream implements Upstream {
    static final String UNREACHABLE = "the subgraph cannot be reached";
    static final String BROKEN_OFF = "the subgraph broke off the subscription";

    private static final long NO_TIMER = -1;

    final Order order;
    private boolean ended;
    private long deadline = NO_TIMER;
    private long heartbeat = NO_TIMER;

    OpenUpstream(Order order) {
        this.order = order;
    }

    /// Lets go of the connection, if there is one. Called once.
    abstract void release();

    final boolean isEnded() {
        return ended;
    }

    final void startDeadline() {
        deadline =
                order.loop()
                        .vertx()
                        .setTimer(
                                order.target().timeout().toMillis(),
                                _ -> fail(Kind.TIMEOUT, "the subgraph did not accept it in time"));
    }

    /// The subgraph has accepted the subscription.
    ///
    /// @param beat what to do as often as the configuration says
    final void accepted(Runnable beat) {
        order.loop().vertx().cancelTimer(deadline);
        long interval = order.target().heartbeat().toMillis();
        if (interval > 0 && !ended) {
            heartbeat = order.loop().vertx().setPeriodic(interval, _ -> beat.run());
        }
    }

    final void event(byte[] body) {
        if (!ended) {
            order.sink().event(body);
        }
    }

    final void complete() {
        if (end()) {
            order.sink().completed();
        }
    }

    final void fail(Kind kind, String message) {
        fail(new Failure(kind, message), null);
    }

    final void fail(Failure failure, @Nullable Throwable cause) {
        if (end()) {
            order.failures().add(order.target().subgraph(), failure, cause);
            order.sink().failed(failure);
        }
    }

    @Override
    public final void cancel() {
        var _ = end();
    }

    private boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        order.loop().vertx().cancelTimer(deadline);
        order.loop().vertx().cancelTimer(heartbeat);
        release();
        return true;
    }

    /// What an HTTP status means that is not that of success.
    static Failure refusal(int status) {
        return switch (status) {
            case 401 -> new Failure(Kind.UNAUTHENTICATED, "the subgraph does not know the client");
            case 403 -> new Failure(Kind.FORBIDDEN, "the subgraph refuses the client");
            default -> new Failure(Kind.UNAVAILABLE, "the subgraph does not take subscriptions");
        };
    }
}
