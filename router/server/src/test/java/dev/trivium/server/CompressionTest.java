package dev.trivium.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.aayushatharva.brotli4j.decoder.Decoder;
import com.github.luben.zstd.ZstdInputStream;
import dev.trivium.server.compression.NativeCodecs;
import dev.trivium.server.configuration.HttpConfiguration.Coding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /// Of many sizes, so that buffers are used again and grow.
    private static final List<Integer> LENGTHS = List.of(3_000, 200_000, 2_500, 50_000);

    private static ScriptedSubgraph subgraph;
    private static TestRouter router;

    @BeforeAll
    static void start() {
        subgraph =
                ScriptedSubgraph.start(exchange -> {
                    int length = Integer.parseInt(exchange.body().replaceAll("\\D", ""));
                    exchange.answer(
                            "{\"data\":{\"item\":{\"name\":\"%s\"}}}".formatted(name(length)));
                });
        router =
                TestRouter.start(
                        TestRouter.addresses(subgraph, subgraph)
                                + "cors: {origins: ['https://app.example']}");
        await().until(() -> NativeCodecs.has(Coding.BR) && NativeCodecs.has(Coding.ZSTD));
    }

    @AfterAll
    static void stop() {
        router.close();
        subgraph.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            textBlock =
                    """
                    none                                  | none
                    identity                              | none
                    deflate                               | none
                    gzip                                  | gzip
                    x-gzip                                | gzip
                    GZIP;Q=0.5                            | gzip
                    br                                    | br
                    zstd                                  | zstd
                    gzip, deflate, br                     | br
                    gzip, deflate, br, zstd               | zstd
                    gzip;q=1.0, br;q=0.8, zstd;q=0.1      | gzip
                    *                                     | zstd
                    *;q=0.5, zstd;q=0                     | br
                    gzip;q=0                              | none
                    identity, gzip;q=0.5                  | none
                    gzip;q=x                              | none
                    """)
    void theClientChooses(@Nullable String accepted, @Nullable String coding)
            throws IOException, InterruptedException {
        for (int length : LENGTHS) {
            var response = ask(router, length, accepted);

            assertThat(response.headers().firstValue("content-encoding").orElse(null))
                    .isEqualTo(coding);
            assertThat(response.headers().allValues("vary"))
                    .containsExactlyInAnyOrder("origin", "accept-encoding");
            assertThat(text(coding, response.body()))
                    .isEqualTo("{\"data\":{\"item\":{\"name\":\"%s\"}}}".formatted(name(length)));
            if (coding != null) {
                assertThat(response.body().length).isLessThan(length);
            }
        }
    }

    @Test
    void smallResponsesAreSentAsTheyAre() throws IOException, InterruptedException {
        var response = ask(router, 2_000, "gzip");

        assertThat(response.headers().map()).doesNotContainKey("content-encoding");
        assertThat(response.headers().allValues("vary")).containsExactly("origin");
    }

    @Test
    void thereMayBeFewerAlgorithmsOrNone() throws IOException, InterruptedException {
        var addresses = TestRouter.addresses(subgraph, subgraph);
        try (var one = TestRouter.start(addresses + "compression: {algorithms: [gzip], level: 9}");
                var none = TestRouter.start(addresses + "compression: {enabled: false}")) {
            assertThat(ask(one, 9_000, "br, gzip;q=0.1").headers().allValues("content-encoding"))
                    .containsExactly("gzip");
            assertThat(ask(none, 9_000, "gzip").headers().map())
                    .doesNotContainKeys("content-encoding", "vary");
        }
    }

    private static HttpResponse<byte[]> ask(
            TestRouter router, int length, @Nullable String accepted)
            throws IOException, InterruptedException {
        var body = "{\"query\":\"{item(id:%d){name}}\"}".formatted(length);
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + router.port() + "/graphql"))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (accepted != null) {
            request.header("accept-encoding", accepted);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String name(int length) {
        return "some text ".repeat(length / 10);
    }

    private static String text(@Nullable String coding, byte[] body) throws IOException {
        var stream = new ByteArrayInputStream(body);
        return switch (coding) {
            case null -> new String(body, UTF_8);
            case "gzip" -> new String(new GZIPInputStream(stream).readAllBytes(), UTF_8);
            case "zstd" -> new String(new ZstdInputStream(stream).readAllBytes(), UTF_8);
            default -> new String(Decoder.decompress(body).getDecompressedData(), UTF_8);
        };
    }
}
