package dev.trivium.benchmarks.gateways;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What one operation costs by POST, by GET of its id, and by REST: processor time of the router
/// for each request, over that of the POST. The ways take turns, so that all meet the same machine.
final class PersistedBenchmark {
    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 5;
    private static final int SECONDS = 4;
    private static final int CONNECTIONS = 8;
    private static final int ITEMS = 100;

    private static final String DOCUMENT =
            "query Items($first: Int) @rest(path: \"/items\") { items(first: $first) { id name } }";
    private static final String TEXT =
            "query Items($first: Int) { items(first: $first) { id name } }";

    private final Path root;
    private final Path folder;
    private final int port;

    /// A way to ask for the operation.
    private record Way(String name, String method, String url, String body) {}

    private PersistedBenchmark(Path root) throws IOException {
        this.root = root;
        this.folder = Files.createTempDirectory("persisted");
        this.port = Gateways.freePort();
    }

    /// @param arguments the folder of the checkout
    public static void main(String[] arguments) throws Exception {
        new PersistedBenchmark(Path.of(arguments[0])).run();
    }

    private void run() throws Exception {
        var vertx = Vertx.vertx();
        var subgraph =
                vertx.createHttpServer()
                        .requestHandler(PersistedBenchmark::answer)
                        .listen(0, "127.0.0.1")
                        .await();
        try (var router = start(subgraph.actualPort());
                var generator =
                        RunningProcess.startHelper(
                                "load",
                                Gateways.java(LoadGenerator.class, List.of()),
                                folder.resolve("load.log"))) {
            awaitAnswers(vertx);
            measure(vertx, router, generator);
        } finally {
            vertx.close().await();
        }
    }

    private RunningProcess start(int subgraph) throws IOException, InterruptedException {
        var documents = Files.createDirectory(folder.resolve("documents"));
        Files.writeString(documents.resolve("items.graphql"), DOCUMENT);
        Files.writeString(folder.resolve("supergraph.graphql"), supergraph(subgraph));
        persist();
        Files.writeString(
                folder.resolve("router.yaml"),
                "persisted_queries: {mode: log_unknown, manifests: ['%s']}\n"
                        .formatted(manifest()));
        var command =
                List.of(
                        root.resolve("trivium").toString(),
                        "router",
                        "--supergraph",
                        folder.resolve("supergraph.graphql").toString(),
                        "--config",
                        folder.resolve("router.yaml").toString(),
                        "--port",
                        String.valueOf(port));
        return RunningProcess.start(
                "router", command, Map.of("JAVA_OPTS", "-Xmx256m"), folder.resolve("router.log"));
    }

    private void measure(Vertx vertx, RunningProcess router, RunningProcess generator)
            throws IOException {
        var ways = ways();
        var micros = new ArrayList<List<Double>>();
        ways.forEach(_ -> micros.add(new ArrayList<>()));
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            for (int i = 0; i < ways.size(); i++) {
                double each = cost(ways.get(i), answer(vertx, ways.get(i)), router, generator);
                if (round >= 0) {
                    micros.get(i).add(each);
                }
            }
        }
        double post = median(micros.getFirst());
        for (int i = 0; i < ways.size(); i++) {
            double median = median(micros.get(i));
            System.out.printf(
                    "%-18s %7.1f µs of processor time a request, %.2f of POST%n",
                    ways.get(i).name(), median, median / post);
        }
    }

    private static double cost(
            Way way, Buffer expected, RunningProcess router, RunningProcess generator)
            throws IOException {
        var task =
                new JsonObject()
                        .put("method", way.method())
                        .put("url", way.url())
                        .put("body", way.body())
                        .put("connections", CONNECTIONS)
                        .put("seconds", (double) SECONDS)
                        .put("length", expected.length());
        long before = router.cpuMicros();
        var result = new JsonObject(generator.ask(task.encode()));
        if (result.getLong("failures") > 0) {
            throw new IllegalStateException(way.name() + " failed: " + result);
        }
        return (router.cpuMicros() - before) / (double) result.getLong("requests");
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private List<Way> ways() throws IOException {
        var base = "http://127.0.0.1:" + port;
        var variables = URLEncoder.encode("{\"first\":100}", StandardCharsets.UTF_8);
        var post =
                new Way(
                        "POST",
                        "POST",
                        base + "/graphql",
                        new JsonObject()
                                .put("query", TEXT)
                                .put("variables", new JsonObject().put("first", ITEMS))
                                .encode());
        return List.of(
                post,
                new Way(
                        "GET by id",
                        "GET",
                        base + "/graphql/persisted/" + id() + "?variables=" + variables,
                        ""),
                new Way("REST", "GET", base + "/items?first=100", ""));
    }

    private void persist() throws IOException, InterruptedException {
        var command =
                List.of(
                        root.resolve("trivium").toString(),
                        "persist",
                        "--supergraph",
                        folder.resolve("supergraph.graphql").toString(),
                        "--output",
                        manifest().toString(),
                        folder.resolve("documents").toString());
        try (var persist =
                RunningProcess.start("persist", command, Map.of(), folder.resolve("persist.log"))) {
            if (!persist.endsWithin(Duration.ofSeconds(30))) {
                throw new IllegalStateException("no manifest: " + persist.lastWords());
            }
        }
    }

    private Path manifest() {
        return folder.resolve("manifest.json");
    }

    private String id() throws IOException {
        return new JsonObject(Files.readString(manifest()))
                .getJsonArray("operations")
                .getJsonObject(0)
                .getString("id");
    }

    private static Buffer answer(Vertx vertx, Way way) {
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.valueOf(way.method()))
                        .setAbsoluteURI(way.url())
                        .putHeader("content-type", "application/json")
                        .putHeader("accept", "application/json");
        return vertx.createHttpClient()
                .request(options)
                .compose(request -> request.send(way.body()))
                .compose(response -> response.body())
                .await();
    }

    private void awaitAnswers(Vertx vertx) throws InterruptedException {
        var http = vertx.createHttpClient();
        for (int i = 0; i < 600; i++) {
            var answers =
                    http.request(HttpMethod.GET, port, "127.0.0.1", "/health")
                            .compose(request -> request.send())
                            .map(true)
                            .otherwise(false)
                            .await();
            if (answers) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("the router does not start");
    }

    private static void answer(HttpServerRequest request) {
        var items =
                IntStream.range(0, ITEMS)
                        .mapToObj("{\"id\":\"%1$d\",\"name\":\"item number %1$d\"}"::formatted)
                        .collect(Collectors.joining(","));
        var _ =
                request.response()
                        .putHeader("content-type", "application/json")
                        .end("{\"data\":{\"items\":[" + items + "]}}");
    }

    private static String supergraph(int port) {
        return """
        schema
          @link(url: "https://specs.apollo.dev/link/v1.0")
          @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION)
        { query: Query }
        directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE
        directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
        directive @join__graph(name: String!, url: String!) on ENUM_VALUE
        directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
        directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
        directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
        directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
        scalar join__FieldSet
        scalar link__Import
        enum link__Purpose { SECURITY EXECUTION }
        enum join__Graph { ITEMS @join__graph(name: "items", url: "http://127.0.0.1:%d/graphql") }
        type Query @join__type(graph: ITEMS) { items(first: Int): [Item!] }
        type Item @join__type(graph: ITEMS) { id: ID! name: String }
        """
                .formatted(port);
    }
}
