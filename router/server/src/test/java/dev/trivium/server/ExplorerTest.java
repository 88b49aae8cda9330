package dev.trivium.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// The page for browsers, without a browser.
class ExplorerTest {
    private static final Path FILES = Path.of("src/main/resources/dev/trivium/server/explorer");
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(explorer/[^\"]*)\"");

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void thePageLoadsNothingFromElsewhere() throws Exception {
        try (var router = TestRouter.start("")) {
            var page = get(router, "/graphql?x=%3Cscript%3E", "accept", "text/html,*/*;q=0.8");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(header(page, "content-type")).isEqualTo("text/html; charset=utf-8");
            assertThat(header(page, "content-security-policy"))
                    .startsWith("default-src 'none'; script-src 'self'; worker-src 'self'");
            assertThat(header(page, "cache-control")).isEqualTo("no-cache");

            var text = new String(page.body(), UTF_8);
            assertThat(text)
                    .contains("data-query-plans=\"off\"")
                    .doesNotContain("https:", "x=%3C", "<script>", "<style", " style=");
            var references = REFERENCE.matcher(text).results().map(m -> m.group(1)).toList();
            assertThat(references).hasSize(2);
            for (var reference : references) {
                assertThat(get(router, "/" + reference).statusCode()).as(reference).isEqualTo(200);
            }
        }
    }

    @Test
    void everyFileIsServedCompressedAndForever() throws Exception {
        try (var router = TestRouter.start("")) {
            var names = Files.readAllLines(FILES.resolve("assets.txt"));
            assertThat(names).hasSizeGreaterThan(10);
            for (var name : names) {
                var path = "/explorer/" + name;
                var compressed = get(router, path, "accept-encoding", "gzip, deflate, br");
                assertThat(compressed.statusCode()).as(name).isEqualTo(200);
                assertThat(header(compressed, "content-encoding")).isEqualTo("gzip");
                assertThat(header(compressed, "vary")).isEqualTo("accept-encoding");
                assertThat(header(compressed, "x-content-type-options")).isEqualTo("nosniff");
                assertThat(header(compressed, "cache-control"))
                        .isEqualTo("public, max-age=31536000, immutable");
                assertThat(compressed.body()).isEqualTo(Files.readAllBytes(file(name)));

                var plain = get(router, path);
                assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
                assertThat(plain.body()).as(name).isEqualTo(inflated(compressed.body()));
            }
        }
    }

    @Test
    void theListNamesTheFilesThatThereAre() throws IOException {
        try (var files = Files.list(FILES)) {
            assertThat(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".gz"))
                                    .map(name -> name.substring(0, name.length() - ".gz".length())))
                    .containsExactlyInAnyOrderElementsOf(
                            Files.readAllLines(FILES.resolve("assets.txt")));
        }
    }

    @Test
    void nothingButReadingIsAllowed() throws Exception {
        try (var router = TestRouter.start("")) {
            var name = Files.readAllLines(FILES.resolve("assets.txt")).getFirst();
            var uri = uri(router, "/explorer/" + name);
            for (var method : List.of("POST", "PUT", "DELETE")) {
                var request =
                        HttpRequest.newBuilder(uri)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build();
                assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                        .isEqualTo(404);
            }
            var head =
                    HttpRequest.newBuilder(uri)
                            .method("HEAD", HttpRequest.BodyPublishers.noBody())
                            .build();
            var answer = client.send(head, BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void canBeTurnedOff() throws Exception {
        try (var router = TestRouter.start("explorer: {enabled: false}")) {
            assertThat(get(router, "/graphql", "accept", "text/html").statusCode()).isEqualTo(406);
            for (var name : Files.readAllLines(FILES.resolve("assets.txt"))) {
                assertThat(get(router, "/explorer/" + name).statusCode()).isEqualTo(404);
            }
        }
    }

    private static Path file(String name) {
        return FILES.resolve(name + ".gz");
    }

    private static byte[] inflated(byte[] compressed) throws IOException {
        try (var stream = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return stream.readAllBytes();
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static URI uri(TestRouter router, String path) {
        return URI.create("http://127.0.0.1:" + router.port() + path);
    }

    private HttpResponse<byte[]> get(TestRouter router, String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(router, path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }
}
