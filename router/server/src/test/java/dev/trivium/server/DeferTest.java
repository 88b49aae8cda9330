package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Deferred parts as they go over the wire, in every format that a client may ask for.
class DeferTest {
    private static final String LATER =
            "{item(id: 1) {name ... @defer(label: \"later\") {inStock}}}";
    private static final String FIRST = "\"data\":{\"item\":{\"name\":\"pen\"}}";

    private String stockAnswer = "{\"data\":{\"_entities\":[{\"inStock\":5}]}}";
    private final ScriptedSubgraph items =
            ScriptedSubgraph.start(it ->
                    it.answer(
                            "{\"data\":{\"item\":{\"__typename\":\"Item\",\"id\":\"1\",\"name\":\"pen\"}}}"));
    private final ScriptedSubgraph stock = ScriptedSubgraph.start(it -> it.answer(stockAnswer));
    private final TestRouter router = TestRouter.start(items, stock);

    @AfterEach
    void stop() {
        router.close();
        items.close();
        stock.close();
    }

    private RawHttp.Response send(String accept, String query) {
        return router.post(
                "Accept: " + accept + "\r\n" + TestRouter.JSON,
                new JsonObject().put("query", query).encode());
    }

    /// The bodies of the parts of `multipart/mixed`.
    private static List<String> parts(RawHttp.Response response) {
        assertThat(response.status()).isEqualTo(200);
        var pieces = response.body().split("\r\n--graphql", -1);
        assertThat(pieces[0]).isEmpty();
        assertThat(pieces[pieces.length - 1]).isEqualTo("--\r\n");
        var bodies = new ArrayList<String>();
        for (int i = 1; i < pieces.length - 1; i++) {
            var head = "\r\ncontent-type: application/json; charset=utf-8\r\n\r\n";
            assertThat(pieces[i]).startsWith(head);
            bodies.add(pieces[i].substring(head.length()));
        }
        return bodies;
    }

    @Test
    void partsNamePathAndLabel() {
        var response = send("multipart/mixed;deferSpec=20220824, application/json", LATER);
        assertThat(response.headers())
                .contains(
                        "content-type: multipart/mixed;boundary=\"graphql\";deferspec=20220824",
                        "cache-control: no-store");
        assertThat(parts(response))
                .containsExactly(
                        "{" + FIRST + ",\"hasNext\":true}",
                        "{\"incremental\":[{\"data\":{\"inStock\":5},\"path\":[\"item\"],"
                                + "\"label\":\"later\"}],\"hasNext\":false}");
    }

    @Test
    void partsAreAnnouncedByNumbers() {
        var response = send("multipart/mixed;incrementalSpec=v0.2, application/json", LATER);
        assertThat(response.headers())
                .contains(
                        "content-type: multipart/mixed;boundary=\"graphql\";incrementalspec=v0.2");
        assertThat(parts(response))
                .containsExactly(
                        "{"
                                + FIRST
                                + ",\"pending\":[{\"id\":\"0\",\"path\":[\"item\"],\"label\":\"later\"}],"
                                + "\"hasNext\":true}",
                        "{\"incremental\":[{\"data\":{\"inStock\":5},\"id\":\"0\"}],"
                                + "\"completed\":[{\"id\":\"0\"}],\"hasNext\":false}");
    }

    @Test
    void aPartMayFail() {
        stockAnswer = "{\"data\":{\"_entities\":[null]},\"errors\":[{\"message\":\"closed\"}]}";
        var query = "{item(id: 1) {name ... @defer {inStock}}}";
        var error =
                "\"errors\":[{\"message\":\"closed\",\"path\":[\"item\"],"
                        + "\"extensions\":{\"code\":\"DOWNSTREAM_SERVICE_ERROR\",\"service\":\"stock\"}}]";
        assertThat(parts(send("multipart/mixed;deferSpec=20220824", query)).getLast())
                .isEqualTo(
                        "{\"incremental\":[{\"data\":{\"inStock\":null},"
                                + error
                                + ",\"path\":[\"item\"]}],\"hasNext\":false}");
    }

    @Test
    void theClientsPreferenceDecides() {
        var accept =
                "multipart/mixed;deferSpec=20220824;q=0.5, multipart/mixed;incrementalSpec=v0.2";
        assertThat(parts(send(accept, LATER)).getFirst()).contains("pending");
        assertThat(parts(send("multipart/mixed", LATER)).getLast()).contains("\"path\"");
    }

    @Test
    void whoeverAcceptsNoPartsGetsAllAtOnce() {
        assertThat(send("application/json", LATER).body())
                .isEqualTo("{\"data\":{\"item\":{\"name\":\"pen\",\"inStock\":5}}}");
    }

    @Test
    void whatDefersNothingIsOneAnswer() {
        var response =
                send(
                        "multipart/mixed;deferSpec=20220824, application/json",
                        "{item(id: 1) {name ... @defer(if: false) {inStock}}}");
        assertThat(response.headers()).contains("content-type: application/json; charset=utf-8");
        assertThat(response.body())
                .isEqualTo("{\"data\":{\"item\":{\"name\":\"pen\",\"inStock\":5}}}");
    }

    @Test
    void whoeverAcceptsPartsOnlyGetsOnePart() {
        assertThat(parts(send("multipart/mixed;deferSpec=20220824", "{item(id: 1) {name}}")))
                .containsExactly("{" + FIRST + "}");
    }

    @Test
    void partsGoOverAnEventStream() {
        var response = send("text/event-stream", LATER);
        assertThat(response.headers()).contains("content-type: text/event-stream; charset=utf-8");
        assertThat(response.body())
                .isEqualTo(
                        ":\n\nevent: next\ndata: {"
                                + FIRST
                                + ",\"hasNext\":true}\n\n"
                                + "event: next\ndata: {\"incremental\":[{\"data\":{\"inStock\":5},"
                                + "\"path\":[\"item\"],\"label\":\"later\"}],\"hasNext\":false}\n\n"
                                + "event: complete\ndata:\n\n");
    }

    @Test
    void lineBreaksOfASubgraphDoNotBreakTheEventStream() {
        stockAnswer = "{\"data\":{\"_entities\":[{\"inStock\":\n5\r\n}]}}";
        assertThat(send("text/event-stream", LATER).body()).contains("\"inStock\":5");
    }

    @Test
    void aRequestThatIsNoGoodIsOneAnswer() {
        var response = send("multipart/mixed;deferSpec=20220824", "{item(id: 1) {nothing}}");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).contains("errors").doesNotContain("--graphql");
    }

    @Test
    void oneProgramServesBothThatTakePartsAndThatDoNot() {
        assertThat(send("application/json", "{item(id: 1) {name}}").body()).contains(FIRST);
        assertThat(send("multipart/mixed, application/json", "{item(id: 1) {name}}").body())
                .contains(FIRST);
    }
}
