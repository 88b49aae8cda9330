package dev.trivium.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// HTTP/2 in clear text.
class Http2Test {
    private static final String BODY = "{\"query\":\"{__typename}\"}";

    /// `POST /graphql` with JSON, as HPACK.
    private static final byte[] POST =
            bytes("\u0083\u0086D\u0008/graphqlA\u0001x_\u0010application/json");

    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;

    private static TestRouter router;

    @BeforeAll
    static void start() {
        router = TestRouter.start("limits: {http_max_request_bytes: 100000}");
    }

    @AfterAll
    static void stop() {
        router.close();
    }

    @Test
    void byUpgrade() throws Exception {
        try (var client = HttpClient.newBuilder().version(Version.HTTP_2).build()) {
            var get =
                    HttpRequest.newBuilder(URI.create(url() + "?query=%7B__typename%7D"))
                            .header("apollo-require-preflight", "1")
                            .build();
            var post =
                    HttpRequest.newBuilder(URI.create(url()))
                            .header("content-type", "application/json")
                            .POST(BodyPublishers.ofString(BODY))
                            .build();
            assertThat(client.send(get, BodyHandlers.ofString()).version())
                    .isEqualTo(Version.HTTP_2);
            var response = client.send(post, BodyHandlers.ofString());
            assertThat(response.version()).isEqualTo(Version.HTTP_2);
            assertThat(response.body()).isEqualTo("{\"data\":{\"__typename\":\"Query\"}}");
        }
    }

    @Test
    void withPriorKnowledge() throws Exception {
        assumeTrue(hasCurl());
        assertThat(curl("-d", BODY)).isEqualTo("{\"data\":{\"__typename\":\"Query\"}} 200 2");
        // Refused unread, without a header that HTTP/2 does not know.
        assertThat(curl("-d", "x".repeat(100_001))).contains("PAYLOAD_TOO_LARGE").endsWith("413 2");
    }

    @Test
    void h25NoMoreThanTheAllowedStreams() throws IOException {
        try (var socket = connect()) {
            var out = new ByteArrayOutputStream();
            for (int stream = 1; stream <= 2 * 150; stream += 2) {
                frame(out, HEADERS, END_HEADERS, stream, POST);
            }
            socket.getOutputStream().write(out.toByteArray());

            var in = new DataInputStream(socket.getInputStream());
            int refused = 0;
            while (refused < 50) {
                int type = readFrame(in);
                if (type == GOAWAY) {
                    break;
                }
                refused += type == RST_STREAM ? 1 : 0;
            }
            assertThat(router.query("{__typename}").status()).isEqualTo(200);
        }
    }

    @Test
    void h24RapidResetsEndTheConnection() throws IOException {
        try (var socket = connect()) {
            var out = new ByteArrayOutputStream();
            for (int stream = 1; stream <= 2 * 1_000; stream += 2) {
                frame(out, HEADERS, END_HEADERS, stream, POST);
                frame(out, RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
            }
            assertEndsTheConnection(socket, out);
        }
    }

    @Test
    void h24AFloodOfContinuationsEndsTheConnection() throws IOException {
        try (var socket = connect()) {
            var out = new ByteArrayOutputStream();
            frame(out, HEADERS, 0, 1, POST);
            for (int i = 0; i < 10_000; i++) {
                frame(out, CONTINUATION, 0, 1, new byte[0]);
            }
            assertEndsTheConnection(socket, out);
        }
    }

    private static void assertEndsTheConnection(Socket socket, ByteArrayOutputStream out) {
        var ended = false;
        try {
            socket.getOutputStream().write(out.toByteArray());
            var in = new DataInputStream(socket.getInputStream());
            while (readFrame(in) != GOAWAY) {
                // Those before it do not matter.
            }
            ended = true;
        } catch (IOException _) {
            // The router was faster.
            ended = true;
        }
        assertThat(ended).isTrue();
        assertThat(router.query("{__typename}").status()).isEqualTo(200);
    }

    private static Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), router.port());
        socket.setSoTimeout(10_000);
        var out = new ByteArrayOutputStream();
        out.writeBytes(bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
        frame(out, SETTINGS, 0, 0, new byte[0]);
        socket.getOutputStream().write(out.toByteArray());
        return socket;
    }

    private static void frame(
            ByteArrayOutputStream out, int type, int flags, int stream, byte[] payload) {
        var head = ByteBuffer.allocate(9);
        head.putInt(payload.length << 8 | type).put((byte) flags).putInt(stream);
        out.writeBytes(head.array());
        out.writeBytes(payload);
    }

    /// @return the type of the next frame
    private static int readFrame(DataInputStream in) throws IOException {
        int head = in.readInt();
        in.skipNBytes(5 + (head >>> 8));
        return head & 0xff;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static String url() {
        return "http://127.0.0.1:" + router.port() + "/graphql";
    }

    private static boolean hasCurl() throws InterruptedException {
        try {
            var process = new ProcessBuilder("curl", "--version").start();
            var version = new String(process.getInputStream().readAllBytes(), UTF_8);
            return process.waitFor() == 0 && version.contains("HTTP2");
        } catch (IOException _) {
            return false;
        }
    }

    private static String curl(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.addAll(List.of("curl", "-s", "--http2-prior-knowledge"));
        command.addAll(List.of("-H", "content-type: application/json"));
        command.addAll(List.of("-w", " %{http_code} %{http_version}"));
        command.addAll(List.of(arguments));
        command.add(url());
        var process = new ProcessBuilder(command).start();
        var answer = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return answer;
    }
}
