package dev.trivium.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.composition.SubgraphSource;
import dev.trivium.execution.ClientSink.Part;
import dev.trivium.planner.proof.World;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Objects of a subgraph that does not know their types, from subgraphs that are composed to the
/// response.
class InterfaceObjectsTest {
    private static final String LINK =
            "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.3\","
                    + " import: [\"@key\", \"@interfaceObject\"])\n";

    private static final World WORLD =
            Objects.requireNonNull(
                    World.of(
                            List.of(
                                    source(
                                            "types",
                                            """
                                            interface Media @key(fields: "id") { id: ID! }
                                            type Book implements Media @key(fields: "id") {
                                              id: ID!  pages: Int
                                            }
                                            type Film implements Media @key(fields: "id") {
                                              id: ID!  minutes: Int
                                            }
                                            """),
                                    source(
                                            "ranks",
                                            """
                                            type Query { media: [Media!]! }
                                            type Media @interfaceObject @key(fields: "id") {
                                              id: ID!  rank: Int
                                            }
                                            """))));

    private static SubgraphSource source(String name, String sdl) {
        return new SubgraphSource(name, "http://" + name, LINK + sdl);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ media { rank } }",
                "{ media { __typename rank } }",
                "{ media { rank ... on Book { pages } } }",
                "query($yes: Boolean!) { media { __typename @include(if: $yes) } }",
                "query($yes: Boolean!) { media { ... on Film @include(if: $yes) { minutes } } }",
                "query($yes: Boolean!) { media { rank ... on Book @skip(if: $yes) { pages } } }",
            })
    void typesAreToldWhereTheyMatter(String operation) {
        Engine engine = new Engine(WORLD);
        for (var variables : WORLD.variables(operation)) {
            List<Part> parts = engine.run(engine.plan(operation), variables, new Random(7));
            String expected =
                    Engine.JSON.writeValueAsString(
                            Map.of("data", WORLD.answer(operation, variables)));
            assertThat(parts).extracting(Engine::text).containsExactly(expected);
        }
    }
}
