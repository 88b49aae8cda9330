package dev.trivium.supergraph;

import static dev.trivium.supergraph.Supergraphs.issues;
import static dev.trivium.supergraph.Supergraphs.read;
import static dev.trivium.supergraph.Supergraphs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.trivium.language.Directive;
import dev.trivium.language.Issue;
import dev.trivium.language.OperationType;
import dev.trivium.language.Printer;
import dev.trivium.supergraph.SupergraphType.Composite;
import dev.trivium.supergraph.SupergraphType.ContextArgument;
import dev.trivium.supergraph.SupergraphType.EnumType;
import dev.trivium.supergraph.SupergraphType.InputObjectType;
import dev.trivium.supergraph.SupergraphType.JoinField;
import dev.trivium.supergraph.SupergraphType.JoinImplements;
import dev.trivium.supergraph.SupergraphType.JoinType;
import dev.trivium.supergraph.SupergraphType.UnionType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SupergraphReaderTest {
    private static final int ACCOUNTS = 0;
    private static final int PRODUCTS = 1;

    private static final Supergraph V3 = read(text("join-0.3"));

    @Test
    void readsSubgraphsAndRoots() {
        assertThat(V3.subgraphs())
                .containsExactly(
                        new Subgraph(0, "ACCOUNTS", "accounts", "http://accounts/graphql"),
                        new Subgraph(1, "PRODUCTS_1", "products", ""));
        assertThat(V3.rootTypes())
                .containsExactly(
                        entry(OperationType.QUERY, "Query"),
                        entry(OperationType.MUTATION, "Mutation"));
    }

    @Test
    void leavesTheMachineryOut() {
        assertThat(V3.types().keySet())
                .containsExactly(
                        "Query",
                        "Mutation",
                        "Node",
                        "User",
                        "Organization",
                        "Secret",
                        "Product",
                        "Thing",
                        "Color",
                        "Filter",
                        "Date");
        assertThat(V3.directives())
                .extracting(Printer::print)
                .containsExactly("\"Runs it live.\"\ndirective @live(every: Int) on QUERY");
    }

    @Test
    void readsKeys() {
        assertThat(type("User").joins())
                .containsExactly(
                        new JoinType(ACCOUNTS, "id", true, false, false),
                        new JoinType(ACCOUNTS, "email organization { id }", false, false, false),
                        new JoinType(PRODUCTS, "id", true, true, false));
        assertThat(type("Node").joins().getLast().interfaceObject()).isTrue();
        assertThat(type("User").interfaces()).containsExactly(new JoinImplements(ACCOUNTS, "Node"));
    }

    @Test
    void readsFieldsAndAddsWhatIsLeftOut() {
        assertThat(joins("Query", "shared")).containsExactly(plain(ACCOUNTS), plain(PRODUCTS));
        assertThat(joins("User", "id")).containsExactly(plain(ACCOUNTS), plain(PRODUCTS));
        assertThat(joins("User", "views")).isEmpty();
        assertThat(joins("Query", "me").getFirst().provides()).isEqualTo("name");
        assertThat(joins("User", "bought").getFirst().requires()).isEqualTo("name");
        JoinField own = joins("User", "name").getFirst();
        assertThat(own.type()).hasToString("String!");
        assertThat(own.override()).isEqualTo("products");
        assertThat(joins("User", "name").getLast().external()).isTrue();
        assertThat(joins("User", "name").getLast().type()).isNull();
    }

    @Test
    void readsMembersValuesAndInputFields() {
        UnionType thing = (UnionType) V3.types().get("Thing");
        assertThat(Objects.requireNonNull(thing).members())
                .containsExactly(
                        entry("User", List.of(ACCOUNTS, PRODUCTS)),
                        entry("Product", List.of(PRODUCTS)),
                        entry("Secret", List.of(ACCOUNTS)));
        EnumType color = (EnumType) V3.types().get("Color");
        assertThat(Objects.requireNonNull(color).values().get("GREEN"))
                .satisfies(value -> {
                    assertThat(value.inaccessible()).isTrue();
                    assertThat(value.subgraphs()).containsExactly(PRODUCTS);
                });
        InputObjectType filter = (InputObjectType) V3.types().get("Filter");
        assertThat(Objects.requireNonNull(filter).fields().values())
                .extracting(field -> field.joins().getFirst().type())
                .extracting(String::valueOf)
                .containsExactly("null", "Float!", "null");
    }

    @Test
    void givesDirectivesTheirStandardNames() {
        assertThat(directives("Query", "product")).containsExactly("tag");
        assertThat(directives("User", "email")).containsExactly("requiresScopes");
        assertThat(directives("User", "name")).containsExactly("custom");
        assertThat(directives("User", "old")).containsExactly("deprecated");
        assertThat(field("User", "hidden").inaccessible()).isTrue();
        assertThat(directives("User", "hidden")).isEmpty();
    }

    @Test
    void tellsWhatARouterMustEnforce() {
        assertThat(V3.requiredFeatures()).containsExactly("requiresScopes");
        assertThat(read(text("all-specs")).requiredFeatures())
                .containsExactly("authenticated", "context", "policy", "requiresScopes");
    }

    @Test
    void readsWhatTheSpecificationsAreCalled() {
        String renamed =
                text("join-0.3")
                        .replace("join__", "j__")
                        .replace("/join/v0.3\"", "/join/v0.3\", as: \"j\"")
                        .replace("@link(", "@use(")
                        .replace("link__", "use__")
                        .replace("/link/v1.0\"", "/link/v1.0\", as: \"use\"")
                        .replace("@inaccessible", "@hide")
                        .replace("/inaccessible/v0.2\"", "/inaccessible/v0.2\", as: \"hide\"");

        assertThat(withoutLocations(read(renamed))).isEqualTo(withoutLocations(V3));
    }

    @Test
    void readsImportedNames() {
        String imported =
                text("join-0.3")
                        .replace("@join__field(", "@at(")
                        .replace("@join__field", "@at")
                        .replace("join__Graph", "Graphs")
                        .replace(
                                "/join/v0.3\"",
                                "/join/v0.3\", import: [{name: \"@field\", as: \"@at\"}, {name: \"Graph\", as: \"Graphs\"}]");

        assertThat(withoutLocations(read(imported))).isEqualTo(withoutLocations(V3));
    }

    @Test
    void readsWhatTheFirstVersionLeavesOut() {
        Supergraph supergraph = read(text("join-0.1"));

        assertThat(joins(supergraph, "User", "id")).containsExactly(plain(0), plain(1));
        assertThat(joins(supergraph, "User", "name")).containsExactly(plain(0), external(1));
        assertThat(joins(supergraph, "User", "address")).containsExactly(plain(0), plain(1));
        assertThat(joins(supergraph, "User", "score").getFirst().requires()).isEqualTo("name");
        assertThat(joins(supergraph, "Address", "city")).containsExactly(plain(0), plain(1));
        assertThat(joins(supergraph, "Review", "id")).containsExactly(plain(1));
        assertThat(supergraph.types().get("Kind"))
                .isInstanceOfSatisfying(
                        EnumType.class,
                        kind ->
                                assertThat(
                                                Objects.requireNonNull(kind.values().get("X"))
                                                        .subgraphs())
                                        .containsExactly(0, 1));
        assertThat(supergraph.types().get("Any"))
                .isInstanceOfSatisfying(
                        UnionType.class,
                        any ->
                                assertThat(any.members())
                                        .containsExactly(
                                                entry("User", List.of(0, 1)),
                                                entry("Review", List.of(1))));
        assertThat(
                        ((Composite) Objects.requireNonNull(supergraph.types().get("User")))
                                .interfaces())
                .containsExactly(new JoinImplements(0, "Named"), new JoinImplements(1, "Named"));
    }

    @Test
    void readsContextArgumentsLabelsAndJoinDirectives() {
        Supergraph supergraph =
                read(
                        """
                        schema
                          @link(url: "https://specs.apollo.dev/link/v1.0")
                          @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
                          @link(url: "https://specs.apollo.dev/context/v0.1", for: SECURITY)
                        { query: Query }
                        directive @join__directive(graphs: [join__Graph!], name: String!, args: join__DirectiveArguments) repeatable on SCHEMA | OBJECT | INTERFACE | FIELD_DEFINITION
                        enum join__Graph { A @join__graph(name: "a", url: "") }
                        input join__ContextArgument { name: String! type: String! context: String! selection: join__FieldValue }
                        type Query @join__type(graph: A) @context(name: "a__c") {
                          f: Int @join__field(graph: A, override: "b", overrideLabel: "percent(1)", contextArguments: [{context: "a__c", name: "x", type: "String", selection: " { y }"}])
                            @join__directive(graphs: [A], name: "cacheTag", args: {format: "f"})
                          y: String
                        }
                        """);

        JoinField join = joins(supergraph, "Query", "f").getFirst();
        assertThat(join.overrideLabel()).isEqualTo("percent(1)");
        assertThat(join.contextArguments())
                .containsExactly(new ContextArgument("x", "String", "a__c", " { y }"));
        assertThat(field(supergraph, "Query", "f").directives())
                .extracting(Printer::print)
                .containsExactly(
                        "@join__directive(graphs: [A], name: \"cacheTag\", args: {format: \"f\"})");
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void saysWhatIsWrong(String text, String code, String message) {
        List<Issue> issues = issues(text);

        assertThat(issues)
                .anySatisfy(issue -> {
                    assertThat(issue.code()).isEqualTo(code);
                    assertThat(issue.message()).contains(message);
                });
    }

    static Stream<Arguments> rejected() {
        String invalid = "INVALID_FEDERATION_SUPERGRAPH";
        String unsupported = "UNSUPPORTED_FEATURE";
        String good = text("join-0.3");
        return Stream.of(
                Arguments.of("type Query {", "INVALID_GRAPHQL", "the end of the text"),
                Arguments.of("", invalid, "neither `@link` nor `@core`"),
                Arguments.of("type Query { a: Int }", invalid, "output of composition"),
                Arguments.of(
                        "extend schema @link(url: \"https://specs.apollo.dev/link/v1.0\") type Query { a: Int }",
                        invalid,
                        "https://specs.apollo.dev/join"),
                Arguments.of(
                        good.replace("join/v0.3", "join/v0.6"),
                        unsupported,
                        "up to version v0.5, and this is v0.6"),
                Arguments.of(good.replace("join/v0.3", "join"), unsupported, "this is none"),
                Arguments.of(
                        good.replace("inaccessible/v0.2", "inaccessible/v1.0"),
                        unsupported,
                        "v1.0"),
                Arguments.of(
                        good.replace("import: [\"@custom\"]", "for: SECURITY"),
                        unsupported,
                        "https://example.org/custom"),
                Arguments.of(
                        good.replace("import: [\"@custom\"]", "for: EXECUTION"),
                        unsupported,
                        "`for: EXECUTION`"),
                Arguments.of(
                        good.replace(
                                "example.org/custom/v1.0",
                                "specs.apollo.dev/connect/v0.1\", for: EXECUTION, as: \"c"),
                        unsupported,
                        "connect"),
                Arguments.of(
                        good.replace("enum join__Graph", "enum Other"),
                        invalid,
                        "join__Graph must list the subgraphs"),
                Arguments.of(
                        good.replace("@join__graph(name: \"products\", url: \"\")", ""),
                        invalid,
                        "PRODUCTS_1 needs @join__graph"),
                Arguments.of(
                        good.replace("type Product @join__type(graph: PRODUCTS_1)", "type Product"),
                        invalid,
                        "Product must name the subgraphs"),
                Arguments.of(
                        good.replace(
                                "@join__field(graph: PRODUCTS_1, requires",
                                "@join__field(graph: NOPE, requires"),
                        invalid,
                        "must name a value of the enum join__Graph"),
                Arguments.of(good.replace("color: Color }", "color: Nope }"), invalid, "Nope"),
                Arguments.of(
                        good.replace("type: \"Float!\"", "type: \"Float!!\""),
                        invalid,
                        "is not a type"),
                Arguments.of(
                        good.replace("email organization { id }", "email organization {"),
                        invalid,
                        "is not a field set"),
                Arguments.of(
                        good.replace("email organization { id }", "email organization"),
                        invalid,
                        "nothing is selected"),
                Arguments.of(
                        good.replace("email organization { id }", "email { id }"),
                        invalid,
                        "String has no field id"),
                Arguments.of(
                        good.replace("requires: \"name\"", "requires: \"nope\""),
                        invalid,
                        "User has no field nope"),
                Arguments.of(
                        good.replace("provides: \"name\"", "provides: \"nope\""),
                        invalid,
                        "User has no field nope"),
                Arguments.of(
                        good.replace("query: Query", "subscription: Query"),
                        invalid,
                        "no query type"),
                Arguments.of(
                        good.replace("type Product", "extend type Product"),
                        invalid,
                        "cannot extend"));
    }

    @Test
    void collectsAllThatIsWrong() {
        String text =
                text("join-0.3")
                        .replace("color: Color }", "color: Nope }")
                        .replace("type: \"Float!\"", "type: \"!\"")
                        .replace("requires: \"name\"", "requires: \"nope\"");

        assertThat(issues(text)).hasSize(3);
    }

    private static Composite type(String name) {
        return (Composite) Objects.requireNonNull(V3.types().get(name));
    }

    private static SupergraphType.Field field(String type, String field) {
        return field(V3, type, field);
    }

    private static SupergraphType.Field field(Supergraph supergraph, String type, String field) {
        Composite composite = (Composite) Objects.requireNonNull(supergraph.types().get(type));
        return Objects.requireNonNull(composite.fields().get(field));
    }

    private static List<JoinField> joins(String type, String field) {
        return field(type, field).joins();
    }

    private static List<JoinField> joins(Supergraph supergraph, String type, String field) {
        return field(supergraph, type, field).joins();
    }

    private static List<String> directives(String type, String field) {
        return field(type, field).directives().stream().map(Directive::name).toList();
    }

    private static JoinField plain(int subgraph) {
        return new JoinField(subgraph, null, null, null, false, null, null, List.of());
    }

    private static JoinField external(int subgraph) {
        return new JoinField(subgraph, null, null, null, true, null, null, List.of());
    }

    private static String withoutLocations(Supergraph supergraph) {
        return supergraph.toString().replaceAll("SourceLocation\\[[^\\]]*\\]", "");
    }
}
