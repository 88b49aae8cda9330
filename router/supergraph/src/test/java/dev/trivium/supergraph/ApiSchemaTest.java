package dev.trivium.supergraph;

import static dev.trivium.supergraph.Supergraphs.read;
import static dev.trivium.supergraph.Supergraphs.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.ClientSchema;
import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.Printer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiSchemaTest {

    @Test
    void showsWhatClientsMaySee() {
        Document api = ApiSchema.of(read(text("join-0.3")));

        assertThat(Printer.print(api))
                .isEqualTo(
                        """
                        "Runs it live."
                        directive @live(every: Int) on QUERY

                        "Where it starts."
                        type Query {
                          me: User
                          product(id: ID!): Product
                          shared: Int
                        }

                        type Mutation {
                          rename(name: String! = "x"): User
                        }

                        interface Node {
                          id: ID!
                          views: Int
                        }

                        "Somebody."
                        type User implements Node {
                          id: ID!
                          email: String
                          organization: Organization
                          name: String
                          bought: [Product!]
                          views: Int
                          old: Int @deprecated(reason: "gone")
                        }

                        type Organization {
                          id: ID!
                        }

                        type Product {
                          id: ID!
                          color: Color
                        }

                        union Thing = User | Product

                        enum Color {
                          RED
                        }

                        input Filter {
                          color: Color = RED
                          price: Float
                        }

                        scalar Date @specifiedBy(url: "https://example.org/date")
                        """);
        assertThat(ClientSchema.of(api)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void namesRootTypesWhereTheyAreNotTheUsualOnes() {
        String renamed =
                text("join-0.1").replace("Query", "Root").replace("schema\n", "\"Old.\" schema\n");
        Document api = ApiSchema.of(read(renamed));

        assertThat(Printer.print(api)).startsWith("\"Old.\"\nschema {\n  query: Root\n}\n");
        assertThat(ClientSchema.of(api)).isInstanceOf(Outcome.Accepted.class);
    }

    /// The API schema of another implementation, for the same supergraph.
    @Test
    void agreesWithAnotherImplementation() {
        Document api = ApiSchema.of(read(text("all-specs")));

        assertThat(definitions(api)).containsExactlyInAnyOrderElementsOf(expected());
        assertThat(ClientSchema.of(api)).isInstanceOf(Outcome.Accepted.class);
    }

    private static List<String> expected() {
        return switch (Parser.parseSchema(text("all-specs-api"), null)) {
            case Outcome.Accepted<Document>(var document) -> definitions(document);
            case Outcome.Rejected<Document>(var issues) -> throw new AssertionError(issues);
        };
    }

    private static List<String> definitions(Document document) {
        return document.definitions().stream().map(Printer::print).toList();
    }
}
