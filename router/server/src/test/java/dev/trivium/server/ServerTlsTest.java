package dev.trivium.server;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.ConfigurationReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// TLS to clients.
class ServerTlsTest {
    private static final String TLS =
            "tls: {supergraph: {certificate: server.crt, key: server.key%s}}";

    @TempDir private static Path folder;
    private static TestIdentity server;
    private static TestIdentity misfit;

    @BeforeAll
    static void make() throws Exception {
        server = TestIdentity.make(folder, "server", "ip:127.0.0.1");
        misfit = TestIdentity.make(folder, "misfit", "ip:127.0.0.1");
    }

    @Test
    void bothVersionsOfHttp() throws Exception {
        try (var router = start("");
                var client = client(server, null)) {
            assertThat(ask(client, router, Version.HTTP_1_1)).isEqualTo("200 HTTP_1_1");
            assertThat(ask(client, router, Version.HTTP_2)).isEqualTo("200 HTTP_2");
        }
    }

    @Test
    void http2CanBeOff() throws Exception {
        try (var router = start("\nhttp: {http2: {enabled: false}}");
                var client = client(server, null)) {
            assertThat(ask(client, router, Version.HTTP_2)).isEqualTo("200 HTTP_1_1");
        }
    }

    @Test
    void anotherCertificateTakesThePlace() throws Exception {
        var shown = folder.resolve("shown.crt");
        var key = folder.resolve("shown.key");
        Files.copy(server.certificate(), shown);
        Files.copy(server.key(), key);
        var files = "tls: {supergraph: {certificate: shown.crt, key: shown.key}}";
        try (var router = TestRouter.start(files, folder.resolve("router.yaml"))) {
            Files.writeString(key, "broken");
            // Longer than it takes to look at the files.
            Thread.sleep(Duration.ofMillis(1_500));
            try (var client = client(server, null)) {
                assertThat(ask(client, router, Version.HTTP_2)).startsWith("200");
            }
            Files.copy(misfit.certificate(), shown, REPLACE_EXISTING);
            Files.copy(misfit.key(), key, REPLACE_EXISTING);
            await().ignoreExceptions()
                    .untilAsserted(() -> {
                        try (var client = client(misfit, null)) {
                            assertThat(ask(client, router, Version.HTTP_2)).startsWith("200");
                        }
                    });
        }
    }

    @Test
    void clientsMayHaveToShowACertificate() throws Exception {
        var known = TestIdentity.make(folder, "known", "dns:known.example");
        var mutual = TLS.formatted(", client_authentication: {certificate_authorities: known.crt}");
        try (var router = TestRouter.start(mutual, folder.resolve("router.yaml"))) {
            try (var client = client(server, known)) {
                assertThat(ask(client, router, Version.HTTP_2)).startsWith("200");
            }
            for (var other : new @Nullable TestIdentity[] {null, misfit}) {
                try (var client = client(server, other)) {
                    assertThat(refusal(client, router)).isTrue();
                }
            }
        }
    }

    @Test
    void aChainMayBeginWithTheCertificate() throws Exception {
        var chain = TLS.formatted(", certificate_chain: server.crt");
        try (var router = TestRouter.start(chain, folder.resolve("router.yaml"));
                var client = client(server, null)) {
            var request = HttpRequest.newBuilder(uri(router)).build();
            var session = client.send(request, BodyHandlers.discarding()).sslSession();
            assertThat(session.orElseThrow().getPeerCertificates()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {certificate: server.crt}                      | `key` is missing
                    {certificate: none.crt, key: server.key}       | cannot be read
                    {certificate: server.key, key: server.key}     | holds no certificates
                    {certificate: server.crt, key: server.crt}     | holds no private key
                    {certificate: server.crt, key: misfit.key}     | is not the key of the certificate
                    {certificate: server.crt, key: server.key, certificate_chain: misfit.crt} | chain is not valid
                    """)
    void whatCannotBeUsedIsToldAtTheStart(String files, String message) {
        var file = folder.resolve("router.yaml").toString();
        var read =
                ConfigurationReader.read("tls: {supergraph: %s}".formatted(files), file, Map.of());

        var outcome = read.then(it -> RouterServer.start(TestRouter.supergraph(), it));

        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(ConfigurationReader.describe(((Outcome.Rejected<?>) outcome).issues()))
                .contains(message);
    }

    private static TestRouter start(String more) {
        return TestRouter.start(TLS.formatted("") + more, folder.resolve("router.yaml"));
    }

    private static boolean refusal(HttpClient client, TestRouter router) {
        try {
            ask(client, router, Version.HTTP_2);
            return false;
        } catch (SSLException _) {
            return true;
        } catch (IOException _) {
            // The router may close before the client has read why.
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ask(HttpClient client, TestRouter router, Version version)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(uri(router))
                        .version(version)
                        .timeout(Duration.ofSeconds(10))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString("{\"query\":\"{__typename}\"}"))
                        .build();
        var response = client.send(request, BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo("{\"data\":{\"__typename\":\"Query\"}}");
        return response.statusCode() + " " + response.version();
    }

    private static URI uri(TestRouter router) {
        return URI.create("https://127.0.0.1:" + router.port() + "/graphql");
    }

    /// @param shown what the client shows of itself
    private static HttpClient client(TestIdentity trusted, @Nullable TestIdentity shown)
            throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var in = Files.newInputStream(trusted.certificate())) {
            store.setCertificateEntry(
                    "trusted", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (shown != null) {
            var own = KeyStore.getInstance("PKCS12");
            try (var in = Files.newInputStream(shown.store())) {
                own.load(in, "changeit".toCharArray());
            }
            keys.init(own, "changeit".toCharArray());
        } else {
            keys.init(null, null);
        }
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }
}
