package dev.trivium.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.FakeSubgraphs.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// What values become in the response (GraphQL specification, section 6.4.3).
class CompletionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Operation, `data` of the subgraph, `data` of the response, paths of the errors.
    private static final String CASES =
            """
            { count } | {"count": 3} | {"count": 3} |
            { count } | {"count": -2147483648} | {"count": -2147483648} |
            { count } | {"count": 2147483648} | {"count": null} | count
            { count } | {"count": 9223372036854775808} | {"count": null} | count
            { count } | {"count": 3.0} | {"count": null} | count
            { count } | {"count": "3"} | {"count": null} | count
            { count } | {"count": true} | {"count": null} | count
            { count } | {"count": [3]} | {"count": null} | count
            { count } | {"count": {"a": 3}} | {"count": null} | count
            { ratio } | {"ratio": 3} | {"ratio": 3} |
            { ratio } | {"ratio": -3.25e-7} | {"ratio": -3.25e-7} |
            { ratio } | {"ratio": 123456789012345678901234567890} | {"ratio": 123456789012345678901234567890} |
            { ratio } | {"ratio": 1.7976931348623157e308} | {"ratio": 1.7976931348623157e308} |
            { ratio } | {"ratio": 1e309} | {"ratio": null} | ratio
            { ratio } | {"ratio": -1E+400} | {"ratio": null} | ratio
            { ratio } | {"ratio": 1e-400} | {"ratio": 1e-400} |
            { ratio } | {"ratio": %s} | {"ratio": null} | ratio
            { ratio } | {"ratio": 0.%s} | {"ratio": 0.%s} |
            { json } | {"json": 1e309} | {"json": 1e309} |
            { ratio } | {"ratio": "3"} | {"ratio": null} | ratio
            { ratio } | {"ratio": false} | {"ratio": null} | ratio
            { ratio } | {"ratio": [1.5]} | {"ratio": null} | ratio
            { flag } | {"flag": "true"} | {"flag": null} | flag
            { flag } | {"flag": {}} | {"flag": null} | flag
            { name } | {"name": false} | {"name": null} | name
            { name } | {"name": ["a"]} | {"name": null} | name
            { name } | {"name": {"a": "b"}} | {"name": null} | name
            { id } | {"id": 123456789012345678901234567890} | {"id": "123456789012345678901234567890"} |
            { id } | {"id": [1]} | {"id": null} | id
            { role } | {"role": "reader"} | {"role": null} | role
            { role } | {"role": null} | {"role": null} |
            { role } | {"role": ["READER"]} | {"role": null} | role
            { json } | {"json": true} | {"json": true} |
            { json } | {"json": "x"} | {"json": "x"} |
            { flag } | {"flag": false} | {"flag": false} |
            { flag } | {"flag": 0} | {"flag": null} | flag
            { name } | {"name": "a\\"\\\\ \\u00e9 é 🌍"} | {"name": "a\\"\\\\ é é 🌍"} |
            { name } | {"name": 3} | {"name": null} | name
            { id } | {"id": 3} | {"id": "3"} |
            { id } | {"id": "x"} | {"id": "x"} |
            { id } | {"id": 3.5} | {"id": null} | id
            { id } | {"id": true} | {"id": null} | id
            { role } | {"role": "READER"} | {"role": "READER"} |
            { role } | {"role": "ROOT"} | {"role": null} | role
            { role } | {"role": "NOBODY"} | {"role": null} | role
            { role } | {"role": 1} | {"role": null} | role
            { json } | {"json": {"a": [1, 2.50, {"b": null}]}} | {"json": {"a": [1, 2.50, {"b": null}]}} |
            { json } | {"json": 18446744073709551616} | {"json": 18446744073709551616} |
            { json } | {"json": null} | {"json": null} |
            { tags } | {"tags": ["a", "b"]} | {"tags": ["a", "b"]} |
            { tags } | {"tags": [ ]} | {"tags": []} |
            { tags } | {"tags": ["a", null]} | {"tags": null} | tags.1
            { tags } | {"tags": ["a", 3]} | {"tags": null} | tags.1
            { tags } | {"tags": "a"} | {"tags": null} | tags
            { looseTags } | {"looseTags": ["a", null, 3, "b"]} | {"looseTags": ["a", null, null, "b"]} | looseTags.2
            { matrix } | {"matrix": [[1, 2], null, [], [3, null], [4]]} | {"matrix": [[1, 2], null, [], null, [4]]} | matrix.3.1
            { matrix } | {"matrix": [1]} | {"matrix": [null]} | matrix.0
            { required } | {"required": "x"} | {"required": "x"} |
            { count required } | {"count": 1, "required": null} | null | required
            { count required } | {"count": 1} | null | required
            { count required } | {"count": 1, "required": 5} | null | required
            { me { email } } | {"me": {"email": null}} | {"me": null} | me.email
            { me { id email name } } | {"me": {"id": 1, "email": "e", "name": null}} | {"me": {"id": "1", "email": "e", "name": null}} |
            { users { email } } | {"users": [{"email": "e"}, {"email": null}]} | {"users": null} | users.1.email
            { users { name } } | {"users": [{"name": "n"}, null]} | {"users": null} | users.1
            { users { name } } | {"users": {"name": "n"}} | {"users": null} | users
            { me { name } } | {"me": [{"name": "n"}]} | {"me": null} | me
            { me { name } } | {"me": "n"} | {"me": null} | me
            { me { bestFriends { email } } } | {"me": {"bestFriends": [{"email": "e"}, {"email": null}, null, {}]}} | {"me": {"bestFriends": [{"email": "e"}, null, null, null]}} | me.bestFriends.1.email, me.bestFriends.3.email
            { strictUsers { name } } | {"strictUsers": []} | {"strictUsers": []} |
            { strictUsers { email } } | {"strictUsers": [{}]} | null | strictUsers.0.email
            { me { strictEvent { venue { name } } } } | {"me": {"strictEvent": {"venue": {"name": null}}}} | {"me": null} | me.strictEvent.venue.name
            { search { __typename ... on User { name } ... on Event { title } } } | {"search": [{"__typename": "Event", "title": "t"}, {"__typename": "User", "name": "n"}]} | {"search": [{"__typename": "Event", "title": "t"}, {"__typename": "User", "name": "n"}]} |
            { search { ... on User { name } } } | {"search": [{"__typename": "Event"}, {"__typename": "Dog"}, {}, {"__typename": 3}]} | {"search": [{}, null, null, null]} | search.1, search.2, search.3
            { node { __typename id } } | {"node": {"__typename": "Secret", "id": 1}} | {"node": null} | node
            { node { id ... on Admin { level } ... on User { name } } } | {"node": {"__typename": "Admin", "id": 1, "level": 2, "name": "no"}} | {"node": {"id": "1", "level": 2}} |
            { me { __typename } } | {"me": {"__typename": "Admin"}} | {"me": null} | me
            { me { __typename } } | {"me": {}} | {"me": {"__typename": "User"}} |
            { __typename q: __typename } | {"__typename": "Query"} | {"__typename": "Query", "q": "Query"} |
            { __proto__: name class: count } | {"__proto__": "x", "class": 1} | {"__proto__": "x", "class": 1} |
            { name } | {"name": "first", "name": "last", "more": {"name": [1]}} | {"name": "last"} |
            { me { a: name } me { b: name } ... { me { a: name c: id } } } | {"me": {"c": 1, "b": "B", "a": "A"}} | {"me": {"a": "A", "b": "B", "c": "1"}} |
            { me { id friend { name } ... on User { friend { id } name } } } | {"me": {"id": 1, "friend": {"id": 2, "name": "f"}, "name": "n"}} | {"me": {"id": "1", "friend": {"name": "f", "id": "2"}, "name": "n"}} |
            """
                    .formatted("1".repeat(310), "1".repeat(400), "1".repeat(400));

    record Case(String operation, String answer, String data, List<String> errorPaths) {}

    static Stream<Case> cases() {
        return CASES.lines()
                .map(line -> {
                    String[] parts = line.split("\\|", -1);
                    String paths = parts[3].strip();
                    return new Case(
                            parts[0].strip(),
                            parts[1].strip(),
                            parts[2].strip(),
                            paths.isEmpty() ? List.of() : List.of(paths.split(", ", -1)));
                });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void completes(Case test) {
        String text =
                OneFetch.respond(
                        test.operation, new Reply.Answer("{\"data\":" + test.answer + '}'));
        JsonNode response = JSON.readTree(text);
        assertThat(response.get("data").toString()).isEqualTo(JSON.readTree(test.data).toString());
        List<String> paths = new ArrayList<>();
        for (JsonNode error : response.path("errors")) {
            List<String> path = new ArrayList<>();
            error.get("path").forEach(segment -> path.add(segment.asString()));
            paths.add(String.join(".", path));
            assertThat(error.at("/extensions/code").asString()).isEqualTo("RESPONSE_VALIDATION");
        }
        assertThat(paths).isEqualTo(test.errorPaths);
    }
}
