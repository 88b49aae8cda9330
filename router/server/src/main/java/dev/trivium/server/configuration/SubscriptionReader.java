package dev.trivium.server.configuration;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.SubscriptionConfiguration.HttpCallback;
import dev.trivium.server.configuration.SubscriptionConfiguration.Passthrough;
import dev.trivium.server.configuration.SubscriptionConfiguration.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `subscription`.
final class SubscriptionReader {
    private static final int MEBIBYTE = 1024 * 1024;

    /// As the multipart protocol wants it; below what proxies take for a dead connection.
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /// Below the idle time after which connections are closed.
    private static final Duration PING = Duration.ofSeconds(30);

    private SubscriptionReader() {}

    /// Where events come from.
    private record Mode(Connections connections, @Nullable HttpCallback callback) {}

    private record Connections(Passthrough all, Map<String, Passthrough> subgraphs) {}

    static SubscriptionConfiguration subscription(Section section) {
        var mode = section.section("mode", "How subgraphs send events.", SubscriptionReader::mode);
        return new SubscriptionConfiguration(
                section.flag("enabled", "Whether clients may subscribe.", true),
                section.flag(
                        "deduplication",
                        "Whether equal subscriptions of one identity share one at the subgraph.",
                        true),
                section.integer(
                        "max_opened_subscriptions",
                        "Of all clients at the same time.",
                        20_000,
                        1,
                        10_000_000),
                section.integer(
                        "max_per_client",
                        "Of one user, or of one connection where nobody says who it is.",
                        100,
                        1,
                        10_000_000),
                section.flag(
                        "legacy_websocket",
                        "Whether the old protocol of subscriptions-transport-ws is spoken, too.",
                        false),
                section.integer(
                        "queue_capacity",
                        "Events that wait for one client; with more, its subscription ends.",
                        64,
                        1,
                        1_000_000),
                section.integer(
                        "queue_bytes",
                        "What these events may weigh, unless there is but one.",
                        MEBIBYTE,
                        1,
                        1024 * MEBIBYTE),
                section.duration(
                        "heartbeat_interval",
                        "How often clients of streams over HTTP see that they are there. 0s: never.",
                        HEARTBEAT),
                section.duration(
                        "ping_interval",
                        "How often a client is asked over its WebSocket whether it is there."
                                + " 0s: never.",
                        PING),
                mode.connections().all(),
                mode.connections().subgraphs(),
                mode.callback());
    }

    private static Mode mode(Section section) {
        return new Mode(
                section.section(
                        "passthrough",
                        "Over connections that the router opens.",
                        SubscriptionReader::connections),
                section.optionalSection(
                        "callback", "By requests of the subgraphs.", SubscriptionReader::callback));
    }

    private static Connections connections(Section section) {
        var usual = new Passthrough(null, Protocol.GRAPHQL_WS, PING);
        var all = section.section("all", "For every subgraph.", each -> through(each, usual));
        var subgraphs =
                section.named(
                        "subgraphs", "By the name of the subgraph.", each -> through(each, all));
        return new Connections(all, subgraphs);
    }

    private static Passthrough through(Section section, Passthrough fallback) {
        var path =
                section.parsed("path", "Instead of that of its URL.", "", SubscriptionReader::path);
        var protocol =
                section.parsed(
                        "protocol",
                        "graphql_ws or sse.",
                        fallback.protocol(),
                        SubscriptionReader::protocol);
        return new Passthrough(
                path.isEmpty() ? fallback.path() : path,
                protocol,
                section.duration(
                        "heartbeat_interval",
                        "graphql_ws: how often the router asks whether the subgraph is there. "
                                + "sse: how often the subgraph says so. 0s: never.",
                        protocol == fallback.protocol()
                                ? fallback.heartbeatInterval()
                                : usualHeartbeat(protocol)));
    }

    /// Many servers send events only, so that silence says nothing.
    private static Duration usualHeartbeat(Protocol protocol) {
        return switch (protocol) {
            case GRAPHQL_WS -> PING;
            case SSE -> Duration.ZERO;
        };
    }

    private static HttpCallback callback(Section section) {
        return new HttpCallback(
                section.url("public_url", "Where subgraphs reach the router, with its path."),
                section.parsed(
                        "path", "Where the router listens.", "/callback", SubscriptionReader::path),
                section.duration(
                        "heartbeat_interval",
                        "How often a subgraph says that it is there. 0s: never.",
                        Duration.ofSeconds(5)),
                section.texts("subgraphs", "Those that call back.", List.of()));
    }

    private static Outcome<Protocol> protocol(String text) {
        for (var value : Protocol.values()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return new Outcome.Accepted<>(value);
            }
        }
        return wrong("must be graphql_ws or sse");
    }

    private static Outcome<String> path(String text) {
        return text.matches("/[^?#\\s]*")
                ? new Outcome.Accepted<>(text)
                : wrong("must be a path that starts with a slash");
    }

    private static <T> Outcome<T> wrong(String message) {
        return new Outcome.Rejected<>(new Issue("WRONG_TYPE", message, List.of()));
    }
}
