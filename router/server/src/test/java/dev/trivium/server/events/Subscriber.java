package dev.trivium.server.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trivium.execution.EventSource.EventSink;
import dev.trivium.execution.EventSource.Subscription;
import dev.trivium.execution.SubgraphClient.Failure;
import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A client of one subscription, which writes down what it gets: events as they are, then possibly
/// `completed` or the kind of the failure.
final class Subscriber implements EventSink {
    static final String COMPLETED = "completed";

    private final Context loop;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile @Nullable Subscription subscription;

    Subscriber(Context loop) {
        this.loop = loop;
    }

    void started(Subscription started) {
        subscription = started;
    }

    @Override
    public void event(byte[] body) {
        received.add(new String(body, UTF_8));
    }

    @Override
    public void completed() {
        received.add(COMPLETED);
    }

    @Override
    public void failed(Failure failure) {
        received.add(failure.kind().name());
    }

    Subscriber request(long events) {
        onLoop(subscription -> subscription.request(events));
        return this;
    }

    void cancel() {
        onLoop(Subscription::cancel);
    }

    private void onLoop(Consumer<Subscription> what) {
        Awaitility.await().until(() -> subscription != null);
        loop.runOnContext(_ -> {
            var started = subscription;
            if (started != null) {
                what.accept(started);
            }
        });
    }

    List<String> received() {
        return List.copyOf(received);
    }

    /// All that came once so much has come.
    List<String> await(int count) {
        Awaitility.await().until(() -> received.size() >= count);
        return received();
    }
}
