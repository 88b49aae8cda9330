package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Where subgraphs call the router back.
class CallbackRouteTest {
    private static final String BODY = "{\"kind\":\"subscription\",\"action\":\"check\"}";

    @Test
    void isThereWhereItIsConfigured() {
        var mode = "{callback: {public_url: 'http://a/back', path: /back, subgraphs: [items]}}";
        try (var router = TestRouter.start("subscription: {mode: " + mode + "}")) {
            var unknown = router.send(request("/back/1"));
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.headers()).contains("subscription-protocol: callback");
            assertThat(router.send(request("/back")).body()).contains("NOT_FOUND");
        }
    }

    @Test
    void isNothingOtherwise() {
        try (var router = TestRouter.start("")) {
            assertThat(router.send(request("/callback/1")).body()).contains("NOT_FOUND");
        }
    }

    private static String request(String path) {
        return "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(path, BODY.length(), BODY);
    }
}
