package dev.trivium.execution;

import dev.trivium.execution.ClientSink.Events;
import dev.trivium.execution.ClientSink.Part;
import dev.trivium.execution.EventSource.EventSink;
import dev.trivium.execution.EventSource.LiveSubscription;
import dev.trivium.execution.EventSource.Subscription;
import dev.trivium.execution.Execution.Prepared;
import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A subscription under way: its program runs once for each event, which stands for the answer to
/// the first fetch. The source is asked for one event at a time, so nothing has to be kept, however
/// slow the client is.
final class EventRun implements LiveSubscription, EventSink {

    private final FetchProgram source;
    private final RequestInput input;

    /// What the source was asked for.
    private final byte[] body;

    private Function<ClientSink, FetchRun> runs;
    private final Events sink;
    private @Nullable Subscription events;

    /// The event under way.
    private @Nullable FetchRun current;

    /// How many events the client waits for.
    private long demand;

    private boolean asked;
    private boolean ended;
    private boolean completed;
    private @Nullable Failure failure;

    /// @param runs makes what an event becomes
    EventRun(
            Program program,
            RequestInput input,
            VariableValues variables,
            Function<ClientSink, FetchRun> runs,
            Events sink) {
        this.source = program.fetches().getFirst();
        this.input = input;
        this.body = source.body(variables);
        this.runs = runs;
        this.sink = sink;
    }

    void subscribe(EventSource port) {
        events =
                port.subscribe(
                        new SubgraphRequest(source.id(), source.subgraph(), false, body), this);
        proceed();
    }

    @Override
    public void request(long more) {
        if (more <= 0) {
            throw new IllegalArgumentException("events: " + more);
        }
        demand = demand > Long.MAX_VALUE - more ? Long.MAX_VALUE : demand + more;
        proceed();
    }

    @Override
    public boolean continueWith(
            Program program, SubgraphClient subgraphs, Introspector introspector) {
        if (!Execution.isSubscription(program)) {
            return false;
        }
        FetchProgram other = program.fetches().getFirst();
        Prepared prepared = Execution.read(program, input);
        if (!prepared.variables().problems().isEmpty()
                || !Objects.equals(source.service(), other.service())
                || !Arrays.equals(body, other.body(prepared.variables()))) {
            return false;
        }
        runs = each -> prepared.run(program, subgraphs, introspector, each);
        return true;
    }

    @Override
    public void cancel() {
        ended = true;
        if (current != null) {
            current.cancel();
        }
        if (events != null) {
            events.cancel();
        }
    }

    @Override
    public void event(byte[] body) {
        if (ended || !asked) {
            return;
        }
        asked = false;
        demand--;
        FetchRun run = runs.apply(new OneEvent());
        current = run;
        run.startWith(body);
    }

    @Override
    public void completed() {
        completed = true;
        proceed();
    }

    @Override
    public void failed(Failure reason) {
        failure = reason;
        proceed();
    }

    /// What comes next, once no event is under way.
    private void proceed() {
        if (ended || current != null) {
            return;
        }
        if (failure != null) {
            ended = true;
            sink.part(lost(failure));
        } else if (completed) {
            ended = true;
            sink.completed();
        } else if (demand > 0 && !asked && events != null) {
            asked = true;
            events.request(1);
        }
    }

    private Part lost(Failure reason) {
        ErrorLog errors = new ErrorLog();
        errors.add(
                ResponseError.ofService(
                        ErrorCode.of(reason.kind()), reason.message(), source.service(), null));
        return Execution.refusal(errors);
    }

    /// Passes the parts of one event on.
    private final class OneEvent implements ClientSink {
        @Override
        public void part(Part part) {
            sink.part(
                    new Part(
                            part.buffer(),
                            part.length(),
                            part.result(),
                            false,
                            part.place(),
                            part.pending()));
            if (part.last()) {
                current = null;
                proceed();
            }
        }

        @Override
        public void failed(RuntimeException bug) {
            EventRun.this.cancel();
            sink.failed(bug);
        }
    }
}
