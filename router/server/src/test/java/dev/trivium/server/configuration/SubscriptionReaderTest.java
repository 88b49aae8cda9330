package dev.trivium.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.SubscriptionConfiguration.HttpCallback;
import dev.trivium.server.configuration.SubscriptionConfiguration.Passthrough;
import dev.trivium.server.configuration.SubscriptionConfiguration.Protocol;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionReaderTest {
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    @Test
    void isOnWithoutConfiguration() {
        var subscription = accepted("");

        assertThat(subscription.enabled()).isTrue();
        assertThat(subscription.deduplication()).isTrue();
        assertThat(subscription.callback()).isNull();
        assertThat(subscription.of("any"))
                .isEqualTo(new Passthrough(null, Protocol.GRAPHQL_WS, HALF_A_MINUTE));
    }

    @Test
    void readsEveryKey() {
        var subscription =
                accepted(
                        """
                        subscription:
                          enabled: false
                          deduplication: false
                          max_opened_subscriptions: 9
                          max_per_client: 5
                          legacy_websocket: true
                          queue_capacity: 8
                          queue_bytes: 7
                          heartbeat_interval: 10s
                          ping_interval: 0s
                          mode:
                            passthrough:
                              all: {path: /ws}
                              subgraphs:
                                usual: {}
                                often: {heartbeat_interval: 1s}
                                stream: {path: /events, protocol: sse}
                                beating: {protocol: sse, heartbeat_interval: 15s}
                            callback:
                              public_url: https://router.internal/called
                              path: /called
                              heartbeat_interval: 0s
                              subgraphs: [back]
                        """);

        assertThat(subscription)
                .isEqualTo(
                        new SubscriptionConfiguration(
                                false,
                                false,
                                9,
                                5,
                                true,
                                8,
                                7,
                                Duration.ofSeconds(10),
                                Duration.ZERO,
                                new Passthrough("/ws", Protocol.GRAPHQL_WS, HALF_A_MINUTE),
                                Map.of(
                                        "usual",
                                        new Passthrough("/ws", Protocol.GRAPHQL_WS, HALF_A_MINUTE),
                                        "often",
                                        new Passthrough(
                                                "/ws", Protocol.GRAPHQL_WS, Duration.ofSeconds(1)),
                                        "stream",
                                        new Passthrough("/events", Protocol.SSE, Duration.ZERO),
                                        "beating",
                                        new Passthrough(
                                                "/ws", Protocol.SSE, Duration.ofSeconds(15))),
                                new HttpCallback(
                                        URI.create("https://router.internal/called"),
                                        "/called",
                                        Duration.ZERO,
                                        List.of("back"))));
        assertThat(subscription.callsBack("back")).isTrue();
        assertThat(subscription.callsBack("usual")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {mode: {passthrough: {all: {protocol: ws}}}}    | must be graphql_ws or sse
                    {mode: {passthrough: {all: {path: ws}}}}        | starts with a slash
                    {mode: {callback: {}}}                          | `public_url` is missing
                    {mode: {callback: {public_url: 'ftp://a'}}}     | http or https URL
                    {queue_capacity: 0}                             | between 1 and
                    """)
    void saysWhatIsWrong(String section, String message) {
        var outcome = ConfigurationReader.read("subscription: " + section, "f", Map.of());

        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        var issues = ((Outcome.Rejected<Configuration>) outcome).issues();
        assertThat(issues).singleElement().matches(it -> it.message().contains(message));
    }

    private static SubscriptionConfiguration accepted(String text) {
        var outcome = ConfigurationReader.read(text, "f", Map.of());
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return ((Outcome.Accepted<Configuration>) outcome).value().subscription();
    }
}
