package dev.trivium.language;

import java.util.List;

/// What a test expects of an outcome.
final class Outcomes {
    private Outcomes() {}

    static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(var value) -> value;
            case Outcome.Rejected<T>(var issues) -> throw new AssertionError(issues);
        };
    }

    static List<Issue> issues(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<?>(var value) -> throw new AssertionError(value);
            case Outcome.Rejected<?>(var issues) -> issues;
        };
    }

    static Document operation(String text) {
        return accepted(Parser.parseOperation(text, ParserLimits.DEFAULT));
    }

    static Document schema(String text) {
        return accepted(Parser.parseSchema(text, "s.graphql"));
    }
}
