package dev.trivium.server;

import dev.trivium.execution.ClientSink;
import dev.trivium.execution.SubgraphClient.Call;
import dev.trivium.language.OperationType;
import dev.trivium.server.ClientSubscription.Outlet;
import dev.trivium.server.Concurrency.Place;
import dev.trivium.server.RequestPipeline.Prepared;
import dev.trivium.server.http.Acceptance;
import dev.trivium.server.http.Answer;
import dev.trivium.server.http.ErrorCode;
import dev.trivium.server.http.PartFormat;
import dev.trivium.server.http.Refusal;
import dev.trivium.server.http.ResponseType;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The operations that share one connection to a client, each behind an id of the client's. For one
/// event loop.
final class ManyOperations {
    /// What a client of such a connection can be answered with.
    static final Acceptance ANYTHING = new Acceptance(true, false, true);

    private static final Logger LOG = LoggerFactory.getLogger(ManyOperations.class);

    private static final int MOST = 1_000;

    private final RequestPipeline pipeline;
    private final Channel channel;
    private final Map<String, Operation> operations = new HashMap<>();

    /// What goes on once the client has read what it was sent.
    private final List<Runnable> waiting = new ArrayList<>();

    /// Carries the messages of all operations to the client.
    interface Channel {
        /// Names the connection; the same for one connection only.
        String name();

        void next(String id, Buffer payload);

        /// @param errors a response with nothing but `errors`
        void error(String id, Buffer errors);

        void complete(String id);

        /// Whether the client reads more slowly than messages come.
        boolean isFull();

        /// @param ready called when the client has read what it was sent
        void whenDrained(Runnable ready);

        /// The client's token is not valid any longer.
        void expired();

        void shutDown();
    }

    ManyOperations(RequestPipeline pipeline, Channel channel) {
        this.pipeline = pipeline;
        this.channel = channel;
    }

    boolean has(String id) {
        return operations.containsKey(id);
    }

    boolean isFull() {
        return operations.size() >= MOST;
    }

    /// Keeps an id for an operation that is about to be prepared.
    Operation reserve(String id) {
        var operation = new Operation(id);
        operations.put(id, operation);
        return operation;
    }

    /// The client wants to hear no more of an operation.
    void stop(String id) {
        var operation = operations.get(id);
        if (operation != null) {
            operation.abandon();
        }
    }

    /// The client has gone.
    void stopAll() {
        List.copyOf(operations.values()).forEach(Operation::abandon);
        waiting.clear();
    }

    private void whenDrained(Runnable ready) {
        if (waiting.isEmpty()) {
            channel.whenDrained(this::drained);
        }
        waiting.add(ready);
    }

    private void drained() {
        var ready = List.copyOf(waiting);
        waiting.clear();
        ready.forEach(Runnable::run);
    }

    /// One operation, and how it is answered.
    final class Operation implements Outlet {
        private final String id;
        private Call call = () -> {};
        private boolean over;

        private Operation(String id) {
            this.id = id;
        }

        /// Executes it, unless the client has changed its mind.
        void run(Prepared prepared) {
            if (over) {
                return;
            }
            if (prepared.operationType() == OperationType.SUBSCRIPTION) {
                var subscription = pipeline.subscription(prepared, this);
                call = subscription::cancel;
                var refusal = subscription.start(channel.name());
                if (refusal != null) {
                    refuse(refusal);
                }
                return;
            }
            RequestPipeline.enter(prepared.asked().generation())
                    .finish(place -> execute(prepared, place), this::refuse, this::broken);
        }

        private void execute(Prepared prepared, Place place) {
            call = place::leave;
            place.cancelsWhenLeft(pipeline.execute(prepared, new OneReply(this, place)));
        }

        void refuse(Refusal refusal) {
            failed(Answer.of(refusal, ResponseType.JSON).body());
        }

        void broken(Throwable failure) {
            LOG.error("A request failed", failure);
            refuse(new Refusal.OfRequest(ErrorCode.INTERNAL_SERVER_ERROR, "the router failed"));
        }

        /// Ends it without a word.
        void abandon() {
            if (end()) {
                call.cancel();
            }
        }

        @Override
        public void opened() {}

        @Override
        public void event(ClientSink.Part event) {
            if (!over) {
                channel.next(id, PartFormat.alone(event));
            }
        }

        @Override
        public boolean isFull() {
            return channel.isFull();
        }

        @Override
        public void whenDrained(Runnable ready) {
            ManyOperations.this.whenDrained(ready);
        }

        @Override
        public void completed() {
            if (end()) {
                channel.complete(id);
            }
        }

        @Override
        public void failed(Buffer errors) {
            if (end()) {
                channel.error(id, errors);
            }
        }

        @Override
        public void expired() {
            channel.expired();
        }

        @Override
        public void shutDown() {
            channel.shutDown();
        }

        private boolean end() {
            if (over) {
                return false;
            }
            over = true;
            operations.remove(id);
            return true;
        }
    }

    /// The answer to a query or a mutation.
    private record OneReply(Operation operation, Concurrency.Place place) implements ClientSink {
        @Override
        public void part(Part part) {
            if (part.result() == Result.REFUSED) {
                operation.failed(PartFormat.alone(part));
            } else {
                operation.event(part);
                operation.completed();
            }
            place.leave();
        }

        @Override
        public void failed(RuntimeException bug) {
            place.leave();
            operation.broken(bug);
        }
    }
}
