package dev.trivium.server;

import dev.trivium.execution.ClientSink;
import dev.trivium.execution.EventSource.LiveSubscription;
import dev.trivium.execution.Execution;
import dev.trivium.execution.Program;
import dev.trivium.execution.SubgraphClient;
import dev.trivium.execution.SubgraphClient.Call;
import dev.trivium.language.OperationType;
import dev.trivium.language.Outcome;
import dev.trivium.server.ClientSubscription.Outlet;
import dev.trivium.server.Concurrency.Place;
import dev.trivium.server.authentication.Verdict;
import dev.trivium.server.events.EventLoop;
import dev.trivium.server.events.EventSources;
import dev.trivium.server.events.EventTarget;
import dev.trivium.server.http.Acceptance;
import dev.trivium.server.http.Caller;
import dev.trivium.server.http.ErrorCode;
import dev.trivium.server.http.GraphQlRequest;
import dev.trivium.server.http.Refusal;
import dev.trivium.server.http.Refusal.OfOperation;
import dev.trivium.server.http.Refusal.OfRequest;
import dev.trivium.server.http.RequestHead;
import dev.trivium.server.http.Step;
import dev.trivium.server.http.Step.Next;
import dev.trivium.server.http.Step.Refuse;
import dev.trivium.server.persisted.Resolution;
import dev.trivium.server.schema.Operations.Text;
import dev.trivium.server.subgraphs.VertxSubgraphClient;
import dev.trivium.server.subgraphs.VertxSubgraphClient.Loop;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;

/// From a GraphQL request to its execution, whatever protocol brought it. There is one pipeline for
/// each event loop, and a request stays on its loop.
final class RequestPipeline {
    private static final String RETRY_AFTER_SECONDS = "1";

    private final Loop http;
    private final Subscriptions subscriptions;
    private final Executor loop;

    /// What the subscriptions of this event loop share.
    record Subscriptions(EventSources sources, EventLoop loop, OpenSubscriptions open) {}

    /// What is asked for.
    ///
    /// @param generation which the request keeps to its end
    record Asked(
            Generation generation, Caller caller, GraphQlRequest request, Acceptance acceptance) {}

    /// The caller is who it says it is, or nobody.
    private record Authenticated(Asked asked, Verdict verdict) {}

    /// It is known what is to be executed.
    private record Found(Asked asked, Verdict verdict, String document) {}

    /// The request can be executed.
    ///
    /// @param verdict on the caller: anonymous or authenticated
    record Prepared(Asked asked, Verdict verdict, Program program) {
        OperationType operationType() {
            return program.plan().operationType();
        }

        /// Where the events of a subscription come from.
        EventTarget eventTarget() {
            var source = program.plan().fetches().getFirst();
            return asked.generation().events().get(source.subgraph());
        }

        private VertxSubgraphClient subgraphs(Loop loop) {
            return new VertxSubgraphClient(
                    loop, asked.generation().subgraphs(), asked.caller().forwarded());
        }
    }

    /// @param loop runs tasks on this event loop
    RequestPipeline(Loop http, Subscriptions subscriptions, Executor loop) {
        this.http = http;
        this.subscriptions = subscriptions;
        this.loop = loop;
    }

    /// What the requests of this event loop share.
    Loop loop() {
        return http;
    }

    /// Runs a task on this event loop.
    void onLoop(Runnable task) {
        loop.execute(task);
    }

    /// A place among the requests that are served. Not to be taken before the request has been
    /// read: whoever sends slowly takes nobody's place.
    static Step<Place> enter(Generation generation) {
        var place = generation.concurrency().enter();
        return place == null
                ? new Refuse<>(overloaded(ErrorCode.CONCURRENCY_LIMITED))
                : new Next<>(place);
    }

    /// Finds out whether a request can be executed.
    Step<Prepared> prepare(Asked asked) {
        return authenticate(asked)
                .then(this::findDocument)
                .then(this::findProgram)
                .then(RequestPipeline::admit);
    }

    private Step<Authenticated> authenticate(Asked asked) {
        return Step.after(
                asked.generation().tokens().verify(asked.caller().authorization()),
                loop,
                verdict ->
                        switch (verdict) {
                            case Verdict.Anonymous _, Verdict.Authenticated _ ->
                                    new Next<>(new Authenticated(asked, verdict));
                            case Verdict.Denied(var reason) ->
                                    new Refuse<>(unauthenticated(reason));
                            case Verdict.Ambiguous() ->
                                    new Refuse<>(
                                            new OfRequest(
                                                    ErrorCode.BAD_REQUEST,
                                                    "there is more than one Authorization header"));
                            case Verdict.Undecidable() ->
                                    new Refuse<>(
                                            new OfRequest(
                                                    ErrorCode.SERVICE_UNAVAILABLE,
                                                    "the token cannot be verified at the moment"));
                        });
    }

