package dev.trivium.server;

import dev.trivium.server.VertxSubgraphClient.Loop;
import dev.trivium.server.configuration.Configuration.Listen;
import dev.trivium.server.explorer.Explorer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One event loop of the data plane: a server that shares the port with those of the other loops,
/// and an HTTP client of its own, so that the calls of a request stay on its loop.
final class HttpVerticle extends VerticleBase {
    private static final int CONNECT_TIMEOUT_MILLISECONDS = 5_000;

    /// Below the 20 seconds after which Tomcat closes an idle connection.
    private static final int KEEP_ALIVE_SECONDS = 15;

    private static final int CONNECTIONS_PER_SUBGRAPH = 128;

    /// Calls that wait for a connection to one subgraph; more fail at once.
    private static final int LONGEST_QUEUE = 4 * 1024;

    /// Of a subgraph's answer: as much as is received at once.
    private static final int LONGEST_CHUNK = 64 * 1024;

    private static final int LONGEST_LINE = 16 * 1024;
    private static final int LARGEST_HEADERS = 32 * 1024;
    private static final int IDLE_SECONDS = 90;

    private final Listen listen;
    private final Supplier<Generation> generations;
    private final FailureLog failures;
    private @Nullable HttpServer server;

    HttpVerticle(Listen listen, Supplier<Generation> generations, FailureLog failures) {
        this.failures = failures;
        this.listen = listen;
        this.generations = generations;
    }

    @Override
    public Future<?> start() {
        var compression = generations.get().configuration().http().compression();
        if (compression.enabled()) {
            NativeCodecs.load(compression.algorithms());
        }
        var client = vertx.createHttpClient(clientOptions(), poolOptions());
        var pipeline =
                new RequestPipeline(
                        new Loop(vertx, client, failures),
                        task -> context.runOnContext(_ -> task.run()));
        var routes =
                new Routes(
                        new GraphQlOverHttp(pipeline, generations),
                        new PersistedOverHttp(pipeline, generations),
                        new RestOverHttp(pipeline, generations),
                        new Explorer(vertx),
                        generations);
        var started =
                vertx.createHttpServer(
                                new HttpServerOptions()
                                        .setMaxInitialLineLength(LONGEST_LINE)
                                        .setMaxHeaderSize(LARGEST_HEADERS)
                                        .setHandle100ContinueAutomatically(false)
                                        .setHttp2ClearTextEnabled(false)
                                        .setIdleTimeout(IDLE_SECONDS))
                        .requestHandler(routes::handle);
        server = started;
        return started.listen(listen.port(), listen.host());
    }

    /// How subgraphs are called. Over TLS, a call that names no version takes HTTP/2 where the
    /// subgraph has it; in clear text, a call that names HTTP/2 speaks it from its first byte.
    static HttpClientOptions clientOptions() {
        return new HttpClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MILLISECONDS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setUseAlpn(true)
                .setDecompressionSupported(false)
                .setMaxChunkSize(LONGEST_CHUNK)
                .setVerifyHost(true);
    }

    private static PoolOptions poolOptions() {
        return new PoolOptions()
                .setHttp1MaxSize(CONNECTIONS_PER_SUBGRAPH)
                .setMaxWaitQueueSize(LONGEST_QUEUE);
    }

    /// Stops to accept, and waits for the requests under way.
    Future<?> shutdown(Duration patience) {
        return server == null ? Future.succeededFuture() : server.shutdown(patience);
    }

    /// The port that the server listens on.
    int port() {
        return server == null ? 0 : server.actualPort();
    }
}
