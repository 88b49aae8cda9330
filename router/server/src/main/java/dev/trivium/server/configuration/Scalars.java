package dev.trivium.server.configuration;

import dev.trivium.language.Issue;
import dev.trivium.language.SourceLocation;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// Reads the single values of one file. A value that cannot be read becomes an issue and null.
final class Scalars {
    static final URI NO_URL = URI.create("http://invalid.invalid/");

    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{env\\.([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\}");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private final String source;
    private final Map<String, String> environment;
    private final List<Issue> issues = new ArrayList<>();

    Scalars(String source, Map<String, String> environment) {
        this.source = source;
        this.environment = environment;
    }

    /// What has been found wrong so far; whoever finds more adds to it.
    List<Issue> issues() {
        return issues;
    }

    SourceLocation location(Node node) {
        return node.getStartMark()
                .map(mark -> new SourceLocation(source, mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(SourceLocation.NONE);
    }

    /// The text of a scalar after the expansion of `${env.NAME}` and `${env.NAME:-default}`.
    @Nullable String text(String key, Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            reject("WRONG_TYPE", "`%s` must be a single value".formatted(key), node);
            return null;
        }
        var missing = new ArrayList<String>();
        var text =
                VARIABLE.matcher(scalar.getValue())
                        .replaceAll(match -> Matcher.quoteReplacement(expand(match, missing)));
        for (var name : missing) {
            reject("UNKNOWN_VARIABLE", "variable " + name + " is not set and has no default", node);
        }
        return missing.isEmpty() ? text : null;
    }

    private String expand(MatchResult match, List<String> missing) {
        var value = environment.get(match.group(1));
        if (value != null && !value.isEmpty()) {
            return value;
        }
        if (match.group(2) == null) {
            missing.add(match.group(1));
            return "";
        }
        return match.group(2);
    }

    /// A path that is relative to the file.
    Path path(String text) {
        return Path.of(source).toAbsolutePath().resolveSibling(text).normalize();
    }

    @Nullable Boolean flag(String key, Node node) {
        var text = text(key, node);
        if (text == null || text.equals("true") || text.equals("false")) {
            return text == null ? null : Boolean.valueOf(text);
        }
        reject("WRONG_TYPE", "`%s` must be true or false".formatted(key), node);
        return null;
    }

    @Nullable Integer integer(String key, Node node, int minimum, int maximum) {
        var text = text(key, node);
        if (text == null) {
            return null;
        }
        if (!INTEGER.matcher(text).matches()) {
            reject("WRONG_TYPE", "`%s` must be a whole number".formatted(key), node);
            return null;
        }
        long value = Long.parseLong(text);
        if (value < minimum || value > maximum) {
            reject(
                    "OUT_OF_RANGE",
                    "`%s` must be between %d and %d".formatted(key, minimum, maximum),
                    node);
            return null;
        }
        return (int) value;
    }

    @Nullable Duration duration(String key, Node node) {
        var text = text(key, node);
        if (text == null) {
            return null;
        }
        var match = DURATION.matcher(text);
        if (!match.matches()) {
            reject(
                    "WRONG_TYPE",
                    "`%s` must be a duration such as 500ms, 30s, 5m or 1h".formatted(key),
                    node);
            return null;
        }
        long amount = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    @Nullable URI url(String key, Node node) {
        var text = text(key, node);
        if (text == null) {
            return null;
        }
        try {
            var url = new URI(text);
            var http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (http && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException _) {
            // Reported below, with the same message.
        }
        reject("WRONG_TYPE", "`%s` must be an http or https URL".formatted(key), node);
        return null;
    }

    private void reject(String code, String message, Node node) {
        issues.add(new Issue(code, message, location(node)));
    }
}