    private Step<Found> findDocument(Authenticated authenticated) {
        var asked = authenticated.asked();
        var documents = asked.generation().documents();
        try {
            return Step.after(
                    documents.resolve(asked.request().document(), asked.caller().client().name()),
                    loop,
                    resolution ->
                            switch (resolution) {
                                case Resolution.Found(var text) ->
                                        new Next<>(new Found(asked, authenticated.verdict(), text));
                                case Resolution.Refused(var reason) ->
                                        new Refuse<>(
                                                new OfRequest(
                                                        ErrorCode.of(reason), reason.message()));
                            });
        } catch (RejectedExecutionException _) {
            return new Refuse<>(overloaded(ErrorCode.SERVICE_UNAVAILABLE));
        }
    }

    private Step<Prepared> findProgram(Found found) {
        var asked = found.asked();
        try {
            var operations = asked.generation().operations();
            return Step.after(
                    operations.find(
                            new Text(
                                    found.document(),
                                    asked.request().operationName(),
                                    asked.acceptance().parts())),
                    loop,
                    outcome ->
                            switch (outcome) {
                                case Outcome.Accepted<Program>(var program) ->
                                        new Next<>(new Prepared(asked, found.verdict(), program));
                                case Outcome.Rejected<Program>(var issues) ->
                                        new Refuse<>(new OfOperation(issues));
                            });
        } catch (RejectedExecutionException _) {
            return new Refuse<>(overloaded(ErrorCode.SERVICE_UNAVAILABLE));
        }
    }

    private static Step<Prepared> admit(Prepared prepared) {
        var asked = prepared.asked();
        var type = prepared.operationType();
        var acceptance = asked.acceptance();
        var events = type == OperationType.SUBSCRIPTION && acceptance.events();
        if (type != OperationType.QUERY && !acceptance.effects() && !events) {
            return new Refuse<>(RequestHead.methodNotAllowed("POST", "only queries go by GET"));
        }
        if (type == OperationType.SUBSCRIPTION && !events) {
            return new Refuse<>(
                    OfOperation.because(
                            ErrorCode.SUBSCRIPTION_NOT_SUPPORTED,
                            "subscribe over WebSocket, or accept text/event-stream or"
                                    + " multipart/mixed;subscriptionSpec=1.0"));
        }
        var introspection = asked.generation().configuration().supergraph().introspection();
        return prepared.program().plan().introspection() == null || introspection
                ? new Next<>(prepared)
                : new Refuse<>(
                        OfOperation.because(
                                ErrorCode.INTROSPECTION_DISABLED, "introspection is off"));
    }

    /// Executes a query or a mutation.
    ///
    /// @return cancels what is under way
    Call execute(Prepared prepared, ClientSink sink) {
        return execute(prepared, sink, UnaryOperator.identity());
    }

    /// Executes a query or a mutation.
    ///
    /// @param calls what to call subgraphs with, given the usual client
    /// @return cancels what is under way
    Call execute(Prepared prepared, ClientSink sink, UnaryOperator<SubgraphClient> calls) {
        var asked = prepared.asked();
        var generation = asked.generation();
        var subgraphs = calls.apply(prepared.subgraphs(http));
        var trace = generation.tracing().start(asked.caller().trace(), prepared.program().plan());
        return Execution.start(
                prepared.program(),
                asked.request().variables(),
                trace == null ? subgraphs : trace.recordingCalls(subgraphs),
                generation.introspector(),
                trace == null ? sink : trace.completedBy(sink));
    }

    /// A subscription that can be started.
    ClientSubscription subscription(Prepared prepared, Outlet outlet) {
        return new ClientSubscription(this, subscriptions.open(), prepared, outlet);
    }

    /// Subscribes to the subgraph, or to what an equal subscription gets from it.
    LiveSubscription subscribe(Prepared prepared, ClientSink.Events sink) {
        var asked = prepared.asked();
        var generation = asked.generation();
        var source =
                subscriptions
                        .sources()
                        .forRequest(
                                subscriptions.loop(),
                                generation.events(),
                                asked.caller().forwarded());
        var subgraphs = prepared.subgraphs(http);
        var trace = generation.tracing().start(asked.caller().trace(), prepared.program().plan());
        return Execution.subscribe(
                prepared.program(),
                asked.request().variables(),
                trace == null ? source : trace.recordingEvents(source),
                trace == null ? subgraphs : trace.recordingCalls(subgraphs),
                generation.introspector(),
                trace == null ? sink : trace.completedBy(sink));
    }

    /// Lets the program of another generation answer the events that follow.
    ///
    /// @return false where it asks for other events; nothing has changed then
    boolean continueWith(LiveSubscription live, Prepared next) {
        var introspector = next.asked().generation().introspector();
        return live.continueWith(next.program(), next.subgraphs(http), introspector);
    }

    private static Refusal unauthenticated(String reason) {
        return new OfRequest(ErrorCode.UNAUTHENTICATED, reason)
                .with("www-authenticate", "Bearer error=\"invalid_token\"");
    }

    private static Refusal overloaded(ErrorCode code) {
        return new OfRequest(code, "the router is overloaded")
                .with("retry-after", RETRY_AFTER_SECONDS);
    }
}
