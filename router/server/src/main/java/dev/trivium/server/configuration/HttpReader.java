package dev.trivium.server.configuration;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.HttpConfiguration.Batching;
import dev.trivium.server.configuration.HttpConfiguration.BatchingMode;
import dev.trivium.server.configuration.HttpConfiguration.Coding;
import dev.trivium.server.configuration.HttpConfiguration.Compression;
import dev.trivium.server.configuration.HttpConfiguration.Http2;
import dev.trivium.server.configuration.HttpConfiguration.Protocol;
import dev.trivium.server.configuration.HttpConfiguration.StatusCodes;
import dev.trivium.server.configuration.HttpConfiguration.Uploads;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Reads what `router.yaml` says about HTTP to clients.
final class HttpReader {
    private static final List<String> CODINGS =
            Arrays.stream(Coding.values()).map(Coding::token).toList();

    private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(1);

    private HttpReader() {}

    static HttpConfiguration read(Section file) {
        return new HttpConfiguration(
                file.section("http", "How clients are answered.", HttpReader::protocol),
                file.section(
                        "compression",
                        "Smaller responses for clients that ask for them.",
                        HttpReader::compression),
                file.section(
                        "batching",
                        "Whether one request of HTTP may hold several of GraphQL.",
                        HttpReader::batching),
                file.section(
                        "uploads",
                        "Whether files may be sent (GraphQL multipart request).",
                        HttpReader::uploads));
    }

    private static Uploads uploads(Section section) {
        return new Uploads(
                section.flag("enabled", "On or off.", false),
                section.integer("maximum_files", "Of one request.", 5, 1, 1_000),
                section.integer(
                        "maximum_file_size",
                        "Of each file, in bytes.",
                        10_000_000,
                        1,
                        Integer.MAX_VALUE),
                section.integer(
                        "maximum_total_size",
                        "Of all files of one request, in bytes.",
                        50_000_000,
                        1,
                        Integer.MAX_VALUE),
                section.duration(
                        "timeout", "How long a request may take to arrive.", UPLOAD_TIMEOUT));
    }

    private static Batching batching(Section section) {
        return new Batching(
                section.flag("enabled", "On or off.", false),
                section.parsed(
                        "mode",
                        "batch_http_link: an array, answered by an array.",
                        BatchingMode.BATCH_HTTP_LINK,
                        text -> constant(BatchingMode.class, text)),
                section.integer("maximum_size", "How many.", 10, 1, 1_000));
    }

    private static Compression compression(Section section) {
        var algorithms =
                section.choices("algorithms", "Those to offer, the best first.", CODINGS, CODINGS);
        return new Compression(
                section.flag("enabled", "On or off.", true),
                // Others have been reported.
                algorithms.stream()
                        .filter(CODINGS::contains)
                        .map(it -> Coding.valueOf(it.toUpperCase(Locale.ROOT)))
                        .toList(),
                section.integer(
                        "minimum_size",
                        "Smaller responses are sent as they are, in bytes.",
                        2_048,
                        0,
                        Integer.MAX_VALUE),
                section.integer("level", "1 is fast, 9 small.", 1, 1, 9));
    }

    private static Protocol protocol(Section section) {
        var statusCodes =
                section.parsed(
                        "status_codes",
                        "For application/graphql-response+json: classic (400 and 200), or draft (also 422 and 294).",
                        StatusCodes.CLASSIC,
                        text -> constant(StatusCodes.class, text));
        return new Protocol(
                statusCodes, section.section("http2", "HTTP/2 to clients.", HttpReader::http2));
    }

    private static Http2 http2(Section section) {
        return new Http2(
                section.flag("enabled", "On or off.", true),
                section.integer(
                        "max_concurrent_streams",
                        "Requests at the same time over one connection.",
                        100,
                        1,
                        10_000));
    }

    /// One of the constants of an enum, in lower case.
    private static <E extends Enum<E>> Outcome<E> constant(Class<E> type, String text) {
        for (var constant : type.getEnumConstants()) {
            if (name(constant).equals(text)) {
                return new Outcome.Accepted<>(constant);
            }
        }
        var names =
                Arrays.stream(type.getEnumConstants())
                        .map(HttpReader::name)
                        .collect(Collectors.joining(" or "));
        return new Outcome.Rejected<>(new Issue("WRONG_TYPE", "must be " + names, List.of()));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
