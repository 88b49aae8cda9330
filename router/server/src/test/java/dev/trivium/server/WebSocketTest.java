package dev.trivium.server;

import static dev.trivium.server.SubscribedSubgraphs.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.trivium.server.http.Client;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The graphql-transport-ws protocol, message by message, with what the published clients never do.
class WebSocketTest {
    private static final String INIT = "{\"type\":\"connection_init\"}";
    private static final String SUBSCRIBE =
            "{\"id\":\"a\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription {itemChanged {name inStock}}\"}}";

    private final SubscribedSubgraphs subgraphs = new SubscribedSubgraphs();
    private final HttpClient http = HttpClient.newHttpClient();
    private TestRouter router = TestRouter.start(subgraphs.configuration());

    @AfterEach
    void stop() {
        router.close();
        subgraphs.close();
        http.close();
    }

    /// A client that sends what a test wants.
    private final class Client implements WebSocket.Listener, AutoCloseable {
        final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private final WebSocket socket;

        Client(String protocol, String... headers) {
            var builder = http.newWebSocketBuilder().subprotocols(protocol);
            for (int i = 0; i < headers.length; i += 2) {
                builder.header(headers[i], headers[i + 1]);
            }
            var uri = URI.create("ws://127.0.0.1:" + router.port() + "/graphql");
            socket = builder.buildAsync(uri, this).join();
        }

        Client send(String... texts) {
            for (var each : texts) {
                socket.sendText(each, true).join();
            }
            return this;
        }

        String next() throws InterruptedException {
            return String.valueOf(messages.poll(10, TimeUnit.SECONDS));
        }

