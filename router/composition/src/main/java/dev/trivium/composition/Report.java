package dev.trivium.composition;

import dev.trivium.language.Issue;
import dev.trivium.language.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Collects the errors and hints of a composition, in the order in which the stages find them. The
/// same issue found twice stands once.
final class Report {
    private final LinkedHashSet<Issue> errors = new LinkedHashSet<>();
    private final LinkedHashSet<Issue> hints = new LinkedHashSet<>();

    void error(CompositionCode code, String message, List<SourceLocation> locations) {
        errors.add(new Issue(code.name(), message, located(locations)));
    }

    void error(CompositionCode code, String message, SourceLocation location) {
        error(code, message, List.of(location));
    }

    void hint(HintCode code, String message, List<SourceLocation> locations) {
        hints.add(new Issue(code.name(), message, located(locations)));
    }

    void error(Issue issue) {
        errors.add(issue);
    }

    void hint(Issue issue) {
        hints.add(issue);
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    int errorCount() {
        return errors.size();
    }

    List<Issue> errors() {
        return new ArrayList<>(errors);
    }

    List<Issue> hints() {
        return new ArrayList<>(hints);
    }

    /// Elements that composition made stand in no text.
    private static List<SourceLocation> located(List<SourceLocation> locations) {
        return locations.stream().filter(l -> !l.equals(SourceLocation.NONE)).distinct().toList();
    }
}
