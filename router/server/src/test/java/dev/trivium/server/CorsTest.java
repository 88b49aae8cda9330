package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The CORS protocol of the Fetch standard, by how it is configured. What holds for a list of
/// origins, {@link HostileHttpTest} shows.
class CorsTest {
    private static final String PREFLIGHT =
            """
            OPTIONS /graphql HTTP/1.1\r
            Host: x\r
            Origin: %s\r
            Access-Control-Request-Method: POST\r
            \r
            """;
    private static final String POST = "Content-Type: application/json\r\nOrigin: %s\r\n";
    private static final String GOOD = "{\"query\":\"{__typename}\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    https://a.app.example      | true
                    https://b.app.example      | true
                    https://other.example      | true
                    https://a.app.example.evil | false
                    https://evil/a.app.example | false
                    https://app.example        | false
                    null                       | false
                    """)
    void originsMatchAPatternAsAWhole(String origin, boolean allowed) {
        var cors =
                "cors: {origins: ['https://other.example'],"
                        + " match_origins: ['https://[a-z]+\\.app\\.example'],"
                        + " expose_headers: [x-a, x-b], max_age: 1h}\n";
        try (var subgraph = ScriptedSubgraph.answering("{}");
                var router = TestRouter.start(TestRouter.addresses(subgraph, subgraph) + cors)) {
            var preflight = router.send(PREFLIGHT.formatted(origin));
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.headers().contains("access-control-allow-origin: " + origin))
                    .isEqualTo(allowed);
            assertThat(preflight.headers().contains("access-control-max-age: 3600"))
                    .isEqualTo(allowed);

            var answer = router.post(POST.formatted(origin), GOOD);
            assertThat(answer.headers()).contains("vary: origin");
            assertThat(answer.headers().contains("access-control-allow-origin: " + origin))
                    .isEqualTo(allowed);
            assertThat(answer.headers().contains("access-control-expose-headers: x-a, x-b"))
                    .isEqualTo(allowed);
        }
    }

    @ParameterizedTest
    @CsvSource({"https://any.example", "null"})
    void everyOriginGetsTheSameAnswer(String origin) {
        try (var subgraph = ScriptedSubgraph.answering("{}");
                var router =
                        TestRouter.start(
                                TestRouter.addresses(subgraph, subgraph)
                                        + "cors: {allow_any_origin: true, expose_headers: []}\n")) {
            assertThat(router.send(PREFLIGHT.formatted(origin)).headers())
                    .contains(
                            "access-control-allow-origin: *",
                            "access-control-allow-methods: get, post");
            assertThat(router.post(POST.formatted(origin), GOOD).headers())
                    .contains("access-control-allow-origin: *")
                    .doesNotContain("vary: origin")
                    .noneMatch(header -> header.startsWith("access-control-expose"))
                    .noneMatch(header -> header.startsWith("access-control-allow-credentials"));
        }
    }
}
