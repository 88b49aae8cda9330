package dev.trivium.server.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.configuration.ConfigurationReader;
import dev.trivium.server.configuration.SubscriptionConfiguration;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The event sources of a router with two event loops, which calls one subgraph `a`.
final class Router implements AutoCloseable {
    static final int LONGEST_EVENT = 100_000;

    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    final EventSources sources;
    final List<Failure> failures = new CopyOnWriteArrayList<>();

    private final SubscriptionConfiguration configuration;
    private final List<EventLoop> loops = new ArrayList<>();
    private final Duration timeout;

    /// @param subscription the content of this section, as YAML in one line
    Router(String subscription) {
        this(subscription, Duration.ofSeconds(5));
    }

    Router(String subscription, Duration timeout) {
        var read = ConfigurationReader.read("subscription: " + subscription, "f", Map.of());
        assertThat(read).isInstanceOf(Outcome.Accepted.class);
        this.configuration = ((Outcome.Accepted<Configuration>) read).value().subscription();
        this.timeout = timeout;
        this.sources =
                new EventSources(
                        configuration, LONGEST_EVENT, (_, failure, _) -> failures.add(failure));
        for (int i = 0; i < 2; i++) {
            var loop = new CompletableFuture<EventLoop>();
            vertx.getOrCreateContext()
                    .runOnContext(
                            _ -> loop.complete(sources.onLoop(vertx, new HttpClientOptions())));
            loops.add(loop.join());
        }
        assertThat(loops.get(0).context()).isNotSameAs(loops.get(1).context());
    }

    Subscriber subscribe(String url, String query) {
        return subscribe(url, query, null, 0);
    }

    /// @param loop 0 or 1
    Subscriber subscribe(String url, String query, @Nullable String authorization, int loop) {
        var on = loops.get(loop);
        var subscriber = new Subscriber(on.context());
        var address = URI.create(url);
        var call =
                new RequestOptions()
                        .setSsl(false)
                        .setHost(address.getHost())
                        .setPort(address.getPort())
                        .setURI(address.getPath());
        var target = EventTarget.of("a", call, timeout, configuration);
        var body = new JsonObject().put("query", query).encode().getBytes(UTF_8);
        on.context()
                .runOnContext(_ ->
                        subscriber.started(
                                sources.forRequest(on, List.of(target), authorization)
                                        .subscribe(
                                                new SubgraphRequest(0, 0, false, body),
                                                subscriber)));
        return subscriber;
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
