package dev.trivium.benchmarks.gateways;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The scenarios are what they say: what the router answers over the subgraphs is what one service
/// would answer, in that many requests.
class FloorScriptTest {
    private final InMemoryGraph graph = new InMemoryGraph();

    @ParameterizedTest
    @CsvSource({"deep, 7", "deep-latency, 7", "small, 1", "entities, 2"})
    void answersAsOneServiceWould(String name, int requests) throws Exception {
        var operation = Scenario.named(List.of(name)).getFirst().operation();
        var script = FloorScript.record(Bench.supergraph(4201), operation, graph);

        var request = new JsonObject().put("query", operation).toBuffer();
        assertThat(new JsonObject(script.answer())).isEqualTo(graph.answer(request).toJsonObject());
        assertThat(script.steps()).hasSize(requests);
        assertThat(FloorScript.of(script.json())).isEqualTo(script);
    }

    @Test
    void theDeepAnswerIsAsLongAsThatOfThePublicBenchmarks() throws Exception {
        var operation = Scenario.ALL.getFirst().operation();
        var answer = FloorScript.record(Bench.supergraph(4201), operation, graph).answer();

        assertThat(answer.getBytes(UTF_8).length).isBetween(86_000, 88_000);
    }

    @Test
    void aWrongRequiredFieldIsFoundOut() {
        var request =
                new JsonObject()
                        .put(
                                "query",
                                "query($r: [_Any!]!) {_entities(representations: $r)"
                                        + " {... on Product {shippingEstimate}}}")
                        .put(
                                "variables",
                                new JsonObject(
                                        """
                                        {"r": [{"__typename": "Product", "upc": "1", "price": 1, "weight": 8}]}
                                        """));
        assertThat(graph.answer(Buffer.buffer(request.encode())))
                .hasToString("{\"data\":{\"_entities\":[{\"shippingEstimate\":4}]}}");
    }
}
