package dev.trivium.server.configuration;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.AutomaticPersistedQueries.SharedCache;
import dev.trivium.server.configuration.PersistedQueries.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads `persisted_queries` and `apq`.
final class PersistedQueriesReader {
    private static final int MEBIBYTE = 1024 * 1024;

    private PersistedQueriesReader() {}

    static PersistedQueries trusted(Section section) {
        return new PersistedQueries(
                section.parsed(
                        "mode",
                        "What becomes of a document that is sent as text: off (executed),"
                                + " log_unknown, enforce (executed if it is in a manifest) or"
                                + " require_id (refused).",
                        Mode.OFF,
                        PersistedQueriesReader::mode),
                section.paths(
                        "manifests",
                        "Apollo manifests, Relay maps and folders of .graphql files, relative to"
                                + " this file; read again when they change."),
                section.duration(
                        "poll_interval",
                        "How often the manifests are looked at for a change.",
                        Duration.ofSeconds(1)),
                section.text(
                        "cache_control",
                        "The header of an answer without errors to GET /graphql/persisted/{id}"
                                + " without an Authorization header; empty for none.",
                        "public, max-age=60"),
                section.optionalPath(
                        "learn",
                        "A file that operations in no manifest are written to, for review;"
                                + " for development."));
    }

    private static Outcome<Mode> mode(String text) {
        for (var value : Mode.values()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return new Outcome.Accepted<>(value);
            }
        }
        var message = "must be off, log_unknown, enforce or require_id";
        return new Outcome.Rejected<>(new Issue("WRONG_TYPE", message, List.of()));
    }

    static AutomaticPersistedQueries automatic(Section section) {
        return new AutomaticPersistedQueries(
                section.flag("enabled", "On or off.", true),
                section.integer(
                        "max_bytes",
                        "The size of the documents in memory.",
                        16 * MEBIBYTE,
                        1,
                        1024 * MEBIBYTE),
                section.optionalSection(
                        "redis",
                        "A Valkey or Redis server that several routers share.",
                        PersistedQueriesReader::redis));
    }

    private static @Nullable SharedCache redis(Section section) {
        return new SharedCache(
                section.requiredText("url", "redis://[user:password@]host:port[/database]."),
                section.duration("timeout", "The time for one command.", Duration.ofMillis(100)),
                section.duration(
                        "ttl", "How long an unused document is kept.", Duration.ofHours(24)),
                section.text("namespace", "What each key begins with.", "trivium:apq:"));
    }
}
