package dev.trivium.planner.proof;

import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.Printer;
import dev.trivium.language.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Makes an operation smaller while it still fails: leaves out selections, directives and
/// arguments, and puts the content of fragments in their place.
final class ShrinkOperation {
    private final Predicate<String> fails;

    /// The number of the change that the walk makes, counted down; negative once it is made.
    private int countdown;

    private ShrinkOperation(Predicate<String> fails) {
        this.fails = fails;
    }

    /// @param fails whether a text is a valid operation that fails
    static String shrink(String operation, Predicate<String> fails) {
        String compact = Printer.compact(Outcomes.operation(operation));
        String smallest = new ShrinkOperation(fails).shrink(compact);
        return Printer.print(Outcomes.operation(smallest));
    }

    private String shrink(String operation) {
        String smallest = operation;
        for (int change = 0; ; ) {
            String smaller = changed(smallest, change);
            if (smaller == null) {
                return smallest;
            }
            if (smaller.length() < smallest.length() && fails.test(smaller)) {
                smallest = smaller;
                change = Math.max(0, change - 3);
            } else {
                change++;
            }
        }
    }

    /// The operation after one change; null where there are fewer changes.
    private @Nullable String changed(String operation, int change) {
        countdown = change;
        List<Definition> definitions = new ArrayList<>();
        for (Definition definition : Outcomes.operation(operation).definitions()) {
            definitions.add(
                    switch (definition) {
                        case Definition.Operation it ->
                                new Definition.Operation(
                                        it.type(),
                                        it.name(),
                                        it.variables(),
                                        it.directives(),
                                        selections(it.selections()),
                                        it.location());
                        case Definition.Fragment it ->
                                new Definition.Fragment(
                                        it.name(),
                                        it.typeCondition(),
                                        it.directives(),
                                        selections(it.selections()),
                                        it.location());
                        default -> throw new AssertionError(definition);
                    });
        }
        return countdown >= 0 ? null : withoutUnused(definitions);
    }

    private boolean now() {
        return countdown-- == 0;
    }

    private List<Selection> selections(List<Selection> selections) {
        List<Selection> result = new ArrayList<>();
        for (Selection selection : selections) {
            if (now()) {
                continue;
            }
            switch (selection) {
                case Selection.Field it ->
                        result.add(
                                new Selection.Field(
                                        it.alias() != null && now() ? null : it.alias(),
                                        it.name(),
                                        !it.arguments().isEmpty() && now()
                                                ? List.of()
                                                : it.arguments(),
                                        directives(it.directives()),
                                        selections(it.selections()),
                                        it.location()));
                case Selection.InlineFragment it -> {
                    if (now()) {
                        result.addAll(it.selections());
                        continue;
                    }
                    result.add(
                            new Selection.InlineFragment(
                                    it.typeCondition(),
                                    directives(it.directives()),
                                    selections(it.selections()),
                                    it.location()));
                }
                case Selection.FragmentSpread it ->
                        result.add(
                                new Selection.FragmentSpread(
                                        it.fragmentName(),
                                        directives(it.directives()),
                                        it.location()));
            }
        }
        return result;
    }

    private List<Directive> directives(List<Directive> directives) {
        List<Directive> result = new ArrayList<>();
        for (Directive directive : directives) {
            if (!now()) {
                result.add(directive);
            }
        }
        return result;
    }

    /// The text without fragments and variables that nothing refers to.
    private static String withoutUnused(List<Definition> definitions) {
        List<Definition> used = new ArrayList<>();
        String all = Printer.print(new Document(definitions));
        for (Definition definition : definitions) {
            if (!(definition instanceof Definition.Fragment it)
                    || all.contains("..." + it.name())) {
                used.add(definition);
            }
        }
        StringBuilder bodies = new StringBuilder();
        used.forEach(it -> bodies.append(Printer.print(withoutVariables(it, " "))));
        List<Definition> result =
                used.stream().map(it -> withoutVariables(it, bodies.toString())).toList();
        return Printer.compact(new Document(result));
    }

    private static Definition withoutVariables(Definition definition, String text) {
        return definition instanceof Definition.Operation it
                ? new Definition.Operation(
                        it.type(),
                        it.name(),
                        it.variables().stream()
                                .filter(v -> (text + " ").matches("(?s).*\\$" + v.name() + "\\b.*"))
                                .toList(),
                        it.directives(),
                        it.selections(),
                        it.location())
                : definition;
    }
}
