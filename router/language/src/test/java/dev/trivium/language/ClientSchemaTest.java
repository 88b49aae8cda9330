package dev.trivium.language;

import static dev.trivium.language.Outcomes.accepted;
import static dev.trivium.language.Outcomes.issues;
import static dev.trivium.language.Outcomes.operation;
import static dev.trivium.language.Outcomes.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.introspection.IntrospectionQuery;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSchemaTest {
    private static final String SDL =
            """
            "A shop."
            schema { query: Root, mutation: Mutation, subscription: Subscription }
            "Where it may be used." directive @live(every: Int = 5 @deprecated(reason: "why")) repeatable on QUERY | FIELD
            scalar Date @specifiedBy(url: "https://example.org/date")
            scalar Anything
            interface Node { id: ID! }
            interface Named implements Node { id: ID!, name: String }
            "A person." type User implements Node & Named {
              id: ID!
              name: String
              old: Int @deprecated
              older: Int @deprecated(reason: "too old")
              friends(first: Int = 10, filter: Filter = {color: RED, tags: ["a"], at: 1.5}): [User!]
              "When \\"born\\"." born: Date
            }
            type Pet implements Node { id: ID!, name: Int!, owner: User }
            union Owner = User | Pet
            enum Color { RED, "leaf" GREEN @deprecated(reason: "not seen") }
            input Filter { color: Color! = RED, tags: [String!]! = [], at: Float, nested: Filter, any: Anything }
            input By @oneOf { id: ID, name: String }
            type Root { user(id: ID!, at: Date): User, node: Node, owner: Owner, by(by: By): User, any(a: Anything): Anything }
            type Mutation { add(n: Int!): Int }
            type Subscription { ticks: Int, other: Int }
            """;

    private static final ClientSchema SCHEMA = accepted(ClientSchema.of(schema(SDL)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ user(id: 1) { id name friends { born } } }",
                "query Q($id: ID!, $f: Filter) { user(id: $id) { friends(filter: $f) { id } } }",
                "{ node { id ... on User { name } ... on Pet { petName: name owner { id } } } }",
                "{ owner { __typename ... on Node { id } } }",
                "{ any(a: {b: [1, E, $ok, null]}) } ",
                "query ($x: Anything) { any(a: {b: [1, E, $x, null], c: \"s\"}) }",
                "{ by(by: {id: 1}) { id } }",
                "{ any(a: [1e400, 1e99999999999, 99999999999999999999]) }",
                "{ user(id: 1, at: 5) { __proto__: id class: name } }",
                "mutation { a: add(n: 1) b: add(n: -2147483648) }",
                "subscription { ticks }",
                "query @live @live(every: 1) { node { id } }",
                "{ node { id ... @defer { id } ... @defer(label: \"a\") { id } ...F @defer(label: \"b\", if: false) } } fragment F on Node { id }",
                "query ($later: Boolean!) { ... @defer(if: $later) { node { id } } }",
                "{ __schema { types { name } } __type(name: \"User\") { name } }",
                "{ a: __type(name: \"User\") { fields { type { fields { name } } } } b: __type(name: \"x\") { name } }"
            })
    void acceptsValidOperations(String text) {
        Document document = operation(text.replace("$ok, ", ""));

        assertThat(SCHEMA.validate(document)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void rejectsWhatBreaksARule(String text, String message) {
        List<Issue> issues = SCHEMA.validate(operation(text));

        assertThat(issues).isNotEmpty();
        assertThat(issues)
                .allSatisfy(
                        issue -> assertThat(issue.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED"));
        assertThat(issues.getFirst().message()).contains(message);
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                Arguments.of("{ nope }", "nope"),
                Arguments.of("{ user(id: 1) }", "user"),
                Arguments.of("{ user(id: 1) { id { x } } }", "id"),
                Arguments.of("{ user { id } }", "id"),
                Arguments.of("{ user(id: null) { id } }", "id"),
                Arguments.of("{ user(id: 1, nope: 2) { id } }", "nope"),
                Arguments.of("{ user(id: 1, id: 2) { id } }", "id"),
                Arguments.of("{ user(id: 1.5) { id } }", "id"),
                Arguments.of("mutation { add(n: 2147483648) }", "n"),
                Arguments.of("mutation { add(n: \"1\") }", "n"),
                Arguments.of(
                        "{ user(id: 1) { friends(filter: {color: BLUE}) { id } } }",
                        "is not a valid 'Color' - Literal value not in allowable values for enum 'Color'"),
                Arguments.of("{ user(id: 1) { friends(filter: {nope: 1}) { id } } }", "nope"),
                Arguments.of("{ user(id: 1) { friends(filter: {at: 1e400}) { id } } }", "filter"),
                Arguments.of("{ by(by: {id: 1, name: \"x\"}) { id } }", "By"),
                Arguments.of("{ ...F } fragment F on Nope { id }", "Nope"),
                Arguments.of("{ ...Nope }", "Nope"),
                Arguments.of("{ node { id } } fragment F on User { id }", "F"),
                Arguments.of(
                        "{ node { ...F } } fragment F on User { ...F @skip(if: true) id }", "F"),
                Arguments.of(
                        "{ node { ...A id } } fragment A on Node { ...B } fragment B on Node { id ...A }",
                        "A"),
                Arguments.of("fragment A on Node { id ...A } { node { id } }", "A"),
                Arguments.of("{ node { ...on Color { x } } }", "must be on"),
                Arguments.of("{ user(id: 1) { ...on Pet { id } } }", "Pet"),
                Arguments.of("{ owner { id } }", "id"),
                Arguments.of("{ node { id @nope } }", "nope"),
                Arguments.of("{ node { id @deprecated } }", "deprecated"),
                Arguments.of("{ node { id @defer } }", "defer"),
                Arguments.of("{ user(id: 1) { friends @stream { id } } }", "not supported"),
                Arguments.of(
                        "{ node { ... @defer(label: \"a\") { id } ...F } } fragment F on Node { ... @defer(label: \"a\") { id } }",
                        "label"),
                Arguments.of(
                        "query ($l: String) { node { ... @defer(label: $l) { id } } }", "label"),
                Arguments.of("mutation { ... @defer { add(n: 1) } }", "root mutation type"),
                Arguments.of(
                        "mutation { ...F } fragment F on Mutation { ...G @defer } fragment G on Mutation { add(n: 1) }",
                        "root mutation type"),
                Arguments.of(
                        "subscription { ...F } fragment F on Subscription { ... @defer { ticks } }",
                        "root subscription type"),
                Arguments.of("{ node { id @skip(if: true) @skip(if: false) } }", "skip"),
                Arguments.of("{ node { id @skip } }", "if"),
                Arguments.of("query ($x: Nope) { node { id } }", "Nope"),
                Arguments.of("query ($x: User) { node { id } }", "x"),
                Arguments.of("query ($x: ID) { user(id: $x) { id } }", "x"),
                Arguments.of("query ($x: ID!, $x: ID!) { user(id: $x) { id } }", "x"),
                Arguments.of("query ($x: ID!) { node { id } }", "x"),
                Arguments.of("{ user(id: $x) { id } }", "x"),
                Arguments.of(
                        "query ($x: Int = \"a\") { user(id: 1) { friends(first: $x) { id } } }",
                        "default"),
                Arguments.of("query A { node { id } } query A { node { id } }", "A"),
                Arguments.of("{ node { id } } query A { node { id } }", "nonymous"),
                Arguments.of("subscription { ticks other }", "ne root field"),
                Arguments.of("{ user(id: 1) { x: id x: name } }", "x"),
                Arguments.of("{ a: user(id: 1) { id } a: user(id: 2) { id } }", "a"),
                Arguments.of("{ owner { ... on User { name } ... on Pet { name } } }", "name"),
                Arguments.of(
                        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
                        "ntrospection"),
                Arguments.of(
                        "{ __schema { types { ...T } } } fragment T on __Type { fields { type { ...T } } }",
                        "T"));
    }

    @Test
    void saysWhere() {
        Issue issue = SCHEMA.validate(operation("{\n  node { id nope }\n}")).getFirst();

        assertThat(issue.locations()).containsExactly(new SourceLocation(null, 2, 13));
        assertThat(issue.message()).isEqualTo("Field 'nope' in type 'Node' is undefined");
    }

    @Test
    void repeatsLittleOfTheDocument() {
        String name = "x".repeat(100_000);
        String object = "{" + numbered("k%d: \"secret\" ", 1_000) + "}";

        assertThat(SCHEMA.validate(operation("{ " + name + " }")).getFirst().message())
                .hasSizeLessThan(320);
        assertThat(SCHEMA.validate(operation("{ user(id: " + object + ") { id } }")).getFirst())
                .extracting(Issue::message)
                .isEqualTo(
                        "argument 'id' is not a valid 'ID' - Expected an AST type of 'IntValue' or"
                                + " 'StringValue' but it was a 'ObjectValue'");
        assertThat(
                        issues(
                                        Parser.parseOperation(
                                                "{ a(" + name + " " + name, ParserLimits.DEFAULT))
                                .getFirst()
                                .message())
                .hasSizeLessThan(100);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void boundsTimeAndStack(String text, String code) {
        Document document = operation(text);

        List<Issue> issues =
                assertTimeoutPreemptively(Duration.ofSeconds(10), () -> SCHEMA.validate(document));

        assertThat(issues.size()).isLessThanOrEqualTo(100);
        assertThat(issues.stream().map(Issue::code).distinct().toList())
                .isEqualTo(code.isEmpty() ? List.of() : List.of(code));
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of(doubling(30), "TOO_COMPLEX"),
                Arguments.of(doubling(70), "TOO_COMPLEX"),
                Arguments.of(
                        "{ __schema { types { fields { "
                                + numbered("a%d: name ", 3_000)
                                + "} } } }",
                        "TOO_COMPLEX"),
                Arguments.of(chain(1_800, false), "RECURSION_LIMIT"),
                Arguments.of(chain(1_800, true), "RECURSION_LIMIT"),
                Arguments.of(cycle(150), "GRAPHQL_VALIDATION_FAILED"),
                Arguments.of(
                        "{ node { id " + "@nope ".repeat(7_000) + "} }",
                        "GRAPHQL_VALIDATION_FAILED"),
                Arguments.of("{ node { id " + "@live ".repeat(7_000) + "} }", ""),
                Arguments.of("{ node { " + "id ".repeat(14_000) + "} }", ""),
                Arguments.of("{ " + "node { id } ".repeat(3_700) + "}", ""),
                Arguments.of("{ " + numbered("a%d: node { id } ", 2_400) + "}", ""),
                Arguments.of(
                        "{ user(id: 1) "
                                + "{ friends ".repeat(190)
                                + "{ id }"
                                + "}".repeat(190)
                                + " }",
                        ""),
                Arguments.of(
                        "{ user(id: 1) { "
                                + numbered("x: friends(first: %d) { id } ", 1_000)
                                + "} }",
                        "GRAPHQL_VALIDATION_FAILED"),
                Arguments.of("{ " + numbered("nope%d ", 10_000) + "}", "GRAPHQL_VALIDATION_FAILED"),
                Arguments.of(
                        numbered("query Q%d { ...F } ", 1_000)
                                + "fragment F on Root { "
                                + "node { id } ".repeat(1_000)
                                + "}",
                        "TOO_COMPLEX"),
                Arguments.of("{ any(a: [" + "1 ".repeat(14_000) + "]) }", ""),
                Arguments.of(
                        "query (" + numbered("$v%d: Int ", 3_000) + ") { node { id } }",
                        "GRAPHQL_VALIDATION_FAILED"));
    }

    /// Fragments that double what they spread: 2^n selections.
    private static String doubling(int n) {
        return "{ node { ...F0 } } "
                + numbered("fragment F%1$d on Node { ...G%1$d ...H%1$d } ", n)
                + IntStream.range(0, n)
                        .mapToObj(i ->
                                "fragment G%d on Node { ...F%d } fragment H%d on Node { ...F%d } "
                                        .formatted(i, i + 1, i, i + 1))
                        .reduce("", String::concat)
                + "fragment F%d on Node { id }".formatted(n);
    }

    private static String chain(int n, boolean lastFirst) {
        List<String> fragments = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            fragments.add("fragment F%d on Node { ...F%d } ".formatted(i, i + 1));
        }
        fragments.add("fragment F%d on Node { id } ".formatted(n));
        return String.join("", lastFirst ? fragments.reversed() : fragments) + "{ node { ...F0 } }";
    }

    private static String cycle(int n) {
        return "{ node { ...F0 } } "
                + IntStream.range(0, n)
                        .mapToObj(i ->
                                "fragment F%d on Node { id ...F%d @skip(if: false) } "
                                        .formatted(i, (i + 1) % n))
                        .reduce("", String::concat);
    }

    private static String numbered(String template, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(template.formatted(i));
        }
        return text.toString();
    }

    @Test
    void answersIntrospectionAsGraphQlJavaDoesForTheSameText() {
        String query = IntrospectionQuery.INTROSPECTION_QUERY;
        GraphQL oracle =
                GraphQL.newGraphQL(
                                UnExecutableSchemaGenerator.makeUnExecutableSchema(
                                        new SchemaParser().parse(SDL)))
                        .build();
        byte[] expected =
                JsonText.utf8(
                        oracle.execute(ExecutionInput.newExecutionInput(query).build())
                                .toSpecification());
        // Where it differs, we are right: no description is null, and unsupported directives are
        // not shown.
        String text =
                new String(expected, StandardCharsets.UTF_8)
                        .replace("\"description\":\"\"", "\"description\":null")
                        .replaceFirst(
                                ",\\{\"name\":\"experimental_disableErrorPropagation\".*(?=]}}})",
                                "");

        assertThat(SCHEMA.validate(operation(query))).isEmpty();
        assertThat(text(SCHEMA.introspect(operation(query), null, Map.of()))).isEqualTo(text);
    }

    @Test
    void answersIntrospectionWithVariables() {
        Document document =
                operation(
                        "query A { __typename } query B($name: String!) { x: __type(name: $name) { description } }");

        assertThat(text(SCHEMA.introspect(document, "B", Map.of("name", "User"))))
                .isEqualTo("{\"data\":{\"x\":{\"description\":\"A person.\"}}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "type A { a: Int }",
                "type Query { a: Nope }",
                "type Query { a(b: Query): Int }",
                "type Query implements Nope { a: Int }",
                "type Query implements I { a: Int } interface I { b: Int }",
                "type Query { a: In } input In { a: Int }",
                "union U = Query | Int type Query { a: U }",
                "type Query { a: Int } type Query { b: Int }",
                "type Query { a: Int, a: Int }",
                "type Query { a(x: Int = \"s\"): Int }"
            })
    void rejectsDefinitionsThatDoNotFitTogether(String sdl) {
        assertThat(issues(ClientSchema.of(schema(sdl))).getFirst().code())
                .isEqualTo("INVALID_GRAPHQL");
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
