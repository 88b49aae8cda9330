package dev.trivium.language;

import static dev.trivium.language.Outcomes.issues;
import static dev.trivium.language.Outcomes.operation;
import static dev.trivium.language.Outcomes.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParserTest {

    @Test
    void readsAnOperationWithItsLocations() {
        Document document =
                operation(
                        """
                        query Q($id: ID! = "1" @a) @b {
                          me: user(id: $id) { ...F @skip(if: true) }
                        }
                        fragment F on User { id }
                        """);

        Definition.Operation operation =
                document.definitions(Definition.Operation.class).getFirst();
        assertThat(operation.name()).isEqualTo("Q");
        assertThat(operation.variables().getFirst().type()).hasToString("ID!");
        assertThat(operation.variables().getFirst().defaultValue())
                .isEqualTo(new Value.StringValue("1"));
        assertThat(operation.variables().getFirst().directives().getFirst().name()).isEqualTo("a");
        Selection.Field field = (Selection.Field) operation.selections().getFirst();
        assertThat(field.responseKey()).isEqualTo("me");
        assertThat(field.name()).isEqualTo("user");
        assertThat(field.location()).isEqualTo(new SourceLocation(null, 2, 3));
        assertThat(field.selections().getFirst().location())
                .isEqualTo(new SourceLocation(null, 2, 23));
        assertThat(document.definitions(Definition.Fragment.class).getFirst().location())
                .isEqualTo(new SourceLocation(null, 4, 1));
    }

    @Test
    void tellsExtensionsFromDefinitionsAndKeepsRepeatedDirectives() {
        Document document =
                schema(
                        """
                        extend schema @link(url: "a") @link(url: "b")
                        \"""
                          What it is:
                            indented
                        \"""
                        type T implements & A & B @key(fields: "id") @key(fields: "x") {
                          "A field" f(a: Int = 1): [T!]!
                        }
                        extend type T { g: Int }
                        directive @d(a: Int) repeatable on | FIELD | OBJECT
                        """);

        assertThat(document.definitions(Definition.Schema.class).getFirst().directives())
                .hasSize(2);
        List<Definition.ObjectType> types = document.definitions(Definition.ObjectType.class);
        assertThat(types.getFirst().extension()).isFalse();
        assertThat(types.getFirst().description()).isEqualTo("What it is:\n  indented");
        assertThat(types.getFirst().interfaces()).containsExactly("A", "B");
        assertThat(types.getFirst().directives()).hasSize(2);
        assertThat(types.getFirst().location()).isEqualTo(new SourceLocation("s.graphql", 2, 1));
        assertThat(types.getLast().extension()).isTrue();
        Definition.DirectiveType directive =
                document.definitions(Definition.DirectiveType.class).getFirst();
        assertThat(directive.repeatable()).isTrue();
        assertThat(directive.locations()).containsExactly("FIELD", "OBJECT");
    }

    @ParameterizedTest
    @MethodSource("strings")
    void resolvesEscapes(String literal, String value) {
        Document document = operation("{ f(a: " + literal + ") }");

        Selection.Field field =
                (Selection.Field)
                        document.definitions(Definition.Operation.class)
                                .getFirst()
                                .selections()
                                .getFirst();
        assertThat(field.arguments().getFirst().value()).isEqualTo(new Value.StringValue(value));
    }

    static Stream<Arguments> strings() {
        return Stream.of(
                Arguments.of("\"\"", ""),
                Arguments.of("\"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\t\"", "a\"b\\c/d\b\f\n\r\t"),
                Arguments.of("\"\\u0041\\u{42}\\u{1F600}\"", "AB\ud83d\ude00"),
                Arguments.of("\"\\uD83D\\uDE00\"", "\ud83d\ude00"),
                Arguments.of("\"# , { \ud83d\ude00\"", "# , { \ud83d\ude00"),
                Arguments.of("\"\"\"\"\"\"", ""),
                Arguments.of("\"\"\"a \\\"\"\" \\n\"\"\"", "a \"\"\" \\n"),
                Arguments.of("\"\"\"\n\n   a\r\n     b\r   c  \n \"\"\"", "a\n  b\nc  "),
                Arguments.of("\"\"\"  a\n    b\n   c\"\"\"", "  a\n b\nc"));
    }

    @ParameterizedTest
    @MethodSource("syntaxErrors")
    void rejectsWhatBreaksTheGrammar(String text, int line, int column) {
        Issue issue = rejection(Parser.parseOperation(text, ParserLimits.DEFAULT));

        assertThat(issue.code()).isEqualTo("GRAPHQL_PARSE_FAILED");
        assertThat(issue.locations()).containsExactly(new SourceLocation(null, line, column));
    }

    static Stream<Arguments> syntaxErrors() {
        return Stream.of(
                Arguments.of("", 1, 1),
                Arguments.of("# nothing\n", 2, 1),
                Arguments.of(",".repeat(10_000), 1, 10_001),
                Arguments.of("{", 1, 2),
                Arguments.of("{}", 1, 2),
                Arguments.of("{ a }}", 1, 6),
                Arguments.of("{ a(b: ) }", 1, 8),
                Arguments.of("{ a() }", 1, 5),
                Arguments.of("query ($a: Int = $b) { a }", 1, 18),
                Arguments.of("fragment on on User { id }", 1, 10),
                Arguments.of("{ a\n  b: }", 2, 6),
                Arguments.of("type T { id: ID }", 1, 1),
                Arguments.of("{ a(b: {c: 1, c: 2}) }", 1, 15),
                Arguments.of("{ a(b: 01) }", 1, 8),
                Arguments.of("{ a(b: 1.) }", 1, 8),
                Arguments.of("{ a(b: -) }", 1, 8),
                Arguments.of("{ a(b: 1x) }", 1, 8),
                Arguments.of("{ a(b: " + "1".repeat(1_001) + ") }", 1, 8),
                Arguments.of("{ a(b: 1.2.3) }", 1, 8),
                Arguments.of("{ a(b: \"x) }", 1, 8),
                Arguments.of("{ a(b: \"x\n\") }", 1, 8),
                Arguments.of("{ a(b: \"\\x\") }", 1, 8),
                Arguments.of("{ a(b: \"\\", 1, 8),
                Arguments.of("{ a(b: \"\\u\") }", 1, 8),
                Arguments.of("{ a(b: \"\\u00g0\") }", 1, 8),
                Arguments.of("{ a(b: \"\\uD83D\") }", 1, 8),
                Arguments.of("{ a(b: \"\\uDE00\\uD83D\") }", 1, 8),
                Arguments.of("{ a(b: \"\\u{110000}\") }", 1, 8),
                Arguments.of("{ a(b: \"\\u{}\") }", 1, 8),
                Arguments.of("{ a(b: \"\\u{41\") }", 1, 8),
                Arguments.of("{ a(b: \"\\u{FFFFFFFFFFFF}\") }", 1, 8),
                Arguments.of("{ a(b: \"\ud83d\") }", 1, 8),
                Arguments.of("{ a(b: \"\"\"x\"\") }", 1, 8),
                Arguments.of("{ a ; }", 1, 5),
                Arguments.of("{ .. }", 1, 3),
                Arguments.of("{ \u0000 }", 1, 3),
                Arguments.of("{ \u00e4 }", 1, 3));
    }

    @ParameterizedTest
    @MethodSource("floods")
    void givesUpOnFloods(String text, String code) {
        Issue issue =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(10),
                        () -> rejection(Parser.parseOperation(text, ParserLimits.DEFAULT)));

        assertThat(issue.code()).isEqualTo(code);
    }

    static Stream<Arguments> floods() {
        return Stream.of(
                Arguments.of("{" + "a ".repeat(15_000) + "}", "TOKEN_LIMIT"),
                Arguments.of(",".repeat(999_999), "TOKEN_LIMIT"),
                Arguments.of("#\n".repeat(400_000), "TOKEN_LIMIT"),
                Arguments.of(" ".repeat(1_000_001), "CHARACTER_LIMIT"),
                Arguments.of("{a".repeat(7_000), "RECURSION_LIMIT"),
                Arguments.of("{a(b:" + "[".repeat(10_000), "RECURSION_LIMIT"),
                Arguments.of("{a(b:" + "{c:".repeat(4_000), "RECURSION_LIMIT"),
                Arguments.of("query($a:" + "[".repeat(10_000), "RECURSION_LIMIT"),
                Arguments.of("{" + "...{".repeat(7_000), "RECURSION_LIMIT"));
    }

    @Test
    void acceptsExactlyTheLimits() {
        ParserLimits limits = new ParserLimits(4, 2, 100);

        assertThat(Parser.parseOperation("{a b}", limits)).isInstanceOf(Outcome.Accepted.class);
        assertThat(rejection(Parser.parseOperation("{a b c}", limits)).code())
                .isEqualTo("TOKEN_LIMIT");
        assertThat(rejection(Parser.parseOperation("{{{", limits)).code())
                .isEqualTo("GRAPHQL_PARSE_FAILED");
    }

    @Test
    void readsFieldSetsWithAndWithoutBraces() {
        for (String text : List.of("id org { id }", "{ id org { id } }", " { id, org{id} } ")) {
            assertThat(Parser.parseSelections(text))
                    .isInstanceOfSatisfying(
                            Outcome.Accepted.class,
                            accepted -> assertThat((List<?>) accepted.value()).hasSize(2));
        }
        for (String text : List.of("", "{", "id }", "{ id } name", "(x", "\"id\"")) {
            assertThat(rejection(Parser.parseSelections(text)).code()).isEqualTo("INVALID_GRAPHQL");
        }
    }

    @Test
    void readsTypes() {
        assertThat(Parser.parseType("[User!]!"))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.value()).hasToString("[User!]!"));
        for (String text : List.of("", "User!!", "[User", "User]", "!")) {
            assertThat(rejection(Parser.parseType(text)).code()).isEqualTo("INVALID_GRAPHQL");
        }
    }

    @ParameterizedTest
    @MethodSource("schemaErrors")
    void rejectsSchemasThatBreakTheGrammar(String text) {
        Issue issue = rejection(Parser.parseSchema(text, "s.graphql"));

        assertThat(issue.code()).isEqualTo("INVALID_GRAPHQL");
        assertThat(issue.locations().getFirst().source()).isEqualTo("s.graphql");
    }

    static Stream<String> schemaErrors() {
        return Stream.of(
                "{ a }",
                "type T {}",
                "type T { a }",
                "type T { a: }",
                "extend type T",
                "extend schema",
                "extend directive @a on FIELD",
                "\"x\" extend type T { a: Int }",
                "schema {}",
                "schema { quer: Q }",
                "directive @a on NOWHERE",
                "directive @a on",
                "directive a on FIELD",
                "enum E { true }",
                "union U =",
                "input I { a: Int = $b }",
                "scalar S @d(a: $b)",
                "type T implements { a: Int }",
                "type T { a(): Int }");
    }

    private static Issue rejection(Outcome<?> outcome) {
        return issues(outcome).getFirst();
    }
}
