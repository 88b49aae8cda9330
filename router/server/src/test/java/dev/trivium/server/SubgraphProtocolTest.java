package dev.trivium.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.ResponseSink;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.configuration.Configuration.Http2;
import dev.trivium.server.configuration.ConfigurationReader;
import dev.trivium.server.subgraphs.FailureLog;
import dev.trivium.server.subgraphs.SubgraphTarget;
import dev.trivium.server.subgraphs.VertxSubgraphClient;
import dev.trivium.server.subgraphs.VertxSubgraphClient.Loop;
import dev.trivium.supergraph.Subgraph;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which protocol a subgraph is spoken to, and which codings it may answer in.
class SubgraphProtocolTest {
    private static final int LIMIT = 100_000;

    @TempDir private static Path folder;

    private static TestIdentity identity;
    private static Vertx vertx;
    private static Context loop;
    private static Loop subgraphs;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        loop = vertx.getOrCreateContext();
        // The servers' certificate is signed by nobody that a JDK trusts.
        var options = HttpVerticle.clientOptions().setTrustAll(true).setVerifyHost(false);
        var client = new CompletableFuture<Loop>();
        loop.runOnContext(_ ->
                client.complete(
                        new Loop(vertx, vertx.createHttpClient(options), new FailureLog())));
        subgraphs = client.join();
        identity = TestIdentity.make(folder, "server", "ip:127.0.0.1");
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
    }

    @ParameterizedTest
    @CsvSource({
        "false, true, DISABLE, HTTP_1_1",
        "false, true, ENABLE, HTTP_1_1",
        "false, true, HTTP2ONLY, HTTP_2",
        "true, true, DISABLE, HTTP_1_1",
        "true, true, ENABLE, HTTP_2",
        "true, false, ENABLE, HTTP_1_1",
        "true, true, HTTP2ONLY, HTTP_2"
    })
    void speaksWhatIsConfiguredAndAgreedOn(
            boolean secure, boolean serverHasHttp2, Http2 http2, HttpVersion expected) {
        var options = new HttpServerOptions().setUseAlpn(serverHasHttp2);
        if (secure) {
            options.setSsl(true).setKeyCertOptions(identity.options());
        }
        var server = serve(options, it -> it.response().end(it.version() + " {}"));
        try {
            var url =
                    "%s://127.0.0.1:%d/graphql"
                            .formatted(secure ? "https" : "http", server.actualPort());
            assertThat(query(url, http2)).isEqualTo("200 " + expected + " {}");
        } finally {
            server.close().await();
        }
    }

    @Test
    void readsGzip() {
        var text = "{\"data\":{\"text\":\"" + "x".repeat(10_000) + "\"}}";
        assertThat(queryEncoded("gzip", gzip(text))).isEqualTo("200 " + text);
        assertThat(queryEncoded("identity", Buffer.buffer(text))).isEqualTo("200 " + text);
    }

    @Test
    void s16StopsAGzipBomb() {
        assertThat(queryEncoded("gzip", gzip("x".repeat(LIMIT)))).startsWith("200 xxx");
        assertThat(queryEncoded("gzip", gzip("x".repeat(LIMIT + 1)))).isEqualTo("TOO_LARGE");
        assertThat(queryEncoded("gzip", gzip("x".repeat(50_000_000)))).isEqualTo("TOO_LARGE");
    }

    @Test
    void refusesWhatItCannotDecode() {
        var cut = gzip("x".repeat(10_000));
        assertThat(queryEncoded("gzip", cut.slice(0, cut.length() - 9))).isEqualTo("MALFORMED");
        assertThat(queryEncoded("gzip", Buffer.buffer("{}"))).isEqualTo("MALFORMED");
        assertThat(queryEncoded("br", Buffer.buffer("{}"))).isEqualTo("MALFORMED");
    }

    private static Buffer gzip(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static String queryEncoded(String coding, Buffer body) {
        var server =
                serve(
                        new HttpServerOptions(),
                        it -> it.response().putHeader("content-encoding", coding).end(body));
        try {
            return query("http://127.0.0.1:" + server.actualPort() + "/graphql", Http2.DISABLE);
        } finally {
            server.close().await();
        }
    }

    private static HttpServer serve(
            HttpServerOptions options, Consumer<HttpServerRequest> behaviour) {
        return vertx.createHttpServer(options)
                .requestHandler(behaviour::accept)
                .listen(0, "127.0.0.1")
                .await();
    }

    /// @return status and body, or the kind of failure
    private static String query(String url, Http2 http2) {
        var result = new CompletableFuture<String>();
        var sink =
                new ResponseSink() {
                    @Override
                    public void answered(int status, byte[] body) {
                        result.complete(status + " " + new String(body, UTF_8));
                    }

                    @Override
                    public void failed(Failure failure) {
                        result.complete(failure.kind().name());
                    }
                };
        var client = new VertxSubgraphClient(subgraphs, List.of(target(url, http2)), null);
        var request = new SubgraphRequest(0, 0, false, "{}".getBytes(UTF_8));
        loop.runOnContext(_ -> client.send(request, sink));
        return result.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static SubgraphTarget target(String url, Http2 http2) {
        var text =
                """
                traffic_shaping: {all: {timeout: 5s, http2: %s}}
                limits: {subgraph_max_response_bytes: %d}
                """
                        .formatted(http2.name().toLowerCase(Locale.ROOT), LIMIT);
        return switch (ConfigurationReader.read(text, "router.yaml", Map.of())) {
            case Outcome.Accepted<Configuration>(var configuration) ->
                    SubgraphTarget.of(new Subgraph(0, "A", "a", url), configuration);
            case Outcome.Rejected<Configuration>(var issues) ->
                    throw new AssertionError(issues.toString());
        };
    }
}
