package dev.trivium.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.FakeSubgraphs.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Coercion of variables (GraphQL specification, section 6.1.2) and what is sent on.
class VariablesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Type (with default) of `$v`, variables, and the fields of the errors.
    private static final String CASES =
            """
            Int | {"v": 1} |
            Int | {"v": null} |
            Int | {} |
            Int | null |
            Int | |
            Int | {"v": 2147483647, "extra": {"a": [1]}} |
            Int | {"v": 2147483648} | v
            Int | {"v": -2147483649} | v
            Int | {"v": 1000000000000} | v
            Int | {"v": 1.0} | v
            Int | {"v": "1"} | v
            Int | {"v": true} | v
            Int! | {} | v
            Int! | {"v": null} | v
            Int! = 3 | {} |
            Int! = 3 | {"v": null} | v
            Float | {"v": 1} |
            Float | {"v": 1.5e3} |
            Float | {"v": 1e400} | v
            Float | {"v": "1"} | v
            String | {"v": "é \\u0041 {"} |
            String | {"v": 1} | v
            String | {"v": ["a"]} | v
            Boolean | {"v": false} |
            Boolean | {"v": 0} | v
            Boolean | {"v": "true"} | v
            ID | {"v": "a"} |
            ID | {"v": 12345678901234567890} |
            ID | {"v": 1.5} | v
            ID | {"v": true} | v
            Role | {"v": "READER"} |
            Role | {"v": "ROOT"} | v
            Role | {"v": "reader"} | v
            Role | {"v": 1} | v
            JSON | {"v": {"$gt": ""}} |
            JSON! | {"v": null} | v
            [Int] | {"v": [1, null, 2]} |
            [Int] | {"v": 1} |
            [Int] | {"v": "1"} | v
            [Int!] | {"v": [1, null]} | v.1
            [Int!] | {"v": null} |
            [Int!]! | {"v": null} | v
            [[Int]] | {"v": [[1], 2, null]} |
            [[Int]] | {"v": [["a"]]} | v.0.0
            [ID!] | {"v": {"$gt": ""}} | v
            String | {"v": {"$gt": ""}} | v
            Filter | {"v": {"must": true}} |
            Filter | {"v": {}} | v.must
            Filter | {"v": {"must": null}} | v.must
            Filter | {"v": {"must": true, "limit": null, "nested": null}} |
            Filter | {"v": {"must": true, "unknown": 1}} | v.unknown
            Filter | {"v": {"must": true, "secret": "s"}} | v.secret
            Filter | {"v": {"must": true, "must": false}} | v.must
            Filter | {"v": {"m\\u0075st": true}} |
            Filter | {"v": {"must": true, "nested": {"nested": {"must": 1}}}} | v.nested.nested.must, v.nested.must
            Filter | {"v": {"must": true, "ids": ["a", 1, null]}} | v.ids.2
            Filter | {"v": {"must": true, "ids": "a"}} |
            Filter | {"v": []} | v
            Filter | {"v": "x"} | v
            [Filter!]! | {"v": [{"must": true}, {"must": true, "role": "ROOT"}]} | v.1.role
            Choice | {"v": {"id": 1}} |
            Choice | {"v": {}} | v
            Choice | {"v": {"id": 1, "name": "n"}} | v
            Choice | {"v": {"id": null}} | v
            Choice | {"v": {"id": 1, "name": null}} | v
            Int | {"v": 1, "v": 2} | v
            Int | [] | variables
            Int | 7 | variables
            Int | {"v": 1} x | variables
            Int | {"v": 1 | variables
            Int | {"v": 01} | variables
            """;

    record Case(String type, String variables, List<String> fields) {}

    static Stream<Case> cases() {
        return CASES.lines()
                .map(line -> {
                    String[] parts = line.split("\\|", -1);
                    String fields = parts[2].strip();
                    return new Case(
                            parts[0].strip(),
                            parts[1].strip(),
                            fields.isEmpty() ? List.of() : List.of(fields.split(", ", -1)));
                });
    }

    /// The variable is not used: it is checked all the same.
    @ParameterizedTest
    @MethodSource("cases")
    void coerces(Case test) {
        Program program =
                OneFetch.program(OneFetch.SOCIAL, "query($v: " + test.type + ") { count }");
        JsonNode response =
                JSON.readTree(
                        OneFetch.respond(
                                program,
                                test.variables,
                                new Reply.Answer("{\"data\":{\"count\":1}}")));
        List<String> fields = new ArrayList<>();
        for (JsonNode error : response.path("errors")) {
            fields.add(error.at("/extensions/field").asString());
            assertThat(error.at("/extensions/code").asString()).isEqualTo("BAD_USER_INPUT");
            assertThat(error.get("message").asString()).isNotEmpty();
        }
        assertThat(fields).isEqualTo(test.fields);
        assertThat(response.has("data")).isEqualTo(test.fields.isEmpty());
    }

    @Test
    void aRefusedRequestReachesNoSubgraph() {
        Program program = OneFetch.program(OneFetch.SOCIAL, "query($v: Int!) { count }");
        FakeSubgraphs fake =
                new FakeSubgraphs(_ -> {
                    throw new AssertionError();
                });
        CollectingSink sink = new CollectingSink();
        Execution.start(program, RequestInput.NONE, fake, (_, _, _) -> () -> {}, sink);
        assertThat(fake.requests).isEmpty();
        assertThat(sink.only().result()).isEqualTo(ClientSink.Result.REFUSED);
        assertThat(sink.text())
                .isEqualTo(
                        "{\"errors\":[{\"message\":\"Variable \\\"$v\\\" is required.\","
                                + "\"extensions\":{\"code\":\"BAD_USER_INPUT\",\"field\":\"v\"}}]}");
    }

    @Test
    void aConditionNeedsAValue() {
        Program program =
                OneFetch.program(
                        OneFetch.SOCIAL, "query($v: Boolean = true) { count id @include(if: $v) }");
        assertThat(OneFetch.respond(program, "{\"v\":null}", new Reply.Answer("{}")))
                .contains("BAD_USER_INPUT");
        assertThat(
                        OneFetch.respond(
                                program,
                                "{}",
                                new Reply.Answer("{\"data\":{\"count\":1,\"id\":2}}")))
                .isEqualTo("{\"data\":{\"count\":1,\"id\":\"2\"}}");
    }

    @Test
    void eachFetchGetsItsVariablesAsTheyWereWritten() {
        String operation =
                "query($a: Filter, $b: [Int] = [1, 2], $c: Filter = {text: \"x\\n\", role: READER,"
                        + " must: true}, $d: Float = 1.50, $e: ID) { count }";
        Program program = OneFetch.program(OneFetch.SOCIAL, operation);
        List<String> bodies = new ArrayList<>();
        for (String variables :
                List.of("{ \"e\" : 7.5 }", "{\"e\": 7,\"a\": {\"must\" :true} ,\"d\":null}")) {
            FakeSubgraphs fake =
                    new FakeSubgraphs(_ -> new Reply.Answer("{\"data\":{\"count\":1}}"));
            Execution.start(
                    program,
                    RequestInput.of(variables.getBytes(UTF_8)),
                    fake,
                    (_, _, _) -> () -> {},
                    new CollectingSink());
            fake.requests.forEach(request -> bodies.add(new String(request.body(), UTF_8)));
        }
        assertThat(bodies).hasSize(1);
        assertThat(bodies.getFirst())
                .isEqualTo(
                        "{\"query\":"
                                + JsonText.quote(operation)
                                + ",\"variables\":{\"a\":{\"must\" :true},\"b\":[1,2],\"c\":{"
                                + "\"text\":\"x\\n\",\"role\":\"READER\",\"must\":true},"
                                + "\"d\":null,\"e\":7}}");
    }

    @Test
    void variablesMayStandAnywhereInTheRequest() {
        byte[] request = "{\"variables\": {\"v\": 5} , \"query\":\"\"}".getBytes(UTF_8);
        Program program = OneFetch.program(OneFetch.SOCIAL, "query($v: Int!) { count }");
        FakeSubgraphs fake = new FakeSubgraphs(_ -> new Reply.Answer("{}"));
        Execution.start(
                program,
                new RequestInput(request, 14, 8),
                fake,
                (_, _, _) -> () -> {},
                new CollectingSink());
        assertThat(new String(fake.requests.getFirst().body(), UTF_8))
                .endsWith("\"variables\":{\"v\":5}}");
    }
}
