package dev.trivium.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.Supergraph;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PlanPrinterTest {

    @Test
    void jsonNamesAllThatAFetchIs() {
        assertThat(json("composite-key"))
                .startsWith("{\n  \"cost\": {\"steps\": ")
                .contains("\"subgraph\": ")
                .contains("\"kind\": \"query\"")
                .contains("\"kind\": \"entities\"")
                .contains("\"operation\": ")
                .contains("\"requires\": [{\"types\": [\"")
                .contains("\"dependencies\": [0]");
    }

    @Test
    void jsonNamesConditionsAndDeferredParts() {
        assertThat(json("defer-under-a-condition"))
                .contains(
                        "{\"number\": 1, \"outer\": 0, \"label\": \"bio\", \"condition\": \"$d\","
                                + " \"path\": \"me\", \"fetches\": [1]}");
    }

    @Test
    void aSubscriptionIsAKindOfItsOwn() {
        assertThat(json("subscription")).contains("\"kind\": \"subscription\"");
    }

    @Test
    void textIsQuoted() {
        assertThat(PlanJson.quoted("a \"b\" \\ \n")).isEqualTo("\"a \\\"b\\\" \\\\ \\u000a\"");
    }

    private static String json(String name) {
        PlanCase folder = new PlanCase(Path.of("src/test/resources/cases", name));
        Supergraph supergraph = folder.supergraph();
        QueryPlan plan = folder.plan(supergraph);
        return new PlanPrinter(supergraph).json(plan);
    }
}
