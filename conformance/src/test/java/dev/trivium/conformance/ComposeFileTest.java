package dev.trivium.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `compose.yaml` and the `Dockerfile` fit each other and the design. No engine is needed; what an
/// engine does with them is not tested here.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComposeFileTest {

    private static final Set<String> PROGRAMS = Set.of("auth", "events", "notifications", "router");

    private JsonNode compose = JsonMapper.shared().nullNode();
    private String dockerfile = "";

    @BeforeAll
    void read() throws IOException {
        LoadSettings settings = LoadSettings.builder().build();
        Object yaml =
                new Load(settings)
                        .loadFromString(Files.readString(Platform.ROOT.resolve("compose.yaml")));
        compose = mergeKeys(JsonMapper.shared().valueToTree(yaml));
        dockerfile = Files.readString(Platform.ROOT.resolve("Dockerfile"));
    }

    @Test
    void everyProgramIsBuiltFromATargetOfItsOwn() {
        Set<String> targets =
                Pattern.compile("(?m)^FROM \\S+ AS (\\w+)$")
                        .matcher(dockerfile)
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        for (String program : PROGRAMS) {
            assertThat(service(program).at("/build/target").asString()).isEqualTo(program);
            assertThat(targets).contains(program);
        }
        assertThat(dockerfile).containsPattern("(?m)^USER 10001$");
    }

    @Test
    void eachServiceHasADatabaseServerOfItsOwnThatOthersCannotReach() {
        for (String subgraph : Set.of("auth", "events", "notifications")) {
            String database = subgraph + "-db";
            assertThat(service(database).get("image").asString()).isEqualTo("mongo:8");
            assertThat(service(subgraph).at("/environment/MONGODB_URI").asString())
                    .isEqualTo("mongodb://" + database + ":27017");
            assertThat(service(database).get("networks").toString())
                    .isEqualTo("[\"" + database + "\"]");
            for (Map.Entry<String, JsonNode> other : compose.get("services").properties()) {
                boolean reaches = other.getValue().get("networks").toString().contains(database);
                assertThat(reaches)
                        .isEqualTo(
                                other.getKey().equals(database) || other.getKey().equals(subgraph));
            }
        }
        assertThat(service("rabbitmq").get("image").asString()).isEqualTo("rabbitmq:4-management");
    }

    @Test
    void everythingHasAHealthCheckAndStartsInOrder() {
        for (Map.Entry<String, JsonNode> entry : compose.get("services").properties()) {
            JsonNode service = entry.getValue();
            assertThat(service.at("/healthcheck/test/0").asString()).isEqualTo("CMD");
            for (Map.Entry<String, JsonNode> needed : service.path("depends_on").properties()) {
                assertThat(compose.get("services").has(needed.getKey())).isTrue();
                assertThat(needed.getValue().get("condition").asString())
                        .isEqualTo("service_healthy");
            }
        }
        assertThat(service("router").get("depends_on")).hasSize(3);
        assertThat(service("events").get("depends_on")).hasSize(2);
    }

    private JsonNode service(String name) {
        return compose.get("services").get(name);
    }

    /// YAML 1.2 has no merge keys; Compose reads them all the same.
    private static JsonNode mergeKeys(JsonNode node) {
        if (node.isArray()) {
            var merged = JsonMapper.shared().createArrayNode();
            node.forEach(element -> merged.add(mergeKeys(element)));
            return merged;
        }
        if (!node.isObject()) {
            return node;
        }
        var merged = JsonMapper.shared().createObjectNode();
        if (node.has("<<")) {
            mergeKeys(node.get("<<"))
                    .properties()
                    .forEach(e -> merged.set(e.getKey(), e.getValue()));
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getKey().equals("<<")) {
                merged.set(entry.getKey(), mergeKeys(entry.getValue()));
            }
        }
        return merged;
    }
}
