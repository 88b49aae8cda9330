package dev.trivium.server.compose;

import dev.trivium.composition.SubgraphSource;
import dev.trivium.language.Issue;
import dev.trivium.language.SourceLocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Issues for a person: the message, then each cause with its line of the schema.
///
///     error[FIELD_TYPE_MISMATCH]: …
///       --> auth:12:9
///        |
///     12 |   name: String
///        |         ^
final class IssueText {
    private static final int MAX_LOCATIONS = 10;

    private final Map<String, List<String>> lines = new HashMap<>();

    IssueText(List<SubgraphSource> sources) {
        sources.forEach(source -> lines.put(source.name(), source.sdl().lines().toList()));
    }

    /// @param kind `error` or `hint`
    String of(String kind, Issue issue) {
        StringBuilder text = new StringBuilder();
        text.append("%s[%s]: ".formatted(kind, issue.code()));
        issue.message()
                .lines()
                .forEach(line -> text.append(SourceExcerpt.printable(line)).append('\n'));
        issue.locations().stream().limit(MAX_LOCATIONS).forEach(at -> location(at, text));
        int more = issue.locations().size() - MAX_LOCATIONS;
        if (more > 0) {
            text.append("  and ").append(more).append(" more\n");
        }
        return text.toString();
    }

    private void location(SourceLocation at, StringBuilder text) {
        if (at.line() == 0) {
            return;
        }
        text.append("  --> %s:%d:%d\n".formatted(at.source(), at.line(), at.column()));
        String line = line(at);
        if (line != null) {
            SourceExcerpt excerpt = SourceExcerpt.of(line, at.column());
            String number = String.valueOf(at.line());
            String margin = " ".repeat(number.length());
            text.append("%s |\n%s | %s\n".formatted(margin, number, excerpt.text()));
            text.append("%s | %s^\n".formatted(margin, excerpt.indent()));
        }
    }

    private @Nullable String line(SourceLocation at) {
        List<String> source = lines.getOrDefault(String.valueOf(at.source()), List.of());
        return at.line() <= source.size() ? source.get(at.line() - 1) : null;
    }
}
