package dev.trivium.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Outcome;
import dev.trivium.planner.proof.CheckedPlans;
import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.configuration.ConfigurationReader;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// A router on a free port, with the supergraph of `shop.graphql`: items have a name from the
/// subgraph `items`, and a number in stock from the subgraph `stock`.
public final class TestRouter implements AutoCloseable {
    public static final String JSON = "Content-Type: application/json\r\n";

    private static final CheckedPlans PLANS = new CheckedPlans(supergraph());

    private final RouterServer server;

    private TestRouter(RouterServer server) {
        this.server = server;
    }

    /// @param configuration the text of a `router.yaml`
    public static TestRouter start(String configuration) {
        return start(supergraph(), configuration, Path.of("router.yaml"));
    }

    /// @param file where the text would stand, for the paths in it
    static TestRouter start(String configuration, Path file) {
        return start(supergraph(), configuration, file);
    }

    /// @param sdl the text of a supergraph
    /// @param configuration the text of a `router.yaml`
    static TestRouter start(String sdl, String configuration) {
        return start(sdl, configuration, Path.of("router.yaml"));
    }

    private static TestRouter start(String sdl, String configuration, Path file) {
        var read = ConfigurationReader.read(configuration, file.toString(), Map.of());
        assertThat(read).isInstanceOf(Outcome.Accepted.class);
        var settings =
                ((Outcome.Accepted<Configuration>) read)
                        .value()
                        .withListen(new Configuration.Listen("127.0.0.1", 0));
        var started = RouterServer.start(sdl, settings);
        assertThat(started).isInstanceOf(Outcome.Accepted.class);
        return new TestRouter(((Outcome.Accepted<RouterServer>) started).value());
    }

    static TestRouter start(ScriptedSubgraph items, ScriptedSubgraph stock) {
        return start(addresses(items, stock));
    }

    static String addresses(ScriptedSubgraph items, ScriptedSubgraph stock) {
        return "override_subgraph_url: {items: '%s', stock: '%s'}\n"
                .formatted(items.url(), stock.url());
    }

    public static String supergraph() {
        return resource("shop.graphql");
    }

    static String resource(String name) {
        try (var stream = TestRouter.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Serves another supergraph, which must be valid.
    Generations.Replaced reload(String sdl) {
        var reloaded = tryReload(sdl);
        assertThat(reloaded).isInstanceOf(Outcome.Accepted.class);
        return ((Outcome.Accepted<Generations.Replaced>) reloaded).value();
    }

    Outcome<Generations.Replaced> tryReload(String sdl) {
        return server.reload(sdl);
    }

    int port() {
        return server.port();
    }

    /// Sends bytes over a connection of its own.
    RawHttp.Response send(String request) {
        return RawHttp.send(port(), request);
    }

    /// Posts a body as JSON. If there is an operation in it, its plan is checked.
    public RawHttp.Response post(String body) {
        return post(JSON, body);
    }

    public RawHttp.Response post(String headers, String body) {
        try {
            if (new JsonObject(body).getValue("query") instanceof String document) {
                PLANS.check(document);
            }
        } catch (DecodeException _) {
            // The router is to say so.
        }
        return RawHttp.send(port(), RawHttp.post(headers, body.getBytes(UTF_8)));
    }

    /// Posts a GraphQL document.
    RawHttp.Response query(String document) {
        return post(new JsonObject().put("query", document).encode());
    }

    @Override
    public void close() {
        server.close();
    }
}
