package dev.trivium.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.AutomaticPersistedQueries.SharedCache;
import dev.trivium.server.configuration.PersistedQueries.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PersistedQueriesReaderTest {

    @Test
    void readsEveryKey() {
        var configuration =
                accepted(
                        """
                        persisted_queries:
                          mode: require_id
                          manifests: [a.json, /operations]
                          poll_interval: 5s
                          cache_control: public, max-age=5
                          learn: learned.json
                        apq:
                          enabled: false
                          max_bytes: 1000
                          redis:
                            url: redis://127.0.0.1:6379
                            timeout: 50ms
                            ttl: 1h
                            namespace: 'x:'
                        """);

        assertThat(configuration.persistedQueries())
                .isEqualTo(
                        new PersistedQueries(
                                Mode.REQUIRE_ID,
                                List.of(Path.of("/etc/a.json"), Path.of("/operations")),
                                Duration.ofSeconds(5),
                                "public, max-age=5",
                                Path.of("/etc/learned.json")));
        assertThat(configuration.apq())
                .isEqualTo(
                        new AutomaticPersistedQueries(
                                false,
                                1000,
                                new SharedCache(
                                        "redis://127.0.0.1:6379",
                                        Duration.ofMillis(50),
                                        Duration.ofHours(1),
                                        "x:")));
    }

    @Test
    void clientsMayRegisterDocumentsAndSendAnyByDefault() {
        assertThat(accepted("").persistedQueries().mode()).isEqualTo(Mode.OFF);
        assertThat(accepted("").apq().enabled()).isTrue();
        assertThat(accepted("").apq().redis()).isNull();
    }

    @Test
    void anUnknownModeIsRejected() {
        var outcome =
                ConfigurationReader.read(
                        "persisted_queries: {mode: strict}", "router.yaml", Map.of());
        assertThat(outcome.toString()).contains("must be off, log_unknown, enforce or require_id");
    }

    private static Configuration accepted(String text) {
        var outcome = ConfigurationReader.read(text, "/etc/router.yaml", Map.of());
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return ((Outcome.Accepted<Configuration>) outcome).value();
    }
}
