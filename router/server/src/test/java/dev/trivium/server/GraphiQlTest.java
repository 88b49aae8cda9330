package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GraphiQlTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

    @Test
    void thePageLoadsNothingFromElsewhere() {
        try (var subgraph = ScriptedSubgraph.answering("{}");
                var router = TestRouter.start(subgraph, subgraph)) {
            var page = router.send(get("/graphql?x=%3Cscript%3E", "text/html,*/*;q=0.8"));
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.headers())
                    .contains("content-type: text/html; charset=utf-8")
                    .anyMatch(header ->
                            header.startsWith("content-security-policy: default-src 'none'"));
            assertThat(page.body())
                    .doesNotContain("http:", "https:", "x=")
                    .contains("graphiql.min.js");

            var references = REFERENCE.matcher(page.body()).results().map(m -> m.group(1)).toList();
            assertThat(references).hasSize(7);
            for (var reference : references) {
                if (!reference.equals("data:,")) {
                    var asset = router.send(get(reference, "*/*"));
                    assertThat(asset.status()).as(reference).isEqualTo(200);
                    assertThat(asset.body()).as(reference).isNotBlank();
                    assertThat(asset.headers()).contains("cache-control: public, max-age=86400");
                }
            }
        }
    }

    @Test
    void canBeTurnedOff() {
        try (var router = TestRouter.start("graphiql: {enabled: false}")) {
            assertThat(router.send(get("/graphql", "text/html")).status()).isEqualTo(406);
            assertThat(router.send(get("/graphiql/start.js", "*/*")).status()).isEqualTo(404);
        }
    }

    @Test
    void healthAnswersUnderAllItsNames() {
        try (var router = TestRouter.start("");
                var silent = TestRouter.start("health_check: {enabled: false}")) {
            for (var path :
                    new String[] {"/health", "/health/live", "/health/ready", "/readiness"}) {
                var response = router.send(get(path, "*/*"));
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.body()).isEqualTo("{\"status\":\"UP\"}");
                assertThat(silent.send(get(path, "*/*")).status()).isEqualTo(404);
            }
        }
    }

    private static String get(String path, String accept) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\nAccept: " + accept + "\r\n\r\n";
    }
}
