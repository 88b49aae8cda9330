package dev.trivium.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// `./trivium bench` compares the answers and prints its figures. Says nothing about speed.
class GatewayBenchmarkTest {

    @TempDir Path scratch;

    @Test
    void printsTheFigures() throws Exception {
        Command bench =
                Command.run(
                        scratch,
                        Map.of(),
                        List.of(
                                "./trivium",
                                "bench",
                                "--scenario=deep,small",
                                "--gateways=floor,trivium",
                                "--rounds=1",
                                "--seconds=1",
                                "--warmup=0",
                                "--connections=4",
                                "--format=json"));

        assertThat(bench.exitCode()).as(bench.output()).isZero();
        String json = bench.output().substring(bench.output().indexOf('{'));
        JsonNode results = new ObjectMapper().readTree(json).get("results");
        assertThat(results).hasSize(4);
        for (JsonNode result : results) {
            assertThat(result.propertyNames())
                    .containsExactly(
                            "gateway",
                            "scenario",
                            "cpuMicrosPerRequest",
                            "requestsPerSecond",
                            "p50Millis",
                            "p95Millis",
                            "p99Millis",
                            "residentMegabytes",
                            "subgraphRequestsPerOperation");
            assertThat(result.get("cpuMicrosPerRequest").asDouble()).isPositive();
            assertThat(result.get("subgraphRequestsPerOperation").asDouble())
                    .isEqualTo(result.get("scenario").asString().equals("deep") ? 7 : 1);
        }
    }
}
