package dev.trivium.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.ResponseSink;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.configuration.ConfigurationReader;
import dev.trivium.server.subgraphs.FailureLog;
import dev.trivium.server.subgraphs.SubgraphTarget;
import dev.trivium.server.subgraphs.VertxSubgraphClient;
import dev.trivium.server.subgraphs.VertxSubgraphClient.Loop;
import dev.trivium.supergraph.Subgraph;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom the router trusts, and how it shows who it is.
class SubgraphTlsTest {
    @TempDir private static Path folder;

    private static TestIdentity server;
    private static TestIdentity stranger;
    private static TestIdentity router;
    private static Vertx vertx;
    private static Context loop;
    private static Loop subgraphs;

    @BeforeAll
    static void start() throws Exception {
        server = TestIdentity.make(folder, "server", "ip:127.0.0.1");
        stranger = TestIdentity.make(folder, "stranger", "dns:stranger.example");
        router = TestIdentity.make(folder, "router", "dns:router.example");
        Files.writeString(folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nno\n");
        Files.writeString(folder.resolve("empty.pem"), "");
        Files.writeString(
                folder.resolve("broken.key"),
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        vertx = Vertx.vertx();
        loop = vertx.getOrCreateContext();
        var client = new CompletableFuture<Loop>();
        loop.runOnContext(_ ->
                client.complete(
                        new Loop(
                                vertx,
                                vertx.createHttpClient(HttpVerticle.clientOptions()),
                                new FailureLog())));
        subgraphs = client.join();
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
    }

    @ParameterizedTest
    @CsvSource({"true, 200 HTTP_2", "false, 200 HTTP_1_1"})
    void trustsTheConfiguredAuthorities(boolean serverHasHttp2, String answer) {
        var options = tls(server).setUseAlpn(serverHasHttp2);
        assertThat(query(options, "all: {certificate_authorities: server.crt}")).isEqualTo(answer);
        assertThat(query(options, "subgraphs: {a: {certificate_authorities: server.crt}}"))
                .isEqualTo(answer);
        assertThat(query(options, "all: {}")).isEqualTo("UNAVAILABLE");
        assertThat(query(options, "subgraphs: {b: {certificate_authorities: server.crt}}"))
                .isEqualTo("UNAVAILABLE");
    }

    @Test
    void aSubgraphMayDifferFromTheOthers() {
        var trusted = "all: {certificate_authorities: server.crt}, subgraphs: {a: %s}";
        assertThat(query(tls(server), trusted.formatted("{}"))).startsWith("200");
        assertThat(query(tls(server), trusted.formatted("{certificate_authorities: stranger.crt}")))
                .isEqualTo("UNAVAILABLE");
    }

    @Test
    void aFileMayHoldSeveralAuthorities() throws Exception {
        Files.writeString(
                folder.resolve("both.pem"),
                "Our two authorities:\n"
                        + Files.readString(stranger.certificate())
                        + Files.readString(server.certificate()));
        assertThat(query(tls(server), "all: {certificate_authorities: both.pem}"))
                .startsWith("200");
    }

    @Test
    void theHostMustBeThatOfTheCertificate() {
        assertThat(query(tls(stranger), "all: {certificate_authorities: stranger.crt}"))
                .isEqualTo("UNAVAILABLE");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void showsItsCertificate(boolean serverHasHttp2) {
        var options =
                tls(server)
                        .setUseAlpn(serverHasHttp2)
                        .setClientAuth(ClientAuth.REQUIRED)
                        .setTrustOptions(
                                new PemTrustOptions().addCertPath(router.certificate().toString()));
        var certificate =
                "certificate_authorities: server.crt, client_authentication: "
                        + "{certificate_chain: %s.crt, key: %s.key}";
        assertThat(query(options, "all: {" + certificate.formatted("router", "router") + "}"))
                .startsWith("200");
        assertThat(query(options, "all: {" + certificate.formatted("stranger", "stranger") + "}"))
                .isEqualTo("UNAVAILABLE");
        assertThat(query(options, "all: {certificate_authorities: server.crt}"))
                .isEqualTo("UNAVAILABLE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{certificate_authorities: none.pem} | UNREADABLE_FILE | none.pem cannot be read",
                "{certificate_authorities: broken.pem} | INVALID_CERTIFICATE | broken.pem holds no",
                "{certificate_authorities: empty.pem} | INVALID_CERTIFICATE | empty.pem holds no",
                "{certificate_authorities: router.key} | INVALID_CERTIFICATE | router.key holds no",
                "{client_authentication: {certificate_chain: router.crt}} | MISSING_KEY | `key`",
                "{client_authentication: {key: router.key}} | MISSING_KEY | `certificate_chain`",
                "{client_authentication: {certificate_chain: router.crt, key: router.crt}}"
                        + " | INVALID_PRIVATE_KEY | router.crt holds no private key",
                "{client_authentication: {certificate_chain: router.crt, key: none.key}}"
                        + " | UNREADABLE_FILE | none.key cannot be read"
            })
    void aFileThatIsOfNoUseIsAnIssueOfTheConfiguration(String all, String code, String message) {
        assertThat(read("all: " + all))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        it -> {
                            var issue = (Issue) it.issues().getFirst();
                            assertThat(issue.code()).isEqualTo(code);
                            assertThat(issue.message()).contains(message);
                            assertThat(issue.locations().getFirst().line()).isEqualTo(1);
                        });
    }

    @ParameterizedTest
    @CsvSource({"stranger.key, is not the key of the certificate", "broken.key, cannot be used"})
    void aKeyThatIsOfNoUseIsRefusedAtTheStart(String key, String message) {
        var all =
                "all: {client_authentication: {certificate_chain: router.crt, key: %s}}"
                        .formatted(key);
        var started = RouterServer.start(TestRouter.supergraph(), configuration(all));
        assertThat(started)
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        it -> {
                            var issue = (Issue) it.issues().getFirst();
                            assertThat(issue.code()).isEqualTo("INVALID_PRIVATE_KEY");
                            assertThat(issue.message())
                                    .contains("tls.subgraph.all.client_authentication.key")
                                    .contains(message);
                        });
    }

    private static HttpServerOptions tls(TestIdentity identity) {
        return new HttpServerOptions().setSsl(true).setKeyCertOptions(identity.options());
    }

    private static Outcome<Configuration> read(String tls) {
        return ConfigurationReader.read(
                "tls: {subgraph: {%s}}".formatted(tls),
                folder.resolve("router.yaml").toString(),
                Map.of());
    }

    private static Configuration configuration(String tls) {
        return switch (read(tls)) {
            case Outcome.Accepted<Configuration>(var configuration) -> configuration;
            case Outcome.Rejected<Configuration>(var issues) ->
                    throw new AssertionError(issues.toString());
        };
    }

    /// Asks a server.
    ///
    /// @return status and version, or the kind of failure
    private static String query(HttpServerOptions options, String tls) {
        var listening =
                vertx.createHttpServer(options)
                        .requestHandler(it -> it.response().end(it.version().name()))
                        .listen(0, "127.0.0.1")
                        .await();
        try {
            var url = "https://127.0.0.1:%d/graphql".formatted(listening.actualPort());
            return query(SubgraphTarget.of(new Subgraph(0, "A", "a", url), configuration(tls)));
        } finally {
            listening.close().await();
        }
    }

    private static String query(SubgraphTarget target) {
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
        var client = new VertxSubgraphClient(subgraphs, List.of(target), null);
        var request = new SubgraphRequest(0, 0, false, "{}".getBytes(UTF_8));
        loop.runOnContext(_ -> client.send(request, sink));
        return result.orTimeout(10, TimeUnit.SECONDS).join();
    }
}
