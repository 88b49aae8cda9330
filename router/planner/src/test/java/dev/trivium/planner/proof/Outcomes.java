package dev.trivium.planner.proof;

import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;

/// Takes values out of outcomes that must be good.
final class Outcomes {
    private Outcomes() {}

    static <T> T value(Outcome<T> outcome) {
        return switch (outcome) {
            case Accepted<T>(var value) -> value;
            case Rejected<T>(var issues) -> throw new AssertionError(issues.toString());
        };
    }

    static Document operation(String text) {
        return value(Parser.parseOperation(text, ParserLimits.DEFAULT));
    }
}
