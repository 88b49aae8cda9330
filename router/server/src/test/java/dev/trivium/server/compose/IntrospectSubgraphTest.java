package dev.trivium.server.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.CompositionConfiguration.RunningSubgraph;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against a server that says exactly what a test wants it to say.
class IntrospectSubgraphTest {
    private static final String SDL =
            "{\"data\":{\"_service\":{\"sdl\":\"type Query { a: Int }\"}}}";

    private final AtomicReference<String> request = new AtomicReference<>("");
    private final AtomicInteger requests = new AtomicInteger();
    private ServerSocket server;
    private Script script = out -> {};

    /// What the server sends once it has read a request.
    private interface Script {
        void send(OutputStream out) throws IOException;
    }

    IntrospectSubgraphTest() throws IOException {
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    }

    @BeforeEach
    void start() {
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            byte[] read = new byte[8192];
            StringBuilder text = new StringBuilder();
            while (!text.toString().contains("_service")) {
                int count = socket.getInputStream().read(read);
                if (count < 0) {
                    return;
                }
                text.append(new String(read, 0, count, StandardCharsets.UTF_8));
            }
            request.set(text.toString());
            requests.incrementAndGet();
            script.send(socket.getOutputStream());
        } catch (IOException _) {
            // The client has hung up.
        }
    }

    @Test
    void sendsTheHeadersAndReadsTheSchema() throws Exception {
        script = response("200 OK", "application/json", SDL);
        assertThat(introspect(Map.of("Authorization", "Bearer secret")))
                .isEqualTo(new Outcome.Accepted<>("type Query { a: Int }"));
        assertThat(request.get())
                .startsWith("POST /graphql HTTP/1.1\r\n")
                .contains("Authorization: Bearer secret")
                .doesNotContain("Upgrade");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    200 OK           | text/html        | <html>hello</html>              | status 200 with text/html, not JSON
                    503 Unavailable  | text/plain       | try again                       | status 503 with text/plain, not JSON
                    200 OK           | application/json | {"data":{"_service":null}}      | status 200 without `data._service.sdl`
                    200 OK           | application/json | {"data":{"_service":{"sdl":5}}} | status 200 without `data._service.sdl`
                    200 OK           | application/json | []                              | status 200 without `data._service.sdl`
                    400 Bad Request  | application/json | {"errors":[{"message":"no introspection"}]} | status 400, "no introspection"
                    """)
    void anAnswerWithoutASchemaIsAnError(String status, String type, String body, String expected)
            throws Exception {
        script = response(status, type, body.strip());
        assertThat(rejection(introspect(Map.of()))).endsWith("gives no schema: " + expected);
    }

    @Test
    void aRedirectIsNotFollowedBecauseTheHeadersAreForThisServer() throws Exception {
        script =
                out ->
                        out.write(
                                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%d/other\r\nContent-Length: 0\r\n\r\n"
                                        .formatted(server.getLocalPort())
                                        .getBytes(StandardCharsets.UTF_8));
        assertThat(rejection(introspect(Map.of("Authorization", "Bearer secret"))))
                .contains("status 302, a redirect to http://127.0.0.1:", "/other");
        assertThat(requests).hasValue(1);
    }

    @Test
    void anAnswerThatNeverEndsEndsInTime() throws Exception {
        script =
                out -> {
                    out.write(
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
                                    .getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    dripUntilHungUp(out);
                };
        assertThat(rejection(introspect(Map.of(), Duration.ofMillis(200))))
                .endsWith("no answer within 200 ms");
    }

    /// Sends a byte now and then until nobody listens: each comes in time, the whole does not.
    private static void dripUntilHungUp(OutputStream out) throws IOException {
        while (true) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException _) {
                return;
            }
            out.write(' ');
            out.flush();
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsNotReadToItsEnd() throws Exception {
        script =
                out -> {
                    out.write(
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.UTF_8));
                    byte[] blanks = " ".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
                    for (long sent = 0; sent <= 4 * IntrospectSubgraph.MAX_BYTES; ) {
                        out.write(blanks);
                        sent += blanks.length;
                    }
                };
        assertThat(rejection(introspect(Map.of())))
                .contains("gives no schema: java.io.IOException");
    }

    @Test
    void aHeaderThatCannotBeSentIsAnError() throws Exception {
        assertThat(rejection(introspect(Map.of("no header", "x")))).contains("`no header`");
        assertThat(requests).hasValue(0);
    }

    @Test
    void aHeaderThatCannotBeSentIsNamedWithoutItsSecret() throws Exception {
        assertThat(rejection(introspect(Map.of("Authorization", "Bearer sec\nret"))))
                .contains("the header `Authorization` cannot be sent")
                .doesNotContain("sec", "ret");
        assertThat(requests).hasValue(0);
    }

    @Test
    void aServerThatIsDownIsAnError() throws Exception {
        server.close();
        assertThat(rejection(introspect(Map.of())))
                .startsWith("subgraph users at http://127.0.0.1:")
                .endsWith("gives no schema: it cannot be connected to; is the server running?")
                .doesNotContain("Exception");
    }

    @Test
    void aHostThatIsUnknownIsAnError() throws Exception {
        URI url = URI.create("http://nowhere.invalid/graphql");
        try (var introspect = new IntrospectSubgraph(Duration.ofSeconds(20))) {
            assertThat(rejection(introspect.sdl("users", new RunningSubgraph(url, Map.of()))))
                    .endsWith("gives no schema: the host nowhere.invalid is unknown");
        }
    }

    private Outcome<String> introspect(Map<String, String> headers) throws InterruptedException {
        return introspect(headers, Duration.ofSeconds(20));
    }

    private Outcome<String> introspect(Map<String, String> headers, Duration timeout)
            throws InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/graphql");
        try (var introspect = new IntrospectSubgraph(timeout)) {
            return introspect.sdl("users", new RunningSubgraph(url, headers));
        }
    }

    private static String rejection(Outcome<String> outcome) {
        if (!(outcome instanceof Outcome.Rejected<String>(var issues))) {
            throw new AssertionError(outcome);
        }
        Issue issue = issues.getFirst();
        assertThat(issue.code()).isEqualTo("DOWNSTREAM_SERVICE_ERROR");
        return issue.message();
    }

    private static Script response(String status, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head =
                "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(status, type, bytes.length);
        return out -> {
            out.write(head.getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
            out.flush();
        };
    }
}
