package dev.trivium.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.FakeSubgraphs.Reply;
import dev.trivium.language.Document;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.Planner;
import dev.trivium.supergraph.Supergraph;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Answers with some bytes changed, through all that reads, merges and writes them: whatever comes
/// in, a JSON response goes out, and what another reader refuses is refused.
///
/// `-Dfuzz.seeds=1000000` runs longer, `-Dfuzz.first=7` starts at a seed.
class AnswerFuzzTest {

    private static final int SEEDS = Integer.getInteger("fuzz.seeds", 4_000);
    private static final long FIRST = Long.getLong("fuzz.first", System.nanoTime());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PIECES =
            List.of(
                    "null",
                    "{}",
                    "[]",
                    "[null]",
                    "\"\"",
                    "-0",
                    "1e5",
                    "true",
                    "{\"id\":\"1\"}",
                    "\"__typename\":\"User\",",
                    ",",
                    ":",
                    "\"",
                    "\\",
                    "\\u",
                    "}",
                    "]",
                    "\u00e9",
                    "\"errors\":[{\"message\":\"m\",\"path\":[\"_entities\",0,\"name\"]}],",
                    "\"data\":",
                    "\"_e0\":[null],",
                    "99999999999999999999",
                    "\u0000");

    private static final String OPERATION =
            """
            { users { id name username mood reviews { id body rating product { upc name price
              inStock shippingEstimate tags } } favourite { ... on Product { reviews { author { name } } } } }
              topProducts { name reviews { id author { id username friends { name } } } }
              latest { __typename ... on User { name } ... on Product { price } } }
            """;

    @Test
    void everyAnswerLeavesAResponse() {
        System.out.println("seed " + FIRST + " (-Dfuzz.first), " + SEEDS + " seeds (-Dfuzz.seeds)");
        Document schema = OneFetch.read("shop");
        Supergraph supergraph =
                TestSchema.supergraph(
                        schema, List.of("accounts", "inventory", "products", "reviews"));
        Planner planner = new Planner(supergraph);
        Program program =
                Program.compile(
                        TestSchema.accepted(
                                planner.normalize(TestSchema.operation(OPERATION), null)
                                        .then(it -> planner.plan(it, PlanInputs.NONE))),
                        supergraph);
        ShopData data = ShopData.benchmark();
        FakeGraph graph = new FakeGraph(schema, data.root, data.entities);
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Random random = new Random(seed);
            try {
                check(program, graph, random);
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("-Dfuzz.first=" + seed, failure);
            }
        }
    }

    private static void check(Program program, FakeGraph graph, Random random) {
        int victim = random.nextInt(program.fetches().size());
        boolean[] refused = {false};
        int[] number = {0};
        FakeSubgraphs subgraphs =
                new FakeSubgraphs(request -> {
                    Reply.Answer good;
                    try {
                        good = (Reply.Answer) graph.answer(request);
                    } catch (RuntimeException | AssertionError _) {
                        // It was asked for what follows from a wrong answer.
                        return new Reply.Answer("{\"data\":null}");
                    }
                    if (number[0]++ != victim) {
                        return good;
                    }
                    byte[] bad = changed(good.body(), random);
                    refused[0] = !isJson(bad);
                    return new Reply.Answer(200, bad);
                });
        CollectingSink sink = new CollectingSink();
        Execution.start(program, RequestInput.NONE, subgraphs, (_, _, _) -> () -> {}, sink);
        subgraphs.answerAll(random);
        JsonNode response = JSON.readTree(sink.text());
        assertThat(response.has("data")).isTrue();
        if (refused[0]) {
            assertThat(response.at("/errors/0/extensions/code").asString()).isEqualTo("MALFORMED");
        }
    }

    private static boolean isJson(byte[] body) {
        try {
            new String(body, UTF_8);
            return JSON.readTree(body).isObject();
        } catch (JacksonException _) {
            return false;
        }
    }

    private static byte[] changed(byte[] body, Random random) {
        byte[] bytes = body;
        for (int i = 0; i <= random.nextInt(3); i++) {
            bytes = changedOnce(bytes, random);
        }
        return bytes;
    }

    private static byte[] changedOnce(byte[] body, Random random) {
        int at = random.nextInt(body.length + 1);
        int end = Math.min(body.length, at + random.nextInt(12));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(body, 0, at);
        switch (random.nextInt(4)) {
            case 0 -> end = at;
            case 1 -> out.writeBytes(PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8));
            case 2 -> {
                end = at;
                out.writeBytes(PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8));
            }
            default -> out.write(random.nextInt(256));
        }
        out.write(body, end, body.length - end);
        return out.toByteArray();
    }
}
