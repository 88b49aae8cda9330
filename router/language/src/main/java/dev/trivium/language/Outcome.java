package dev.trivium.language;

import java.util.List;
import java.util.function.Function;

/// The result of a step that its input may fail: an expected failure is a value.
public sealed interface Outcome<T> {

    /// The step succeeded.
    record Accepted<T>(T value) implements Outcome<T> {}

    /// The input is at fault; there is at least one issue.
    record Rejected<T>(List<Issue> issues) implements Outcome<T> {
        public Rejected {
            if (issues.isEmpty()) {
                throw new IllegalArgumentException("a rejection needs a reason");
            }
            issues = List.copyOf(issues);
        }

        public Rejected(Issue issue) {
            this(List.of(issue));
        }
    }

    /// The next step, if this one succeeded.
    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        return switch (this) {
            case Accepted<T>(var value) -> next.apply(value);
            case Rejected<T>(var issues) -> new Rejected<>(issues);
        };
    }
}
