package dev.trivium.language;

import static dev.trivium.language.Outcomes.accepted;
import static dev.trivium.language.Outcomes.operation;
import static dev.trivium.language.Outcomes.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrinterTest {
    private static final int SEEDS = 500;

    @Test
    void laysOutASchema() {
        String text =
                """
                "How it starts."
                schema @link(url: "https://specs.apollo.dev/link/v1.0") {
                  query: Query
                }

                extend schema @a

                directive @d(first: Int = 1, second: [String!] = ["x"]) repeatable on FIELD | OBJECT

                "A date."
                scalar Date

                \"""
                The root.

                  Indented.
                \"""
                type Query implements A & B {
                  "One \\"line\\"."
                  f(a: Int = 1, b: In = {c: [1, 2], d: RED}): [Int!]! @deprecated(reason: "no\\nmore")
                  g(
                    "Described."
                    a: Int
                    b: Int
                  ): Int
                }

                type Long
                  @join__type(graph: ACCOUNTS, key: "id organization { id }", extension: true)
                  @join__type(graph: PRODUCTS, key: "id")
                {
                  id: ID!
                }

                union U = A | B

                enum Color @d {
                  RED
                  "Not red."
                  GREEN @d(first: 2)
                }

                input In {
                  c: [Int] = []
                  "What."
                  d: Color
                }
                """;

        assertThat(Printer.print(schema(text))).isEqualTo(text);
    }

    @Test
    void laysOutAnOperation() {
        String text =
                """
                query Q($a: Int = 1 @d, $b: [ID!]!) @live {
                  x: f(a: $a, b: [$b, {c: null}]) @skip(if: true) {
                    ...F
                    ... on User @include(if: false) {
                      id
                    }
                    ... {
                      id
                    }
                  }
                }

                fragment F on User {
                  id
                }

                query ($a: Int) {
                  f
                }

                {
                  a
                }
                """;

        assertThat(Printer.print(operation(text))).isEqualTo(text);
    }

    @Test
    void writesNothingNeedlessWhenCompact() {
        Document document =
                operation(
                        """
                        query Q($a: Int = 1, $b: [String!]! = ["x", "y"]) {
                          x: f(a: $a, b: [1, -2, "p" "q"], c: {d: 1, e: E}) @skip(if: true) { id name ...F ... on U { id } }
                          g
                        }
                        fragment F on User { id }
                        """);

        assertThat(Printer.compact(document))
                .isEqualTo(
                        "query Q($a:Int=1$b:[String!]!=[\"x\" \"y\"]){"
                                + "x:f(a:$a b:[1 -2\"p\" \"q\"]c:{d:1 e:E})@skip(if:true)"
                                + "{id name...F...on U{id}}g}"
                                + "fragment F on User{id}");
    }

    @Test
    void writesFieldSets() {
        assertThat(Printer.compact(accepted(Parser.parseSelections("{ id, org { id  name } }"))))
                .isEqualTo("id org{id name}");
    }

    @Test
    void compactFormsAreForOperations() {
        assertThatIllegalArgumentException().isThrownBy(() -> Printer.compact(schema("scalar S")));
    }

    @Test
    void parsingUndoesPrinting() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Document executable = new RandomDocuments(seed).executable();
            Document schema = new RandomDocuments(seed).schema();

            assertSame(executable, operation(Printer.print(executable)), seed);
            assertSame(executable, operation(Printer.compact(executable)), seed);
            assertSame(schema, schema(Printer.print(schema)), seed);
        }
    }

    @Test
    void parsingUndoesPrintingOfSelections() {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<Selection> selections = new RandomDocuments(seed).selections(3);

            assertSame(
                    selections,
                    accepted(Parser.parseSelections(Printer.compact(selections))),
                    seed);
        }
    }

    private static void assertSame(Object expected, Object actual, int seed) {
        assertThat(withoutLocations(actual))
                .as("seed %s", seed)
                .isEqualTo(withoutLocations(expected));
    }

    private static String withoutLocations(Object tree) {
        return tree.toString().replaceAll("SourceLocation\\[[^\\]]*\\]", "");
    }
}
