package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthTest {

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
