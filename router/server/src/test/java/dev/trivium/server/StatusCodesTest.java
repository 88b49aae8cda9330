package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which HTTP status an answer has, for each type and configuration.
class StatusCodesTest {
    private static ScriptedSubgraph subgraph;
    private static TestRouter classic;
    private static TestRouter draft;

    @BeforeAll
    static void start() {
        subgraph =
                ScriptedSubgraph.start(exchange ->
                        exchange.answer(
                                exchange.body().contains("items{")
                                        ? "{\"data\":{\"items\":[]}}"
                                        : "{\"data\":null,\"errors\":[{\"message\":\"no\"}]}"));
        var addresses = TestRouter.addresses(subgraph, subgraph);
        classic = TestRouter.start(addresses);
        draft = TestRouter.start(addresses + "http: {status_codes: draft}");
    }

    @AfterAll
    static void stop() {
        classic.close();
        draft.close();
        subgraph.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # document                                      | json | classic | draft
                    {items{id}}                                     | 200  | 200     | 200
                    {item(id:1){id}}                                | 200  | 200     | 294
                    {item(                                          | 200  | 400     | 400
                    {unknown}                                       | 200  | 400     | 422
                    query A{items{id}} query B{items{id}}           | 200  | 400     | 422
                    query($id:ID!){item(id:$id){id}}                | 200  | 400     | 422
                    subscription{unknown}                           | 200  | 400     | 422
                    """)
    void status(String document, int json, int ofClassic, int ofDraft) {
        assertThat(status(classic, "application/json", document)).isEqualTo(json);
        assertThat(status(draft, "application/json", document)).isEqualTo(json);
        var type = "application/graphql-response+json";
        assertThat(status(classic, type, document)).isEqualTo(ofClassic);
        assertThat(status(draft, type, document)).isEqualTo(ofDraft);
    }

    private static int status(TestRouter router, String accepted, String document) {
        var headers = TestRouter.JSON + "Accept: " + accepted + "\r\n";
        return router.post(headers, "{\"query\":\"" + document + "\"}").status();
    }
}
