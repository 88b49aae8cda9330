package dev.trivium.server.configuration;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.HttpConfiguration.StatusCodes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Reads what `router.yaml` says about HTTP to clients.
final class HttpReader {
    private HttpReader() {}

    static HttpConfiguration read(Section file) {
        return new HttpConfiguration(
                file.section("http", "How clients are answered.", HttpReader::statusCodes));
    }

    private static StatusCodes statusCodes(Section section) {
        return section.parsed(
                "status_codes",
                "For application/graphql-response+json: classic (400 and 200), or draft (also 422 and 294).",
                StatusCodes.CLASSIC,
                text -> constant(StatusCodes.class, text));
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
