package dev.trivium.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.SourceLocation;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SatisfiabilityCheckTest {
    private static final String LINK =
            "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import:"
                    + " [\"@key\", \"@shareable\", \"@external\", \"@requires\"])\n";

    @Test
    void showsTheShortestOperationAndTheReasonOfEachSubgraph() {
        List<Issue> errors =
                rejected(
                        subgraph(
                                "products",
                                """
                                type Query { products(first: Int!, kind: Kind!): [Product] deep: Deep }
                                type Deep { products: [Product] }
                                enum Kind { BOOK FILM }
                                type Product @key(fields: "id", resolvable: false) { id: ID! }
                                """),
                        subgraph(
                                "reviews",
                                """
                                type Product @key(fields: "id", resolvable: false) { id: ID! rating: Int }
                                """));
        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().code()).isEqualTo("SATISFIABILITY_ERROR");
        assertThat(errors.getFirst().message())
                .isEqualTo(
                        """
                        The subgraphs cannot answer this operation:
                        {
                          products(first: 0, kind: BOOK) {
                            rating
                          }
                        }
                        - in subgraph "products", there is no field "Product.rating"
                        - in subgraph "reviews", "Product.rating" is defined, but the subgraph cannot be entered from subgraph "products": no @key on "Product" is resolvable there\
                        """);
        assertThat(errors.getFirst().locations())
                .containsExactly(new SourceLocation("reviews", 2, 62));
    }

    @Test
    void namesThePartOfAKeyThatIsMissing() {
        List<Issue> errors =
                rejected(
                        subgraph(
                                "a", "type Query { t: T } type T @key(fields: \"id\") { id: ID! }"),
                        subgraph(
                                "b",
                                "type T @key(fields: \"id o { x }\") { id: ID! o: O n: Int } type O { x: Int }"));
        assertThat(errors)
                .extracting(Issue::message)
                .anySatisfy(message ->
                        assertThat(message)
                                .contains(
                                        "its @key \"id o { x }\" needs \"o { x }\", which"
                                                + " cannot be fetched"));
    }

    @Test
    void endsOnCyclesOfTypesAndKeys() {
        List<SubgraphSource> ring = new ArrayList<>();
        int size = 30;
        for (int i = 0; i < size; i++) {
            String keys =
                    "@key(fields: \"k%d\") @key(fields: \"k%d\")".formatted(i, (i + 1) % size);
            ring.add(
                    subgraph(
                            "s" + i,
                            (i == 0 ? "type Query { t: T }\n" : "")
                                    + "type T %s { k%d: ID! @shareable k%d: ID! @shareable next%d: T }"
                                            .formatted(keys, i, (i + 1) % size, i)));
        }
        assertThat(Composition.compose(ring)).isInstanceOf(CompositionResult.Composed.class);
    }

    @Test
    void givesUpWithACodeAfterABoundedNumberOfSteps() {
        Supergraph supergraph = manyWays(12);
        SatisfiabilityCheck.Findings findings =
                SatisfiabilityCheck.check(supergraph, (_, _, _) -> SourceLocation.NONE, 1_000);
        assertThat(findings.errors())
                .extracting(Issue::code)
                .containsExactly("MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED");
        assertThat(SatisfiabilityCheck.check(supergraph, (_, _, _) -> SourceLocation.NONE).errors())
                .isEmpty();
    }

    /// Every subgraph has every key of every type, and a field to every type.
    private static Supergraph manyWays(int size) {
        List<SubgraphSource> sources = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int subgraph = i;
            String types =
                    IntStream.range(0, size)
                            .mapToObj(type ->
                                    "type T%d @key(fields: \"a\") @key(fields: \"b\") { a: ID! b: ID! n%d: T%d }"
                                            .formatted(type, subgraph, (type + subgraph) % size))
                            .collect(Collectors.joining("\n"));
            sources.add(subgraph("s" + i, "type Query { q%d: T%d }\n%s".formatted(i, i, types)));
        }
        if (Composition.compose(sources) instanceof CompositionResult.Composed(var sdl, _, _)
                && SupergraphReader.read(sdl) instanceof Outcome.Accepted<Supergraph>(var read)) {
            return read;
        }
        throw new AssertionError("does not compose");
    }

    private static SubgraphSource subgraph(String name, String types) {
        return new SubgraphSource(name, "http://" + name, LINK + types);
    }

    private static List<Issue> rejected(SubgraphSource... sources) {
        CompositionResult result = Composition.compose(List.of(sources));
        assertThat(result).isInstanceOf(CompositionResult.Rejected.class);
        return ((CompositionResult.Rejected) result).issues();
    }
}
