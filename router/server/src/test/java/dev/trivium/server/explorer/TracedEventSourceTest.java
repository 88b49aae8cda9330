package dev.trivium.server.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.EventSource;
import dev.trivium.execution.EventSource.EventSink;
import dev.trivium.execution.EventSource.Subscription;
import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TracedEventSourceTest {
    private static final SubgraphRequest REQUEST = new SubgraphRequest(0, 3, false, new byte[20]);

    private final List<Integer> received = new ArrayList<>();
    private final Trace trace = new Trace(() -> "{}", _ -> {});
    private boolean cancelled;
    private @Nullable EventSink sink;

    private final Subscription subscription =
            trace.recordingEvents(source()).subscribe(REQUEST, client());

    @Test
    void anEventAnswersTheFirstFetch() {
        sink().event(new byte[7]);
        sink().event(new byte[8]);

        assertThat(received).containsExactly(7, 8);
        var json = read();
        assertThat(json.getInteger("events")).isEqualTo(2);
        assertThat(json.getBoolean("complete")).isFalse();
        var last = json.getJsonArray("calls").getJsonObject(1);
        assertThat(last.getInteger("fetch")).isZero();
        assertThat(last.getInteger("event")).isEqualTo(2);
        assertThat(last.getInteger("requestBytes")).isEqualTo(20);
        assertThat(last.getInteger("responseBytes")).isEqualTo(8);
        assertThat(last.containsKey("status")).isFalse();
    }

    @Test
    void aLongSubscriptionForgetsWhatWasFirst() {
        for (int i = 0; i < 600; i++) {
            sink().event(new byte[1]);
        }
        var json = read();
        assertThat(json.getInteger("events")).isEqualTo(600);
        assertThat(json.getInteger("omitted")).isEqualTo(100);
        var calls = json.getJsonArray("calls");
        assertThat(calls).hasSize(500);
        assertThat(calls.getJsonObject(0).getInteger("event")).isEqualTo(101);
    }

    @Test
    void saysWhyTheEventsAreLost() {
        sink().failed(new Failure(Failure.Kind.UNAVAILABLE, "gone"));
        assertThat(read().getJsonArray("calls").getJsonObject(0).getString("failure"))
                .isEqualTo("UNAVAILABLE");
    }

    @Test
    void isCompleteWhenTheClientHasEnough() {
        subscription.cancel();
        assertThat(cancelled).isTrue();
        assertThat(read().getBoolean("complete")).isTrue();
    }

    private JsonObject read() {
        return new JsonObject(trace.json());
    }

    private EventSink sink() {
        return Objects.requireNonNull(sink);
    }

    private EventSource source() {
        return (_, events) -> {
            sink = events;
            return new Subscription() {
                @Override
                public void request(long more) {}

                @Override
                public void cancel() {
                    cancelled = true;
                }
            };
        };
    }

    private EventSink client() {
        return new EventSink() {
            @Override
            public void event(byte[] body) {
                received.add(body.length);
            }

            @Override
            public void completed() {}

            @Override
            public void failed(Failure failure) {}
        };
    }
}