        int closeCode() {
            return closed.orTimeout(10, TimeUnit.SECONDS).join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    private Client client() {
        return new Client("graphql-transport-ws");
    }

    @Test
    void eventsGoOnUntilTheClientHasEnough() throws InterruptedException {
        try (var client = client().send(INIT, SUBSCRIBE)) {
            assertThat(client.next()).isEqualTo("{\"type\":\"connection_ack\"}");
            var stream = subgraphs.stream();
            subgraphs.send(stream, event(7));
            assertThat(client.next())
                    .isEqualTo(
                            "{\"id\":\"a\",\"type\":\"next\",\"payload\":"
                                    + "{\"data\":{\"itemChanged\":{\"name\":\"n7\",\"inStock\":7}}}}");
            client.send("{\"id\":\"a\",\"type\":\"complete\"}");
            await().until(stream.socket()::isClosed);
            client.send("{\"type\":\"ping\"}");
            assertThat(client.next()).isEqualTo("{\"type\":\"pong\"}");
        }
    }

    @Test
    void anOperationThatIsNoGoodIsAnErrorOfItsOwn() throws InterruptedException {
        try (var client =
                client().send(
                                INIT,
                                "{\"id\":\"b\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{nothing}\"}}",
                                "{\"id\":\"c\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{item(id: 1) {name}}\"}}")) {
            client.next();
            var one = client.next() + client.next() + client.next();
            assertThat(one)
                    .contains("{\"id\":\"b\",\"type\":\"error\",\"payload\":[{\"message\":")
                    .contains("{\"id\":\"c\",\"type\":\"next\"")
                    .contains("{\"id\":\"c\",\"type\":\"complete\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4400 | no JSON",
                "4400 | {\"type\":\"unknown\"}",
                "4400 | {\"id\":{},\"type\":\"complete\"}",
                "4400 | []",
                "4401 | {\"id\":\"a\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{item {name}}\"}}",
            })
    void whoeverBreaksTheProtocolIsSentAway(int code, String message) {
        try (var client = client().send(message)) {
            assertThat(client.closeCode()).isEqualTo(code);
        }
    }

    @Test
    void nobodyInitialisesTwice() {
        try (var client = client().send(INIT, INIT)) {
            assertThat(client.closeCode()).isEqualTo(4429);
        }
    }

    @Test
    void anIdIsForOneOperation() {
        try (var client = client().send(INIT, SUBSCRIBE, SUBSCRIBE)) {
            assertThat(client.closeCode()).isEqualTo(4409);
        }
    }

    @Test
    void anotherProtocolIsNotSpoken() {
        try (var client = new Client("mqtt")) {
            assertThat(client.closeCode()).isEqualTo(4406);
        } catch (CompletionException refused) {
            // The JDK's client does not take a handshake without its protocol.
            assertThat(refused).hasRootCauseMessage("Invalid subprotocol");
        }
    }

    @Test
    void aPageOfAnotherOriginMayNotConnect() {
        assertThatThrownBy(
                        () -> new Client("graphql-transport-ws", "Origin", "https://evil.example"))
                .isInstanceOf(CompletionException.class);
        try (var _ =
                new Client("graphql-transport-ws", "Origin", "http://127.0.0.1:" + router.port())) {
            assertThat(subgraphs.items.exchanges()).isEmpty();
        }
    }

    @Test
    void aLongMessageIsNotRead() {
        try (var client = client().send(INIT)) {
            var _ = client.socket.sendText("x".repeat(3 * 1024 * 1024), true);
            // Netty's code for a message that is too big, or the connection is gone.
            assertThat(client.closeCode()).isIn(1006, 1009, 4400);
        }
    }

    @Test
    void oneClientHasSoManySubscriptionsOnly() throws InterruptedException {
        router.close();
        router =
                TestRouter.start(
                        subgraphs
                                .configuration()
                                .replace("subscription: {", "subscription: {max_per_client: 1, "));
        try (var client = client().send(INIT, SUBSCRIBE)) {
            client.next();
            subgraphs.stream();
            client.send(SUBSCRIBE.replace("\"a\"", "\"b\""));
            assertThat(client.next())
                    .contains("\"id\":\"b\"", "\"type\":\"error\"", "SUBSCRIPTION_LIMIT_REACHED");
            client.send(
                    "{\"id\":\"a\",\"type\":\"complete\"}", SUBSCRIBE.replace("\"a\"", "\"c\""));
            subgraphs.send(subgraphs.stream(), event(1));
            assertThat(client.next()).contains("\"id\":\"c\"", "\"type\":\"next\"");
        }
    }

    @Test
    void aRouterThatStopsSaysSo() throws InterruptedException {
        try (var client = client().send(INIT, SUBSCRIBE);
                var idle = client()) {
            client.next();
            subgraphs.stream();
            router.close();
            assertThat(client.closeCode()).isEqualTo(1012);
            assertThat(idle.closeCode()).isEqualTo(1012);
            router = TestRouter.start(subgraphs.configuration());
        }
    }

    @Test
    void aReloadInterruptsNothingThatIsStillValid() throws InterruptedException {
        try (var client = client().send(INIT, SUBSCRIBE)) {
            client.next();
            var stream = subgraphs.stream();
            subgraphs.send(stream, event(1));
            assertThat(client.next()).contains("\"inStock\":1");
            router.reload(TestRouter.supergraph() + "\n# another text");
            router.reload(
                    TestRouter.supergraph()
                            .replace(
                                    "  inStock: Int",
                                    "  more: Int @join__field(graph: STOCK)\n  inStock: Int"));
            subgraphs.send(stream, event(2));
            assertThat(client.next()).contains("\"inStock\":2");
            assertThat(stream.socket().isClosed()).isFalse();

            router.reload(TestRouter.supergraph().replace("inStock", "stocked"));
            assertThat(client.next())
                    .contains("\"type\":\"error\"", "SUBSCRIPTION_SCHEMA_RELOAD", "inStock");
            await().until(stream.socket()::isClosed);
        }
    }

    @Test
    void aStreamEndsWithItsToken() throws Exception {
        var key = new RSAKeyGenerator(2048).keyID("k1").generate();
        try (var issuer = ScriptedSubgraph.answering(new JWKSet(key).toString(true))) {
            router.close();
            router =
                    TestRouter.start(
                            subgraphs.configuration()
                                    + "authentication: {router: {jwt: {jwks: [{url: '%s'}]}}}\n"
                                            .formatted(issuer.url()));
            try (var client = client().send(init(token(key, 3)))) {
                assertThat(client.next()).contains("connection_ack");
                client.send(SUBSCRIBE);
                subgraphs.send(subgraphs.stream(), event(1));
                assertThat(client.next()).contains("\"inStock\":1");
                assertThat(client.closeCode()).isEqualTo(4403);
            }
            try (var client = client().send(init("forged"))) {
                assertThat(client.closeCode()).isEqualTo(4403);
            }
        }
    }

    private static String init(String token) {
        return "{\"type\":\"connection_init\",\"payload\":{\"Authorization\":\"Bearer %s\"}}"
                .formatted(token);
    }

    /// A token of a user, for so many seconds.
    static String token(RSAKey key, int seconds) throws Exception {
        var claims =
                new JWTClaimsSet.Builder()
                        .subject("u1")
                        .expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
                        .build();
        var jwt =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(), claims);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }
}
