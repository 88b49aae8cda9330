package dev.trivium.server;

import dev.trivium.server.RequestPipeline.Subscriptions;
import dev.trivium.server.compression.NativeCodecs;
import dev.trivium.server.configuration.Configuration.Listen;
import dev.trivium.server.configuration.HttpConfiguration.Http2;
import dev.trivium.server.configuration.TlsToClients.Content;
import dev.trivium.server.explorer.Explorer;
import dev.trivium.server.subgraphs.FailureLog;
import dev.trivium.server.subgraphs.VertxSubgraphClient.Loop;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.List;
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

    /// What a client may send over HTTP/2 before it is read: over one connection, and for one
    /// request.
    private static final int CONNECTION_WINDOW = 1024 * 1024;

    private static final int STREAM_WINDOW = 256 * 1024;

    /// Requests that a client may take back in a time; with more, the connection is closed.
    private static final int MOST_RESETS = 200;

    private static final int RESETS_SECONDS = 30;

    private final Listen listen;
    private final @Nullable Content tls;
    private final Supplier<Generation> generations;
    private final FailureLog failures;
    private final StreamsOfAllLoops streams;
    private final OpenSubscriptions subscriptions;
    private @Nullable WebSocketSessions webSockets;
    private @Nullable SharedStreams sharedStreams;
    private @Nullable HttpServer server;

    /// @param tls what TLS is spoken with at first; null for clear text
    HttpVerticle(
            Listen listen,
            @Nullable Content tls,
            Supplier<Generation> generations,
            FailureLog failures,
            StreamsOfAllLoops streams) {
        this.tls = tls;
        this.failures = failures;
        this.streams = streams;
        this.subscriptions = new OpenSubscriptions(streams.counts());
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
                        new Subscriptions(
                                streams.events(),
                                streams.events().onLoop(vertx, clientOptions()),
                                subscriptions),
                        task -> context.runOnContext(_ -> task.run()));
        var webSockets = new WebSocketSessions(pipeline, generations);
        var sharedStreams = new SharedStreams(streams.reservations(), pipeline, generations);
        this.webSockets = webSockets;
        this.sharedStreams = sharedStreams;
        var routes =
                new Routes(
                        new GraphQlOverHttp(pipeline, generations),
                        webSockets,
                        sharedStreams,
                        streams.events(),
                        new PersistedOverHttp(pipeline, generations),
                        new RestOverHttp(pipeline, generations),
                        new Explorer(vertx),
                        generations);
        var started = createServer().requestHandler(routes::handle);
        server = started;
        return started.listen(listen.port(), listen.host());
    }

    private HttpServer createServer() {
        var options = serverOptions(generations.get().configuration().http().http2());
        if (tls == null) {
            return vertx.createHttpServer(options);
        }
        var ssl = sslOptions(tls);
        return vertx.createHttpServer(
                options.setSsl(true)
                        .setKeyCertOptions(ssl.getKeyCertOptions())
                        .setTrustOptions(ssl.getTrustOptions())
                        .setClientAuth(ssl.getClientAuth()));
    }

    /// What Netty and Vert.x do not bound by themselves, and what of their own bounds matters.
    private HttpServerOptions serverOptions(Http2 http2) {
        return new HttpServerOptions()
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LARGEST_HEADERS)
                .setHandle100ContinueAutomatically(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setWebSocketSubProtocols(protocols())
                // A compressor for each connection costs more memory than all the rest of it.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(longestMessage())
                .setMaxWebSocketMessageSize(longestMessage())
                .setUseAlpn(http2.enabled())
                .setAlpnVersions(
                        http2.enabled()
                                ? List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1)
                                : List.of(HttpVersion.HTTP_1_1))
                .setHttp2ClearTextEnabled(http2.enabled())
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                .setHttp2RstFloodMaxRstFramePerWindow(MOST_RESETS)
                .setHttp2RstFloodWindowDuration(RESETS_SECONDS)
                .setInitialSettings(
                        new Http2Settings()
                                .setMaxConcurrentStreams(http2.maxConcurrentStreams())
                                .setMaxHeaderListSize(LARGEST_HEADERS)
                                .setInitialWindowSize(STREAM_WINDOW)
                                .setPushEnabled(false));
    }

    private ServerSSLOptions sslOptions(Content files) {
        return ServerTls.options(files, generations.get().configuration().http().http2().enabled());
    }

    /// Serves another certificate, for the connections that follow.
    Future<?> replace(Content files) {
        return server == null
                ? Future.succeededFuture()
                : server.updateSSLOptions(sslOptions(files), true);
    }

    private List<String> protocols() {
        var legacy = generations.get().configuration().subscription().legacyWebSocket();
        return WebSocketProtocol.names(legacy);
    }

    private int longestMessage() {
        return generations.get().configuration().limits().maxRequestBytes();
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
        context.runOnContext(_ -> {
            subscriptions.shutDown();
            if (webSockets != null) {
                webSockets.shutDown();
            }
            if (sharedStreams != null) {
                sharedStreams.shutDown();
            }
        });
        return server == null ? Future.succeededFuture() : server.shutdown(patience);
    }

    /// Lets subscriptions go on with another generation.
    void carryOver(Generation next) {
        context.runOnContext(_ -> subscriptions.carryOver(next));
    }

    /// The port that the server listens on.
    int port() {
        return server == null ? 0 : server.actualPort();
    }
}
