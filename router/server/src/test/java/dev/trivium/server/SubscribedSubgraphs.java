package dev.trivium.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The subgraphs of `shop.graphql`: `items` sends events over server-sent events, and `stock` knows
/// how many there are of each.
final class SubscribedSubgraphs implements AutoCloseable {
    /// Ends a stream as a subgraph does that has no more events.
    static final String COMPLETE = "event: complete\ndata:\n\n";

    /// Between two events: nothing comes for a while.
    static final String QUIET = "";

    private static final Duration QUIET_TIME = Duration.ofMillis(1300);

    private final BlockingQueue<ScriptedSubgraph.Exchange> streams = new LinkedBlockingQueue<>();
    private final List<String> script;

    final ScriptedSubgraph items = ScriptedSubgraph.start(this::items);
    final ScriptedSubgraph stock =
            ScriptedSubgraph.start(it ->
                    it.answer(
                            "{\"data\":{\"_entities\":[{\"inStock\":%s}]}}"
                                    .formatted(
                                            it.body().replaceAll(".*\"id\":\"(\\d+)\".*", "$1"))));

    /// @param script what every stream begins with
    SubscribedSubgraphs(String... script) {
        this.script = List.of(script);
    }

    /// How the router is to be configured.
    String configuration() {
        return configuration("");
    }

    /// @param subscription more keys of `subscription`, each with a comma behind it
    String configuration(String subscription) {
        return TestRouter.addresses(items, stock)
                + """
                subscription: {%s legacy_websocket: true, mode: {passthrough: {all: {protocol: sse}}}}
                """
                        .formatted(subscription);
    }

    static String event(int id) {
        return "event: next\ndata: {\"data\":{\"itemChanged\":{\"__typename\":\"Item\",\"id\":\"%d\",\"name\":\"n%d\"}}}\n\n"
                .formatted(id, id);
    }

    /// The next stream that the router opens.
    ScriptedSubgraph.Exchange stream() throws InterruptedException {
        return streams.take();
    }

    void send(ScriptedSubgraph.Exchange stream, String text) {
        try {
            stream.raw(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void items(ScriptedSubgraph.Exchange exchange)
            throws IOException, InterruptedException {
        if (!exchange.head().contains("text/event-stream")) {
            exchange.answer(
                    "{\"data\":{\"item\":{\"__typename\":\"Item\",\"id\":\"1\",\"name\":\"n1\"}}}");
            return;
        }
        exchange.raw(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
        for (var each : script) {
            if (each.equals(QUIET)) {
                Thread.sleep(QUIET_TIME);
            }
            exchange.raw(each);
        }
        streams.add(exchange);
        exchange.awaitHangUp();
    }

    @Override
    public void close() {
        items.close();
        stock.close();
    }
}
