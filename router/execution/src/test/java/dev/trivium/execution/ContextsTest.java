package dev.trivium.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.composition.SubgraphSource;
import dev.trivium.execution.ClientSink.Part;
import dev.trivium.execution.FakeSubgraphs.Reply;
import dev.trivium.planner.proof.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Arguments with `@fromContext`, from subgraphs that are composed to the response.
class ContextsTest {

    private static final String LINK =
            "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.8\","
                    + " import: [\"@key\", \"@context\", \"@fromContext\", \"@shareable\"])\n";

    private static final World WORLD =
            world(
                    """
                    type Query { shops: [Shop!]! shop: Shop places: [Place] }
                    interface Place @key(fields: "id") @context(name: "place") {
                      id: ID! city: String!
                    }
                    type Shop implements Place @key(fields: "id") {
                      id: ID!  city: String!  discount: Float
                      items: [Item!]!  best: Item  owner: Owner
                    }
                    type Stall implements Place @key(fields: "id") {
                      id: ID!  city: String!  owner: Owner
                    }
                    type Owner @key(fields: "name") {
                      name: String!
                      address(at: String @fromContext(field: "$place { city }")): String
                      window(of: String @fromContext(field: "$place ... on Shop { city }")): String
                    }
                    type Item @key(fields: "id") { id: ID!  twin: Item }
                    """,
                    """
                    type Shop @key(fields: "id") @context(name: "shop") {
                      id: ID!  region: String  tax: Tax
                    }
                    type Tax { rate: Int }
                    type Item @key(fields: "id") {
                      id: ID!
                      weight: Int
                      label(pack: Int, in: String @fromContext(field: "$shop { region }")): String
                      price(rate: Int @fromContext(field: "$shop { tax { rate } }")): Float
                    }
                    """);

    private static World world(String first, String second) {
        return Objects.requireNonNull(
                World.of(
                        List.of(
                                new SubgraphSource("a", "http://a", LINK + first),
                                new SubgraphSource("b", "http://b", LINK + second))));
    }

    @Test
    void valuesAreThoseOfTheNearestObjectAbove() {
        check("{ shops { items { id label } best { label(pack: 2) weight } } }");
    }

    @Test
    void placesOfOneEntityMayHaveDifferentValues() {
        check("{ shops { id best { label twin { label id price } } } shop { best { label } } }");
        check(
                "{ places { ... on Stall { owner { name address } } ... on Shop { best { label } } } }");
    }

    @Test
    void aValueThatTheClientAsksForTooIsFetchedOnce() {
        check("{ shops { region items { label other: label(pack: 1) } } }");
    }

    @Test
    void aValueThatIsNotSelectedFromAnObjectIsNull() {
        check("{ places { ... on Stall { owner { window } } ... on Shop { owner { window } } } }");
    }

    @Test
    void anAbsentValueLeavesTheEntityOut() {
        Engine engine = new Engine(WORLD);
        List<Part> parts =
                engine.run(
                        engine.plan("{ shops { best { id label } } }"),
                        Map.of(),
                        request -> {
                            Reply.Answer answer = (Reply.Answer) engine.answer(request);
                            boolean entities = new String(request.body(), UTF_8).contains("region");
                            return entities ? new Reply.Answer("{\"data\":null}") : answer;
                        },
                        new Random(1));
        assertThat(Engine.text(parts.getFirst()))
                .contains("\"label\":null")
                .doesNotContain("\"id\":null");
    }

    /// One request for each value, and none of them for the same entity twice.
    @Test
    void equalValuesTravelTogether() {
        Engine engine = new Engine(WORLD);
        List<String> sent = new ArrayList<>();
        engine.run(
                engine.plan("{ shops { items { label } best { label } } }"),
                Map.of(),
                request -> {
                    sent.add(new String(request.body(), UTF_8));
                    return engine.answer(request);
                },
                new Random(1));
        List<String> labels = sent.stream().filter(it -> it.contains("label(")).toList();
        assertThat(labels).isNotEmpty().doesNotHaveDuplicates();
        assertThat(labels.stream().map(ContextsTest::value).toList()).doesNotHaveDuplicates();
    }

    private static String value(String body) {
        int from = body.indexOf("\"variables\":{");
        return body.substring(from, body.indexOf(",\"representations", from))
                + body.substring(0, body.indexOf("variables"));
    }

    @Test
    void randomOperationsAreAnsweredLikeByOneService() {
        Random random = new Random(20261123);
        for (int i = 0; i < 150; i++) {
            check(WORLD.operation(random));
        }
    }

    private static void check(String operation) {
        Engine engine = new Engine(WORLD);
        for (Map<String, @Nullable Object> variables : WORLD.variables(operation)) {
            List<Part> parts = engine.run(engine.plan(operation), variables, new Random(7));
            String expected =
                    Engine.JSON.writeValueAsString(
                            Map.of("data", WORLD.answer(operation, variables)));
            assertThat(Engine.text(parts.getFirst())).as(operation).isEqualTo(expected);
        }
    }
}
