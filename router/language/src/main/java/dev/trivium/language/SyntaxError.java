package dev.trivium.language;

/// Ends parsing. Thrown and caught inside this package only: callers get an {@link Issue}.
final class SyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Issue issue;

    SyntaxError(Issue issue) {
        super(issue.message(), null, false, false);
        this.issue = issue;
    }

    Issue issue() {
        return issue;
    }
}
