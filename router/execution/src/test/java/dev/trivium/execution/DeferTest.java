package dev.trivium.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.composition.SubgraphSource;
import dev.trivium.execution.ClientSink.Part;
import dev.trivium.planner.proof.World;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Deferred parts, from subgraphs that are composed to the responses.
class DeferTest {
    private static final int ORDERS = 100;
    private static final String LINK =
            "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.3\","
                    + " import: [\"@key\"])\n";

    private static final World WORLD =
            Objects.requireNonNull(
                    World.of(
                            List.of(
                                    source(
                                            "boxes",
                                            """
                                            type Query { boxes: [Box!]! }
                                            type Box @key(fields: "id") { id: ID! thing: Thing }
                                            type Thing @key(fields: "id") { id: ID! }
                                            """),
                                    source(
                                            "things",
                                            """
                                            type Thing @key(fields: "id") {
                                              id: ID!  name: String  size: Int
                                            }
                                            """))));

    private static SubgraphSource source(String name, String sdl) {
        return new SubgraphSource(name, "http://" + name, LINK + sdl);
    }

    /// An answer between two parts may replace an object that stands at several places by a copy.
    @Test
    void aPartFindsItsObjectsAsTheyAreByThen() {
        String plain = "{ boxes { id thing { id name size } } }";
        String deferring =
                """
                {
                  boxes { id }
                  ... @defer(label: "inner") {
                    boxes {
                      thing { ... @defer(label: "name") { name } ... @defer(label: "size") { size } }
                    }
                  }
                  boxes { ... @defer(label: "other") { thing { id name } } }
                }
                """;
        Engine engine = new Engine(WORLD);
        Object expected = Engine.JSON.valueToTree(WORLD.answer(plain, Map.of()));
        for (int order = 0; order < ORDERS; order++) {
            List<Part> parts =
                    engine.run(engine.planWithDefer(deferring), Map.of(), new Random(order));
            assertThat(parts.size()).isGreaterThan(4);
            assertThat(DeferredParts.together(parts).get("data"))
                    .as("order " + order)
                    .isEqualTo(expected);
        }
    }
}
