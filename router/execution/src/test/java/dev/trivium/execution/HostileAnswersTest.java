package dev.trivium.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.FakeSubgraphs.Reply;
import dev.trivium.execution.SubgraphClient.Failure;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Subgraphs that answer what they should not.
class HostileAnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPERATION = "{ me { name } count }";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<html></html>",
                "[]",
                "null",
                "7",
                "{}",
                "{\"data\":null}",
                "{\"data\":null,\"errors\":null}",
                "{\"data\":null,\"errors\":[]}",
                "{\"data\":7}",
                "{\"data\":[]}",
                "{\"errors\":{}}",
                "{\"errors\":\"down\"}",
                "{\"data\":{\"count\":1}} x",
                "{\"data\":{\"count\":1}}}",
                "{\"data\":{\"count\":1},}",
                "{\"data\":{\"count\":NaN}}",
                "{\"data\":{\"count\":01}}",
                "{\"data\":{\"count\":1e}}",
                "{\"data\":{\"count\":+1}}",
                "{\"data\":{\"count\":1",
                "{\"data\":{\"me\":{\"name\":\"a",
                "{\"data\":{\"me\":{\"name\":\"a\n\"}}}",
                "{\"data\":{\"me\":{\"name\":\"\\x\"}}}",
                "{\"data\":{\"me\":{\"name\":\"\\u12g4\"}}}",
                "{\"data\":{\"me\":{\"name\":'a'}}}",
                "{\"data\":{other:1}}",
                "{\"data\":{\"other\":tru}}",
                "{data:null}",
            })
    void whatIsNoResponseIsOneErrorForEachField(String body) {
        JsonNode response = JSON.readTree(OneFetch.respond(OPERATION, new Reply.Answer(body)));
        assertThat(response.get("data").toString()).isEqualTo("{\"me\":null,\"count\":null}");
        assertThat(response.get("errors")).hasSize(2);
        assertThat(response.at("/errors/0/extensions/code").asString()).isEqualTo("MALFORMED");
        assertThat(response.at("/errors/0/path").toString()).isEqualTo("[\"me\"]");
        assertThat(response.at("/errors/1/path").toString()).isEqualTo("[\"count\"]");
    }

    @Test
    void wrongUtf8IsNoResponse() {
        for (int[] wrong :
                new int[][] {
                    {0xFF}, {0xC0, 0x80}, {0xED, 0xA0, 0x80}, {0xF5, 0x80, 0x80, 0x80}, {0xE2, 0x82}
                }) {
            byte[] body = "{\"data\":{\"me\":{\"name\":\"12345\"}}}".getBytes(UTF_8);
            for (int i = 0; i < wrong.length; i++) {
                body[23 + i] = (byte) wrong[i];
            }
            assertThat(OneFetch.respond(OPERATION, new Reply.Answer(200, body)))
                    .contains("MALFORMED");
        }
    }

    @Test
    void nestingWithoutEndIsNoResponse() {
        String lists = "[".repeat(10_000) + "]".repeat(10_000);
        String objects = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
        for (String value : new String[] {lists, objects}) {
            for (String body :
                    new String[] {
                        "{\"data\":{\"json\":" + value + "}}",
                        "{\"data\":{\"other\":" + value + "}}",
                        "{\"errors\":" + value + "}"
                    }) {
                assertThat(OneFetch.respond("{ json }", new Reply.Answer(body)))
                        .contains("MALFORMED");
            }
        }
        String lists2 = "{\"data\":{\"users\":" + lists + "}}";
        assertThat(OneFetch.respond("{ users { id } }", new Reply.Answer(lists2)))
                .contains("MALFORMED");
    }

    @Test
    void aNumberWithoutEndIsNoResponse() {
        String body = "{\"data\":{\"json\":" + "1".repeat(1_000_000) + "}}";
        assertThat(OneFetch.respond("{ json }", new Reply.Answer(body))).contains("MALFORMED");
    }

    @Test
    void anAnswerThatDoesNotFitIsNoResponse() {
        byte[] body = new byte[Cell.MAX_BUFFER_LENGTH + 1];
        assertThat(OneFetch.respond(OPERATION, new Reply.Answer(200, body))).contains("MALFORMED");
    }

    static Stream<Arguments> httpErrors() {
        return Stream.of(
                Arguments.of(500, "", "UNAVAILABLE"),
                Arguments.of(503, "<html>", "UNAVAILABLE"),
                Arguments.of(302, "", "UNAVAILABLE"),
                Arguments.of(401, "{\"status\":401,\"error\":\"x\"}", "UNAVAILABLE"),
                Arguments.of(204, "", "MALFORMED"));
    }

    @ParameterizedTest
    @MethodSource("httpErrors")
    void anHttpErrorWithoutAResponseSaysSo(int status, String body, String code) {
        String response =
                OneFetch.respond("{ count }", new Reply.Answer(status, body.getBytes(UTF_8)));
        assertThat(JSON.readTree(response).at("/errors/0/extensions/code").asString())
                .isEqualTo(code);
    }

    @Test
    void anHttpErrorWithAResponseCounts() {
        String body = "{\"errors\":[{\"message\":\"no\",\"extensions\":{\"code\":\"FORBIDDEN\"}}]}";
        String response =
                OneFetch.respond("{ count }", new Reply.Answer(403, body.getBytes(UTF_8)));
        assertThat(response)
                .isEqualTo(
                        "{\"data\":{\"count\":null},\"errors\":[{\"message\":\"no\","
                                + "\"path\":[\"count\"],"
                                + "\"extensions\":{\"code\":\"FORBIDDEN\",\"service\":\"one\"}}]}");
    }

    @ParameterizedTest
    @EnumSource(Failure.Kind.class)
    void aTransportFailureTakesNonNullFieldsAlong(Failure.Kind kind) {
        Reply reply = new Reply.NoAnswer(new Failure(kind, "It failed."));
        String error =
                "{\"message\":\"It failed.\",\"path\":[\"%s\"],\"extensions\":{\"code\":\""
                        + kind
                        + "\",\"service\":\"one\"}}";
        assertThat(OneFetch.respond("{ count }", reply))
                .isEqualTo(
                        "{\"data\":{\"count\":null},\"errors\":["
                                + error.formatted("count")
                                + "]}");
        assertThat(OneFetch.respond("{ count required }", reply))
                .isEqualTo(
                        "{\"data\":null,\"errors\":["
                                + error.formatted("count")
                                + ","
                                + error.formatted("required")
                                + "]}");
    }

    @Test
    void aMillionErrorsBecomeAHundred() {
        String error = "{\"message\":\"x\"},";
        String body = "{\"data\":{\"count\":1},\"errors\":[" + error.repeat(300_000) + "{}]}";
        JsonNode response = JSON.readTree(OneFetch.respond("{ count }", new Reply.Answer(body)));
        assertThat(response.get("errors")).hasSize(100);
        assertThat(response.get("data").toString()).isEqualTo("{\"count\":1}");
    }

    @Test
    void errorsAreSanitized() {
        String body =
                """
                {"errors": [
                  {"message": "%s", "path": ["me", -1], "locations": "here", "extensions": []},
                  {"message": 3, "path": [{"a": 1}], "extensions": {"code": 7, "service": "forged", "exception": {"stacktrace": ["at x"]}, "field": "%s"}},
                  {"path": "me", "extensions": {"code": "A", "code": "B"}},
                  "not an object",
                  {"message": "m", "path": ["me", "name", 4, "x"], "more": [1]}
                ], "data": {"me": {"name": null}, "count": 1}, "extensions": {"secret": 1}}
                """
                        .formatted("a".repeat(5000), "b".repeat(5000));
        JsonNode response = JSON.readTree(OneFetch.respond(OPERATION, new Reply.Answer(body)));
        assertThat(response.at("/errors/0/message").asString()).hasSize(2001).endsWith("…");
        assertThat(response.at("/errors/0").has("locations")).isFalse();
        assertThat(response.at("/errors/0").has("path")).isFalse();
        assertThat(response.at("/errors/1").toString())
                .isEqualTo(
                        "{\"message\":\"The service reported an error.\",\"extensions\":"
                                + "{\"code\":\"DOWNSTREAM_SERVICE_ERROR\",\"service\":\"one\"}}");
        assertThat(response.at("/errors/2/extensions/code").asString()).isEqualTo("B");
        assertThat(response.at("/errors/3/message").asString())
                .isEqualTo("The service reported an error.");
        assertThat(response.at("/errors/4/path").toString()).isEqualTo("[\"me\",\"name\"]");
        assertThat(response.has("extensions")).isFalse();
    }

    @Test
    void aPolicyDecidesWhatIsSeen() {
        String body =
                "{\"errors\":[{\"message\":\"secret\",\"extensions\":{\"code\":\"C\",\"a\":1}}]}";
        ErrorPolicy policy =
                new ErrorPolicy(
                        new ErrorPolicy.Rule(true, Set.of("code")),
                        Map.of("one", new ErrorPolicy.Rule(false, Set.of("a"))));
        Program program = OneFetch.program(OneFetch.SOCIAL, "{ count }", policy);
        assertThat(OneFetch.respond(program, "", new Reply.Answer(body)))
                .isEqualTo(
                        "{\"data\":{\"count\":null},\"errors\":[{\"message\":\"The service"
                                + " reported an error.\",\"path\":[\"count\"],\"extensions\":{"
                                + "\"a\":1,\"code\":\"DOWNSTREAM_SERVICE_ERROR\","
                                + "\"service\":\"one\"}}]}");
    }

    @Test
    void anErrorExplainsTheNullsItCauses() {
        String body =
                "{\"errors\":[{\"message\":\"x\",\"path\":[\"me\",\"strictEvent\",\"size\"]}],"
                        + "\"data\":{\"me\":{\"id\":1,\"strictEvent\":null}}}";
        assertThat(OneFetch.respond("{ me { id strictEvent { size } } }", new Reply.Answer(body)))
                .isEqualTo(
                        "{\"data\":{\"me\":null},\"errors\":[{\"message\":\"x\",\"path\":[\"me\","
                                + "\"strictEvent\",\"size\"],\"extensions\":{\"code\":"
                                + "\"DOWNSTREAM_SERVICE_ERROR\",\"service\":\"one\"}}]}");
    }

    /// One error for a position, also where the value is wrong that comes with it.
    @Test
    void anErrorStandsForAWrongValueAtTheSamePosition() {
        String body =
                "{\"errors\":[{\"message\":\"x\",\"path\":[\"me\",\"name\"]}],"
                        + "\"data\":{\"me\":{\"name\":7,\"friend\":\"no\"},\"count\":1}}";
        JsonNode response =
                JSON.readTree(
                        OneFetch.respond(
                                "{ me { name friend { id } } count }", new Reply.Answer(body)));
        assertThat(response.get("data").toString())
                .isEqualTo("{\"me\":{\"name\":null,\"friend\":null},\"count\":1}");
        assertThat(response.get("errors")).hasSize(2);
        assertThat(response.at("/errors/0/message").asString()).isEqualTo("x");
        assertThat(response.at("/errors/1/path").toString()).isEqualTo("[\"me\",\"friend\"]");
    }

    /// A few bytes of an answer may take many of the tree's: an object takes a cell for each field
    /// that was asked for.
    @Test
    void anAnswerThatTakesTooMuchMemoryEndsTheRequest() {
        StringBuilder operation = new StringBuilder("{ users {");
        for (int i = 0; i < 200; i++) {
            operation.append(" f").append(i).append(": name");
        }
        String body = "{\"data\":{\"users\":[" + "{},".repeat(400_000) + "{}]}}";
        JsonNode response =
                JSON.readTree(OneFetch.respond(operation + "} }", new Reply.Answer(body)));
        assertThat(response.get("data").isNull()).isTrue();
        assertThat(response.get("errors")).hasSize(1);
        assertThat(response.at("/errors/0/extensions/code").asString()).isEqualTo("TOO_LARGE");
    }
}
