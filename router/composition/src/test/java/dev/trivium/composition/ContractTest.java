package dev.trivium.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.SourceLocation;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import dev.trivium.supergraph.SupergraphType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractTest {
    private static final String LINK =
            "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.3\", import: [\"@key\", \"@tag\"])\n";

    private static final String SCHEMA =
            """
            type Query {
              users(filter: Filter, at: Time): [User] @tag(name: "public")
              node: Node @tag(name: "public")
              audit: Audit @tag(name: "internal")
            }

            type Mutation {
              clear: Boolean @tag(name: "internal")
            }

            interface Node {
              id: ID! @tag(name: "public")
            }

            type User implements Node @key(fields: "id") @tag(name: "public") {
              id: ID!
              name: String
              email: String @tag(name: "internal")
              role(verbose: Boolean @tag(name: "internal")): Role
            }

            type Group implements Node @tag(name: "internal") {
              id: ID!
            }

            input Filter {
              role: Role
              deleted: Boolean @tag(name: "internal")
            }

            enum Role {
              MEMBER
              ROOT @tag(name: "internal")
            }

            type Audit {
              lines: [String]
              by: Place
            }

            union Place = User | Group

            scalar Time
            """;

    @Test
    void excludedElementsGoWithWhatLedToNothingElse() {
        assertThat(apiSchema(SCHEMA, Set.of(), Set.of("internal"), true))
                .isEqualTo(
                        """
                        input Filter {
                          role: Role
                        }

                        interface Node {
                          id: ID!
                        }

                        type Query {
                          users(filter: Filter, at: Time): [User]
                          node: Node
                        }

                        enum Role {
                          MEMBER
                        }

                        scalar Time

                        type User implements Node {
                          id: ID!
                          name: String
                          role: Role
                        }
                        """);
    }

    @Test
    void unreachableTypesStayOnDemand() {
        assertThat(apiSchema(SCHEMA, Set.of(), Set.of("internal"), false))
                .contains("type Audit", "union Place = User")
                .doesNotContain("email", "Group", "Mutation");
    }

    @Test
    void onlyIncludedFieldsStayWithWhatTheyUse() {
        assertThat(apiSchema(SCHEMA, Set.of("public"), Set.of(), true))
                .contains("users(filter: Filter, at: Time)", "email", "ROOT", "deleted")
                .doesNotContain("audit", "Audit", "Place", "Group", "Mutation");
    }

    @Test
    void exclusionBeatsInclusion() {
        assertThat(apiSchema(SCHEMA, Set.of("public"), Set.of("internal"), true))
                .contains("users", "name", "MEMBER")
                .doesNotContain("email", "ROOT", "deleted", "verbose", "Audit");
    }

    @Test
    void anInterfaceThatIsNeverReturnedLeadsToNoOtherType() {
        String schema =
                """
                type Query { user: User }
                interface Named { name: String of: Named }
                type User implements Named { name: String of: User }
                interface Titled { name: String }
                type Book implements Titled { name: String }
                """;
        assertThat(apiSchema(schema, Set.of(), Set.of("none"), true))
                .contains("interface Named", "type User implements Named")
                .doesNotContain("Titled", "Book");
    }

    /// What an executable directive takes can be named in any operation.
    @Test
    void inputsOfDirectivesAreReachable() {
        String schema =
                """
                directive @live(mode: Mode) on QUERY
                enum Mode { A B }
                enum Unused { C }
                type Query { a: Int }
                """;
        assertThat(apiSchema(schema, Set.of(), Set.of("none"), true))
                .contains("enum Mode")
                .doesNotContain("Unused");
    }

    @Test
    void hiddenKeysStillServeTheRouter() {
        String users =
                LINK
                        + """
                        type Query { user: User }
                        type User @key(fields: "id") { id: ID! @tag(name: "internal") name: String }
                        """;
        String mails =
                LINK
                        + """
                        type User @key(fields: "id") { id: ID! @tag(name: "internal") mail: String }
                        """;
        CompositionResult result =
                Composition.compose(
                        List.of(
                                new SubgraphSource("users", "http://users", users),
                                new SubgraphSource("mails", "http://mails", mails)),
                        FederationVersion.NEWEST,
                        new Contract(Set.of(), Set.of("internal"), true));
        if (!(result instanceof CompositionResult.Composed(var sdl, var api, _))
                || !(SupergraphReader.read(sdl)
                        instanceof Outcome.Accepted<Supergraph>(var supergraph))) {
            throw new AssertionError(result);
        }
        assertThat(api).contains("mail", "name").doesNotContain("id");
        SupergraphType user = supergraph.types().get("User");
        assertThat(user).isNotNull();
        assertThat(user.joins()).extracting(SupergraphType.JoinType::key).containsOnly("id");
    }

    /// Which are left out while the supergraph is checked.
    @Test
    void connectorsStay() {
        String link = "extend schema @link(url: \"https://specs.apollo.dev/connect/v0.1\")\n";
        if (!(contract(
                        link + "type Query { a: Int b: Int @tag(name: \"x\") }",
                        Set.of(),
                        Set.of("x"),
                        true)
                instanceof CompositionResult.Composed(var sdl, _, _))) {
            throw new AssertionError("rejected");
        }
        assertThat(sdl)
                .contains("https://specs.apollo.dev/connect/v", "https://specs.apollo.dev/inacc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    type Query { a: A } type A @tag(name: "x") { b: Int }                 | REFERENCED_INACCESSIBLE      | 2:14
                    type Query { a: A } type A { b: Int @tag(name: "x") }                 | REFERENCED_INACCESSIBLE      | 2:14
                    type Query { a: A } union A = B type B @tag(name: "x") { c: Int }     | REFERENCED_INACCESSIBLE      | 2:14
                    type Query @tag(name: "x") { a: Int }                                 | QUERY_ROOT_TYPE_INACCESSIBLE | 2:1
                    type Query { a: Int @tag(name: "x") }                                 | QUERY_ROOT_TYPE_INACCESSIBLE | 2:1
                    type Query { a(b: Int! @tag(name: "x")): Int }                        | REQUIRED_INACCESSIBLE        | 2:16
                    type Query { a(b: B): Int } input B { c: Int! @tag(name: "x") d: Int } | REQUIRED_INACCESSIBLE       | 2:39
                    type Query { a(b: B = D): Int } enum B { C D @tag(name: "x") }        | DEFAULT_VALUE_USES_INACCESSIBLE | 2:16
                    type Query implements I { a: Int @tag(name: "x") b: Int } interface I { a: Int } | IMPLEMENTED_BY_INACCESSIBLE | 2:27
                    """)
    void aContractThatShowsWhatItCannotIsRejected(String schema, String code, String at) {
        if (!(contract(schema, Set.of(), Set.of("x"), true)
                instanceof CompositionResult.Rejected(var issues, _))) {
            throw new AssertionError("composed");
        }
        assertThat(issues).hasSize(1);
        Issue issue = issues.getFirst();
        assertThat(issue.code()).isEqualTo(code);
        assertThat(issue.message()).startsWith("In the contract, ");
        String[] lineAndColumn = at.split(":", -1);
        assertThat(issue.locations())
                .contains(
                        new SourceLocation(
                                "users",
                                Integer.parseInt(lineAndColumn[0]),
                                Integer.parseInt(lineAndColumn[1])));
    }

    @Test
    void whatDoesNotComposeHasNoContract() {
        if (!(contract("type Query { a: None }", Set.of("public"), Set.of(), true)
                instanceof CompositionResult.Rejected(var issues, _))) {
            throw new AssertionError("composed");
        }
        assertThat(issues).extracting(Issue::code).containsExactly("INVALID_GRAPHQL");
    }

    @Test
    void aContractThatHidesNothingIsTheSupergraph() {
        assertThat(contract(SCHEMA, Set.of(), Set.of("none"), false))
                .isEqualTo(contract(SCHEMA, Set.of(), Set.of(), false));
    }

    private static String apiSchema(
            String schema, Set<String> included, Set<String> excluded, boolean hidesUnreachable) {
        return switch (contract(schema, included, excluded, hidesUnreachable)) {
            case CompositionResult.Composed composed -> composed.apiSchemaSdl();
            case CompositionResult.Rejected(var issues, _) -> throw new AssertionError(issues);
        };
    }

    private static CompositionResult contract(
            String schema, Set<String> included, Set<String> excluded, boolean hidesUnreachable) {
        SubgraphSource source = new SubgraphSource("users", "http://users", LINK + schema);
        return Composition.compose(
                List.of(source),
                FederationVersion.NEWEST,
                new Contract(included, excluded, hidesUnreachable));
    }
}
