package dev.trivium.server.persisted;

import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.language.Printer;
import dev.trivium.language.Selection;
import dev.trivium.language.SourceLocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// The operations of many texts. A fragment may stand in another text than the operation that needs
/// it; the names of both are unique over all texts.
///
/// Each text gets lines of its own in one common count while it is parsed, so that a location tells
/// the file, even if an operation's parts come from several.
public final class SourceOperations {
    static final String ANONYMOUS_OPERATION = "ANONYMOUS_OPERATION";
    static final String DUPLICATE_OPERATION = "DUPLICATE_OPERATION";
    static final String DUPLICATE_FRAGMENT = "DUPLICATE_FRAGMENT";
    static final String UNKNOWN_FRAGMENT = "UNKNOWN_FRAGMENT";
    static final String NOT_AN_OPERATION = "NOT_AN_OPERATION";

    private static final ParserLimits LIMITS =
            new ParserLimits(
                    ParserLimits.DEFAULT.maxTokens(),
                    ParserLimits.DEFAULT.maxDepth(),
                    Integer.MAX_VALUE);

    private final NavigableMap<Integer, SourceText> byFirstLine = new TreeMap<>();
    private final SortedMap<String, Definition.Operation> operations = new TreeMap<>();
    private final Map<String, Definition.Fragment> fragments = new HashMap<>();
    private final List<Issue> issues = new ArrayList<>();
    private int nextLine = 1;

    private SourceOperations() {}

    /// @param operations by name
    /// @param places tells the file of a location that is not in one yet
    record Collected(List<SourceOperation> operations, SourceOperations places) {}

    static Outcome<Collected> collect(List<SourceText> texts) {
        var all = new SourceOperations();
        texts.forEach(all::read);
        var collected = new ArrayList<SourceOperation>();
        all.operations.values().forEach(operation -> all.resolve(operation, collected));
        return all.issues.isEmpty()
                ? new Accepted<>(new Collected(List.copyOf(collected), all))
                : new Rejected<>(all.issues.stream().map(all::placed).toList());
    }

    private void read(SourceText text) {
        byFirstLine.put(nextLine, text);
        var padding = "\n".repeat(nextLine - 1) + " ".repeat(text.column() - 1);
        switch (Parser.parseOperation(padding + text.text(), LIMITS)) {
            case Rejected<Document>(var found) -> issues.addAll(found);
            case Accepted<Document>(var document) -> document.definitions().forEach(this::add);
        }
        nextLine += Math.toIntExact(text.text().lines().count()) + 1;
    }

    private void add(Definition definition) {
        switch (definition) {
            case Definition.Operation operation -> add(operation);
            case Definition.Fragment fragment -> {
                var other = fragments.putIfAbsent(fragment.name(), fragment);
                if (other != null && !Printer.print(other).equals(Printer.print(fragment))) {
                    report(
                            DUPLICATE_FRAGMENT,
                            "there are two different fragments `%s`".formatted(fragment.name()),
                            List.of(other.location(), fragment.location()));
                }
            }
            case Definition.Schema _, Definition.Type _, Definition.DirectiveType _ ->
                    report(
                            NOT_AN_OPERATION,
                            "only operations and fragments are expected here",
                            List.of(definition.location()));
        }
    }

    private void add(Definition.Operation operation) {
        var name = operation.name();
        if (name == null) {
            report(
                    ANONYMOUS_OPERATION,
                    "an operation that is to be persisted needs a name",
                    List.of(operation.location()));
            return;
        }
        var other = operations.putIfAbsent(name, operation);
        if (other != null) {
            report(
                    DUPLICATE_OPERATION,
                    "there are two operations `%s`".formatted(name),
                    List.of(other.location(), operation.location()));
        }
    }

    private void resolve(Definition.Operation operation, List<SourceOperation> collected) {
        var used = new TreeMap<String, Definition.Fragment>();
        use(operation.selections(), used);
        var annotation = RestAnnotation.read(operation);
        RestAnnotation rest =
                switch (annotation) {
                    case null -> null;
                    case Accepted<RestAnnotation>(var value) -> value;
                    case Rejected<RestAnnotation>(var found) -> {
                        issues.addAll(found);
                        yield null;
                    }
                };
        var plain = withoutRest(operation);
        var definitions = new ArrayList<Definition>();
        definitions.add(plain);
        definitions.addAll(used.values());
        collected.add(
                new SourceOperation(
                        String.valueOf(plain.name()),
                        plain.type(),
                        new Document(definitions),
                        rest,
                        placed(plain.location())));
    }

    private void use(List<Selection> selections, Map<String, Definition.Fragment> used) {
        for (var selection : selections) {
            switch (selection) {
                case Selection.Field field -> use(field.selections(), used);
                case Selection.InlineFragment inline -> use(inline.selections(), used);
                case Selection.FragmentSpread spread -> {
                    var fragment = fragments.get(spread.fragmentName());
                    if (fragment == null) {
                        report(
                                UNKNOWN_FRAGMENT,
                                "there is no fragment `%s`".formatted(spread.fragmentName()),
                                List.of(spread.location()));
                    } else if (used.put(fragment.name(), fragment) == null) {
                        use(fragment.selections(), used);
                    }
                }
            }
        }
    }

    private static Definition.Operation withoutRest(Definition.Operation operation) {
        return new Definition.Operation(
                operation.type(),
                operation.name(),
                operation.variables(),
                operation.directives().stream().filter(it -> !RestAnnotation.isRest(it)).toList(),
                operation.selections(),
                operation.location());
    }

    private void report(String code, String message, List<SourceLocation> locations) {
        issues.add(new Issue(code, message, locations));
    }

    /// The same issue, with files in its locations.
    Issue placed(Issue issue) {
        return new Issue(
                issue.code(),
                issue.message(),
                issue.locations().stream()
                        .map(this::placed)
                        .sorted(Comparator.comparingInt(SourceLocation::line))
                        .toList());
    }

    private SourceLocation placed(SourceLocation common) {
        var entry = byFirstLine.floorEntry(common.line());
        if (entry == null || common.source() != null) {
            return common;
        }
        var text = entry.getValue();
        int line = text.line() + common.line() - entry.getKey();
        return new SourceLocation(text.file(), line, common.column());
    }
}
