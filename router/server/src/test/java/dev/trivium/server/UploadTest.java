package dev.trivium.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trivium.composition.Composition;
import dev.trivium.composition.CompositionResult.Composed;
import dev.trivium.composition.SubgraphSource;
import dev.trivium.server.UploadSubgraph.File;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UploadTest {
    private static final String PICTURES =
            """
            scalar Upload
            type Query { pictures: Int }
            type Mutation {
              store(file: Upload!, caption: String): String
              storeAll(files: [Upload!]!): String
            }
            """;
    private static final String SOUNDS =
            """
            scalar Upload
            type Query { sounds: Int sound(like: Upload!): String }
            type Mutation { keep(file: Upload!): String }
            """;
    private static final String STORE =
            "mutation($file: Upload!) {store(file: $file, caption: \"c\")}";
    private static final String LIMITS =
            "uploads: {enabled: true, maximum_files: 3, maximum_file_size: %d, maximum_total_size: %d, timeout: %s}\n";
    private static final int KILOBYTE = 1024;

    private UploadSubgraph pictures;
    private UploadSubgraph sounds;
    private TestRouter router;

    @BeforeEach
    void start() {
        pictures = new UploadSubgraph("{\"data\":{\"store\":\"ok\",\"storeAll\":\"all\"}}");
        sounds = new UploadSubgraph("{\"data\":{\"keep\":\"kept\",\"sound\":\"bang\"}}");
        router = start(LIMITS.formatted(20 * KILOBYTE, 40 * KILOBYTE, "1m"));
    }

    private TestRouter start(String configuration) {
        var sources =
                List.of(
                        new SubgraphSource("pictures", pictures.url(), PICTURES),
                        new SubgraphSource("sounds", sounds.url(), SOUNDS));
        return TestRouter.start(
                ((Composed) Composition.compose(sources)).supergraphSdl(), configuration);
    }

    @AfterEach
    void stop() {
        router.close();
        pictures.close();
        sounds.close();
    }

    /// A form that ends, or one that is to be continued.
    static final class Form {
        private static final String BOUNDARY = "----some-boundary";
        private final StringBuilder text = new StringBuilder();

        Form field(String name, String value) {
            text.append(
                    "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                            .formatted(BOUNDARY, name, value));
            return this;
        }

        Form operations(String document, String variables) {
            return field(
                    "operations",
                    new JsonObject()
                            .put("query", document)
                            .put("variables", new JsonObject(variables))
                            .encode());
        }

        Form file(String key, String name, String content) {
            begin(key, name);
            text.append(content).append("\r\n");
            return this;
        }

        Form begin(String key, String name) {
            text.append(
                    "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: text/plain\r\n\r\n"
                            .formatted(BOUNDARY, key, name));
            return this;
        }

        byte[] bytes() {
            return text.toString().getBytes(UTF_8);
        }

        String end() {
            return text + "--" + BOUNDARY + "--\r\n";
        }
    }

    private static final String HEADERS =
            "Content-Type: multipart/form-data; boundary=%s\r\nApollo-Require-Preflight: 1\r\n"
                    .formatted(Form.BOUNDARY);

    private RawHttp.Response send(Form form) {
        return RawHttp.send(router.port(), RawHttp.post(HEADERS, form.end().getBytes(UTF_8)));
    }

    private static Form store(String content) {
        return new Form()
                .operations(STORE, "{\"file\":null}")
                .field("map", "{\"0\":[\"variables.file\"]}")
                .file("0", "a.txt", content);
    }

    @Test
    void aFileReachesItsSubgraph() {
        var name = "B\u00e4r \ud83d\udc3b.txt";
        var form =
                new Form()
                        .operations(STORE, "{\"file\":null}")
                        .field("map", "{\"the key\":[\"variables.file\"]}")
                        .file("the key", name, "gr\u00fc\u00dfe\r\n--" + "no boundary");

        assertThat(send(form).body()).isEqualTo("{\"data\":{\"store\":\"ok\"}}");
        assertThat(sounds.received()).isEmpty();
        assertThat(pictures.received())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.operations().getString("query")).contains("file:$file");
                    assertThat(it.operations().getJsonObject("variables").encode())
                            .isEqualTo("{\"file\":null}");
                    assertThat(it.map().encode()).isEqualTo("{\"the key\":[\"variables.file\"]}");
                    assertThat(it.files())
                            .containsExactly(
                                    new File(
                                            "the key",
                                            name,
                                            "text/plain",
                                            "gr\u00fc\u00dfe\r\n--no boundary"));
                });
    }

    @Test
    void severalFilesOfAList() {
        var form =
                new Form()
                        .operations(
                                "mutation($files: [Upload!]!) {storeAll(files: $files)}",
                                "{\"files\":[null,null]}")
                        .field(
                                "map",
                                "{\"x\":[\"variables.files.1\"],\"y\":[\"variables.files.0\"]}")
                        .file("y", "first", "1")
                        .file("x", "second", "2");

        assertThat(send(form).body()).isEqualTo("{\"data\":{\"storeAll\":\"all\"}}");
        var received = pictures.received().getFirst();
        assertThat(received.map())
                .isEqualTo(
                        new JsonObject(
                                "{\"x\":[\"variables.files.1\"],\"y\":[\"variables.files.0\"]}"));
        assertThat(received.files()).extracting(File::key).containsExactly("y", "x");
    }

    @Test
    void eachSubgraphGetsItsOwnFile() {
        var document = "mutation($a: Upload!, $b: Upload!) {store(file: $a) keep(file: $b)}";
        var form =
                new Form()
                        .operations(document, "{\"a\":null,\"b\":null}")
                        .field("map", "{\"0\":[\"variables.a\"],\"1\":[\"variables.b\"]}")
                        .file("0", "picture", "p")
                        .file("1", "sound", "s");

        assertThat(send(form).body()).isEqualTo("{\"data\":{\"store\":\"ok\",\"keep\":\"kept\"}}");
        assertThat(pictures.received().getFirst().files().getFirst().content()).isEqualTo("p");
        assertThat(sounds.received().getFirst().files().getFirst().content()).isEqualTo("s");
    }

    @Test
    void filesInTheWrongOrderAreRefusedRatherThanKept() {
        router.close();
        router = start(LIMITS.formatted(1_000_000, 2_000_000, "1m"));
        var document = "mutation($a: Upload!, $b: Upload!) {store(file: $a) keep(file: $b)}";
        var form =
                new Form()
                        .operations(document, "{\"a\":null,\"b\":null}")
                        .field("map", "{\"0\":[\"variables.a\"],\"1\":[\"variables.b\"]}")
                        .file("1", "sound", "s".repeat(500 * KILOBYTE))
                        .file("0", "picture", "p");

        assertThat(send(form).body())
                .contains("send the file `1` after those that are used before it")
                .contains("\"data\":{\"store\":null");
    }

    @Test
    void aFileIsPassedOnWhileItArrives() throws IOException {
        var form = store("a".repeat(10 * KILOBYTE));
        var rest = "b".repeat(KILOBYTE);
        var end = "\r\n--" + Form.BOUNDARY + "--\r\n";
        var first = form.text.substring(0, form.text.length() - 2).getBytes(UTF_8);
        var length = first.length + rest.length() + end.length();
        try (var client = new RawHttp(router.port())) {
            client.write(
                    "POST /graphql HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n"
                            .formatted(HEADERS, length)
                            .getBytes(UTF_8));
            client.write(first);
            await().until(() -> pictures.bytes.get() >= 9 * KILOBYTE);

            client.write((rest + end).getBytes(UTF_8));

            assertThat(client.read().body()).isEqualTo("{\"data\":{\"store\":\"ok\"}}");
        }
        assertThat(pictures.received().getFirst().files().getFirst().content())
                .isEqualTo("a".repeat(10 * KILOBYTE) + rest);
    }

    @Test
    void aClientIsHeardOnlyAsFastAsTheSubgraphReads() throws IOException {
        router.close();
        router = start(LIMITS.formatted(500_000_000, 500_000_000, "1m"));
        pictures.reads = false;
        int size = 300_000_000;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), router.port())) {
            var head =
                    "POST /graphql HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n"
                            .formatted(HEADERS, size);
            var out = socket.getOutputStream();
            out.write(head.getBytes(UTF_8));
            out.write(store("").bytes());
            var written = new AtomicLong();
            Thread.startVirtualThread(() -> {
                try {
                    while (written.get() < size) {
                        out.write(new byte[100_000]);
                        written.addAndGet(100_000);
                    }
                } catch (IOException _) {
                    // The socket is closed in the end.
                }
            });

            var before = new AtomicLong();
            await().pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        long now = written.get();
                        return now > 0 && now == before.getAndSet(now);
                    });

            assertThat(written.get()).isLessThan(50_000_000);

            // The subgraph breaks off, and what is left of the file is thrown away.
            pictures.close();
            await().until(() -> written.get() > 60_000_000);
        }
    }

    static List<Arguments> refused() {
        var map = "{\"0\":[\"variables.file\"]}";
        var variables = "{\"file\":null}";
        var tooLong = "x".repeat(21 * KILOBYTE);
        return List.of(
                Arguments.of(
                        "no operations",
                        new Form().field("map", map).file("0", "a", "b"),
                        400,
                        "must stand before"),
                Arguments.of(
                        "no map",
                        new Form().operations(STORE, variables).file("0", "a", "b"),
                        400,
                        "must stand before"),
                Arguments.of(
                        "operations after the file",
                        new Form()
                                .field("map", map)
                                .file("0", "a", "b")
                                .operations(STORE, variables),
                        400,
                        "must stand before"),
                Arguments.of(
                        "operations twice",
                        new Form()
                                .operations(STORE, variables)
                                .operations(STORE, variables)
                                .field("map", map)
                                .file("0", "a", "b"),
                        400,
                        "the form must be"),
                Arguments.of("another field", store("b").field("x", "y"), 400, "the form must be"),
                Arguments.of(
                        "operations that are no JSON",
                        new Form().field("operations", "{").field("map", map).file("0", "a", "b"),
                        400,
                        "not JSON"),
                Arguments.of(
                        "a list of operations",
                        new Form().field("operations", "[]").field("map", map).file("0", "a", "b"),
                        400,
                        "one request at a time"),
                Arguments.of(
                        "a map that is no JSON",
                        new Form()
                                .operations(STORE, variables)
                                .field("map", "{")
                                .file("0", "a", "b"),
                        400,
                        "`map` is not JSON"),
                Arguments.of(
                        "a map without lists",
                        new Form()
                                .operations(STORE, variables)
                                .field("map", "{\"0\":\"variables.file\"}")
                                .file("0", "a", "b"),
                        400,
                        "lists of paths"),
                Arguments.of(
                        "a path twice",
                        new Form()
                                .operations(STORE, variables)
                                .field(
                                        "map",
                                        "{\"0\":[\"variables.file\"],\"1\":[\"variables.file\"]}")
                                .file("0", "a", "b"),
                        400,
                        "each of them once"),
                Arguments.of(
                        "a path to nothing",
                        new Form()
                                .operations(STORE, variables)
                                .field("map", "{\"0\":[\"variables.other\"]}")
                                .file("0", "a", "b"),
                        400,
                        "not null"),
                Arguments.of(
                        "a path to a text",
                        new Form()
                                .operations(STORE, "{\"file\":\"x\"}")
                                .field("map", map)
                                .file("0", "a", "b"),
                        400,
                        "not null"),
                Arguments.of(
                        "a path to the document",
                        new Form()
                                .operations(STORE, variables)
                                .field("map", "{\"0\":[\"query\"]}")
                                .file("0", "a", "b"),
                        400,
                        "not null"),
                Arguments.of(
                        "a file that the map does not name",
                        new Form()
                                .operations(STORE, variables)
                                .field("map", map)
                                .file("1", "a", "b"),
                        400,
                        "does not name"),
                Arguments.of("a file twice", store("b").file("0", "a", "b"), 400, "comes twice"),
                Arguments.of(
                        "too many files",
                        new Form()
                                .operations(
                                        "mutation($files: [Upload!]!) {storeAll(files: $files)}",
                                        "{\"files\":[null,null,null,null]}")
                                .field(
                                        "map",
                                        "{\"0\":[\"variables.files.0\"],\"1\":[\"variables.files.1\"],\"2\":[\"variables.files.2\"],\"3\":[\"variables.files.3\"]}")
                                .file("0", "a", "b"),
                        413,
                        "at most 3 files"),
                Arguments.of(
                        "a file that is too large", store(tooLong), 413, "a file is too large"),
                Arguments.of(
                        "operations that are too long",
                        new Form()
                                .operations(STORE + " #" + "x".repeat(3_000_000), variables)
                                .field("map", map)
                                .file("0", "a", "b"),
                        413,
                        "too large"),
                Arguments.of(
                        "an invalid operation",
                        new Form()
                                .operations("{nothing}", variables)
                                .field("map", map)
                                .file("0", "a", "b"),
                        200,
                        "nothing"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String name, Form form, int status, String message) {
        var response = send(form);

        assertThat(response.body()).as(name).contains(message);
        assertThat(response.status()).isEqualTo(status);
        assertThat(pictures.received()).allMatch(it -> it.files().isEmpty());
        assertThat(send(store("afterwards")).body()).isEqualTo("{\"data\":{\"store\":\"ok\"}}");
    }

    @Test
    void whatIsNoFormIsRefused() {
        var noBoundary = HEADERS.replace("; boundary=" + Form.BOUNDARY, "");
        assertThat(RawHttp.send(router.port(), RawHttp.post(noBoundary, store("b").bytes())).body())
                .contains("names no boundary");
        assertThat(
                        RawHttp.send(
                                        router.port(),
                                        RawHttp.post(HEADERS, "no form at all".getBytes(UTF_8)))
                                .status())
                .isEqualTo(400);
    }

    @Test
    void aFileThatDoesNotComeFailsItsField() {
        var form =
                new Form()
                        .operations(STORE, "{\"file\":null}")
                        .field("map", "{\"0\":[\"variables.file\"]}");

        assertThat(send(form).body())
                .contains("a file of `map` did not come", "\"data\":{\"store\":null}");
    }

    @Test
    void twoFetchesCannotShareAFile() {
        var document = "mutation($a: Upload!) {store(file: $a) keep(file: $a)}";
        var form =
                new Form()
                        .operations(document, "{\"a\":null}")
                        .field("map", "{\"0\":[\"variables.a\"]}")
                        .file("0", "picture", "p");

        assertThat(send(form).body())
                .contains("\"store\":\"ok\"", "two fetches of the plan use one file");
    }

    @Test
    void aFileThatNobodyUsesIsReadAndForgotten() {
        var form =
                new Form()
                        .operations("mutation($file: Upload) {__typename}", "{\"file\":null}")
                        .field("map", "{\"0\":[\"variables.file\"]}")
                        .file("0", "a", "b".repeat(10 * KILOBYTE));

        assertThat(send(form).status()).isBetween(200, 400);
        assertThat(pictures.received()).isEmpty();
    }

    @Test
    void aWebPageOfAnotherOriginCannotSendFiles() {
        var simple = "Content-Type: multipart/form-data; boundary=%s\r\n".formatted(Form.BOUNDARY);
        var form = store("b").end().getBytes(UTF_8);

        var response = RawHttp.send(router.port(), RawHttp.post(simple, form));

        assertThat(response.body()).contains("CSRF_PREFLIGHT_REQUIRED");
        assertThat(pictures.received()).isEmpty();
    }

    @Test
    void formsAreRefusedByDefault() {
        router.close();
        router = start("");

        assertThat(send(store("b")).status()).isEqualTo(415);
    }

    @Test
    void aSlowClientIsToldSo() throws IOException {
        router.close();
        router = start(LIMITS.formatted(KILOBYTE, KILOBYTE, "1s"));
        try (var client = new RawHttp(router.port())) {
            client.write(
                    "POST /graphql HTTP/1.1\r\nHost: x\r\n%sContent-Length: 100000\r\n\r\n"
                            .formatted(HEADERS)
                            .getBytes(UTF_8));
            client.write(store("b").bytes());

            var response = client.read();

            assertThat(response.status()).isEqualTo(408);
            assertThat(response.closes()).isTrue();
        }
        await().untilAsserted(() -> assertThat(pictures.received()).isEmpty());
    }

    @Test
    void aClientThatGoesTakesItsCallWithIt() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), router.port())) {
            socket.getOutputStream()
                    .write(
                            "POST /graphql HTTP/1.1\r\nHost: x\r\n%sContent-Length: 100000\r\n\r\n"
                                    .formatted(HEADERS)
                                    .getBytes(UTF_8));
            socket.getOutputStream().write(store("b".repeat(10 * KILOBYTE)).bytes());
            await().until(() -> pictures.bytes.get() > 0);
        }
        assertThat(send(store("c")).body()).isEqualTo("{\"data\":{\"store\":\"ok\"}}");
        assertThat(pictures.received()).hasSize(1);
    }
}
