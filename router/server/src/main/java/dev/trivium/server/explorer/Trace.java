package dev.trivium.server.explorer;

import dev.trivium.execution.ClientSink;
import dev.trivium.execution.EventSource;
import dev.trivium.execution.SubgraphClient;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What was recorded of one request: its plan, and the calls of subgraphs. One thread writes it
/// while others may read it.
///
/// As JSON it is an object with `plan` (see {@link dev.trivium.planner.PlanPrinter#json}),
/// `complete`, `micros`, `events` (how many a subscription has had), `omitted` (how many calls are
/// forgotten, the oldest first), and `calls`. A call has `fetch` (its number in the plan), `event`
/// (of a subscription, from 1), `startMicros`, `requestBytes`, `shared` (whether it waited for an
/// equal one) and, once it has ended, `micros` and either `status` and `responseBytes`, or
/// `failure`.
public final class Trace {
    private static final int MOST_CALLS = 500;

    private final Supplier<String> plan;
    private final Consumer<Trace> keeper;
    private final long start = System.nanoTime();
    private final Deque<TracedCall> calls = new ArrayDeque<>();
    private int omitted;
    private int events;
    private long end;
    private boolean complete;

    /// @param plan as JSON, made when somebody reads it
    /// @param keeper is told whenever there is more to read
    Trace(Supplier<String> plan, Consumer<Trace> keeper) {
        this.plan = plan;
        this.keeper = keeper;
    }

    /// The same subgraphs; what is sent to them is recorded.
    public SubgraphClient recordingCalls(SubgraphClient subgraphs) {
        return new TracedSubgraphClient(subgraphs, this);
    }

    /// The same events; their number is recorded.
    public EventSource recordingEvents(EventSource events) {
        return new TracedEventSource(events, this);
    }

    /// The same client; when it has all of the answer, the trace is complete.
    public ClientSink completedBy(ClientSink client) {
        return new TracedClient(client, this);
    }

    /// The same client; when it has had all events, the trace is complete.
    public ClientSink.Events completedBy(ClientSink.Events client) {
        return new TracedClient.OfEvents(client, this);
    }

    TracedCall sent(SubgraphRequest request) {
        return add(new TracedCall(this, request.fetch(), events, request.body().length));
    }

    /// An event stands for the answer to the first fetch.
    void event(SubgraphRequest request, int bytes) {
        synchronized (this) {
            events++;
        }
        sent(request).answered(null, bytes);
    }

    private TracedCall add(TracedCall call) {
        synchronized (this) {
            calls.add(call);
            if (calls.size() > MOST_CALLS) {
                calls.remove();
                omitted++;
            }
        }
        keeper.accept(this);
        return call;
    }

    void complete() {
        synchronized (this) {
            if (!complete) {
                complete = true;
                end = micros();
            }
        }
        keeper.accept(this);
    }

    /// Since the start of the request.
    long micros() {
        return (System.nanoTime() - start) / 1000;
    }

    String json() {
        var recorded = new JsonObject();
        synchronized (this) {
            var array = new JsonArray();
            calls.forEach(call -> array.add(call.json()));
            recorded.put("complete", complete)
                    .put("micros", complete ? end : micros())
                    .put("events", events)
                    .put("omitted", omitted)
                    .put("calls", array);
        }
        return recorded.put("plan", new JsonObject(plan.get())).encode();
    }

    /// One request to a subgraph. Everything is guarded by the trace.
    static final class TracedCall {
        private final Trace trace;
        private final int fetch;
        private final int event;
        private final int requestBytes;
        private final long startMicros;
        private long micros = -1;
        private @Nullable Integer status;
        private @Nullable Integer responseBytes;
        private @Nullable String failure;
        private boolean shared;

        TracedCall(Trace trace, int fetch, int event, int requestBytes) {
            this.trace = trace;
            this.fetch = fetch;
            this.event = event;
            this.requestBytes = requestBytes;
            this.startMicros = trace.micros();
        }

        void shared() {
            synchronized (trace) {
                shared = true;
            }
        }

        /// @param httpStatus null of an event
        void answered(@Nullable Integer httpStatus, int bytes) {
            synchronized (trace) {
                micros = trace.micros() - startMicros;
                status = httpStatus;
                responseBytes = bytes;
            }
        }

        /// @param reason unless there has been an answer
        void failed(String reason) {
            synchronized (trace) {
                if (micros < 0) {
                    micros = trace.micros() - startMicros;
                    failure = reason;
                }
            }
        }

        private JsonObject json() {
            var json =
                    new JsonObject()
                            .put("fetch", fetch)
                            .put("startMicros", startMicros)
                            .put("requestBytes", requestBytes)
                            .put("shared", shared);
            putKnown(json, "event", event == 0 ? null : event);
            putKnown(json, "micros", micros < 0 ? null : micros);
            putKnown(json, "status", status);
            putKnown(json, "responseBytes", responseBytes);
            putKnown(json, "failure", failure);
            return json;
        }

        private static void putKnown(JsonObject json, String name, @Nullable Object value) {
            if (value != null) {
                json.put(name, value);
            }
        }
    }
}
