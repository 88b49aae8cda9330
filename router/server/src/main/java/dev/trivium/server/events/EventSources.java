package dev.trivium.server.events;

import static java.util.Objects.requireNonNull;

import dev.trivium.execution.EventSource;
import dev.trivium.execution.EventSource.EventSink;
import dev.trivium.execution.EventSource.Subscription;
import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.Failure.Kind;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import dev.trivium.server.configuration.SubscriptionConfiguration;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClientOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The events of all subgraphs, for all event loops of one router. For all threads.
public final class EventSources {
    private static final int HTTP2_CONNECTIONS_PER_SUBGRAPH = 64;

    private static final Subscription NOTHING =
            new Subscription() {
                @Override
                public void request(long events) {}

                @Override
                public void cancel() {}
            };

    private final SubscriptionConfiguration configuration;
    private final int longestEvent;
    private final Failures failures;
    private final ClientEvents.Limits limits;
    private final AtomicInteger opened = new AtomicInteger();
    private final ConcurrentMap<Key, SharedEvents> shared = new ConcurrentHashMap<>();
    private final Callbacks callbacks;

    /// Whose subscriptions are equal.
    ///
    /// @param body the operation and its variables
    private record Key(String address, @Nullable String authorization, String body) {}

    /// @param longestEvent in bytes
    public EventSources(
            SubscriptionConfiguration configuration, int longestEvent, Failures failures) {
        this.configuration = configuration;
        this.longestEvent = longestEvent;
        this.failures = failures;
        this.limits =
                new ClientEvents.Limits(configuration.queueCapacity(), configuration.queueBytes());
        this.callbacks = new Callbacks(configuration.callback(), longestEvent);
    }

    /// Prepares an event loop; to be called on it.
    ///
    /// @param client how subgraphs are called
    public EventLoop onLoop(Vertx vertx, HttpClientOptions client) {
        int connections = configuration.maxOpenedSubscriptions();
        var pool =
                new PoolOptions()
                        .setHttp1MaxSize(connections)
                        .setHttp2MaxSize(HTTP2_CONNECTIONS_PER_SUBGRAPH);
        var webSockets =
                new WebSocketClientOptions()
                        .setConnectTimeout(client.getConnectTimeout())
                        .setVerifyHost(true)
                        .setMaxConnections(connections)
                        .setMaxFrameSize(longestEvent)
                        .setMaxMessageSize(longestEvent);
        return new EventLoop(
                vertx,
                vertx.getOrCreateContext(),
                vertx.createHttpClient(new HttpClientOptions(client), pool),
                vertx.createWebSocketClient(webSockets));
    }

    /// The events for one request of a client.
    ///
    /// @param loop that of the request
    /// @param targets by the number of the subgraph
    /// @param authorization the client's `Authorization` header, which every subgraph gets, or null
    public EventSource forRequest(
            EventLoop loop, List<EventTarget> targets, @Nullable String authorization) {
        return (request, sink) ->
                subscribe(loop, targets.get(request.subgraph()), authorization, request, sink);
    }

    /// How many subscriptions clients have at the moment.
    public int opened() {
        return opened.get();
    }

    /// How many subscriptions the router has at subgraphs, of those that may be shared.
    int sharedUpstreams() {
        return shared.size();
    }

    /// Whether a request to this path is for {@link #receive}.
    public boolean receives(@Nullable String path) {
        return callbacks.receives(path);
    }

    /// Takes a request of a subgraph that calls back. To be called before anything of the body has
    /// been read; this answers it.
    public void receive(HttpServerRequest request) {
        callbacks.receive(request);
    }

    private Subscription subscribe(
            EventLoop loop,
            EventTarget target,
            @Nullable String authorization,
            SubgraphRequest request,
            EventSink sink) {
        if (opened.incrementAndGet() > configuration.maxOpenedSubscriptions()) {
            opened.decrementAndGet();
            var failure =
                    new Failure(
                            Kind.SUBSCRIPTION_LIMIT_REACHED, "the router has as many as it takes");
            loop.context().runOnContext(_ -> sink.failed(failure));
            return NOTHING;
        }
        Runnable left = opened::decrementAndGet;
        if (!configuration.deduplication()) {
            var events = new SharedEvents(loop.context(), _ -> {});
            var client = requireNonNull(events.join(loop.context(), sink, limits, left));
            events.open(to -> open(loop, target, authorization, request.body(), to));
            return client;
        }
        var key =
                new Key(
                        target.address(),
                        authorization,
                        new String(request.body(), StandardCharsets.ISO_8859_1));
        while (true) {
            var fresh = new SharedEvents(loop.context(), ended -> shared.remove(key, ended));
            var events = shared.computeIfAbsent(key, _ -> fresh);
            var client = events.join(loop.context(), sink, limits, left);
            if (client == null) {
                // It has ended since it was found.
                shared.remove(key, events);
            } else {
                if (events == fresh) {
                    events.open(to -> open(loop, target, authorization, request.body(), to));
                }
                return client;
            }
        }
    }

    private Upstream open(
            EventLoop loop,
            EventTarget target,
            @Nullable String authorization,
            byte[] body,
            EventSink sink) {
        var order = new Order(loop, target, authorization, body, longestEvent, failures, sink);
        return switch (target.way()) {
            case WEB_SOCKET -> new WebSocketEvents(order).open();
            case SSE -> new SseEvents(order).open();
            case CALLBACK -> new CallbackEvents(order, callbacks).open();
        };
    }
}
