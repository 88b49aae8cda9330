package dev.trivium.language;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a document must keep to before the validation rules may look at it: the rules take time and
/// stack in proportion to the document with its fragments written out, which may be exponential in
/// the text.
///
/// Each fragment is measured once, so the guard itself is linear.
final class OperationGuard {
    /// All operations together, fragments written out. The largest documents that people write have
    /// some thousands.
    static final int MAX_SELECTIONS = 50_000;

    private static final Set<String> INTROSPECTION = Set.of("__schema", "__type");

    private static final Set<String> INTROSPECTION_LISTS =
            Set.of("fields", "interfaces", "possibleTypes", "inputFields");

    /// A tool asks for the fields of all types; nobody needs the fields of the types of the fields
    /// of their fields.
    private static final int MAX_INTROSPECTION_LISTS = 2;

    /// The values that introspection may come to, as estimated. What tools ask comes to a hundred
    /// thousand; a client could ask for each field of each type under thousands of aliases.
    private static final long MAX_INTROSPECTION_VALUES = 250_000;

    /// How many elements the lists of introspection have, roughly.
    private static final Map<String, Integer> INTROSPECTION_LENGTHS =
            Map.of(
                    "types", 50,
                    "fields", 10,
                    "inputFields", 10,
                    "args", 3,
                    "enumValues", 5,
                    "interfaces", 2,
                    "possibleTypes", 5,
                    "directives", 5);

    private final Set<String> unknownDirectives;
    private final Map<String, Definition.Fragment> fragments = new LinkedHashMap<>();
    private final Map<String, Size> measured = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private long introspectionValues;
    private @Nullable Issue problem;

    /// How large a selection set is, fragments written out.
    ///
    /// @param selections saturates
    /// @param lists the most introspection lists on any path
    /// @param values what the answer would hold if this were introspection, as estimated; saturates
    private record Size(int selections, int height, int lists, long values) {
        private static final long MANY = Integer.MAX_VALUE;

        static final Size NOTHING = new Size(0, 0, 0, 0);

        Size beside(Size other) {
            long sum = (long) selections + other.selections;
            return new Size(
                    (int) Math.min(sum, Integer.MAX_VALUE),
                    Math.max(height, other.height),
                    Math.max(lists, other.lists),
                    Math.min(values + other.values, MANY));
        }

        /// The size of a fragment with these selections.
        Size enclosed() {
            Size sum = beside(new Size(1, 0, 0, 0));
            return new Size(sum.selections, height + 1, lists, values);
        }

        /// The size of a field with these selections.
        Size below(String field) {
            Size sum = enclosed();
            return new Size(
                    sum.selections,
                    sum.height,
                    lists + (INTROSPECTION_LISTS.contains(field) ? 1 : 0),
                    Math.min(1 + INTROSPECTION_LENGTHS.getOrDefault(field, 1) * values, MANY));
        }
    }

    private OperationGuard(Set<String> unknownDirectives) {
        this.unknownDirectives = unknownDirectives;
    }

    /// The first thing that is wrong, or null.
    ///
    /// @param unknownDirectives names that the rules would wrongly let pass
    static @Nullable Issue check(Document document, Set<String> unknownDirectives) {
        return new OperationGuard(unknownDirectives).measure(document);
    }

    private @Nullable Issue measure(Document document) {
        for (Definition.Fragment fragment : document.definitions(Definition.Fragment.class)) {
            fragments.putIfAbsent(fragment.name(), fragment);
        }
        document.definitions(Definition.Operation.class)
                .forEach(operation -> directives(operation.directives()));
        Size total = Size.NOTHING;
        for (Definition.Executable definition : document.definitions(Definition.Executable.class)) {
            Size size =
                    switch (definition) {
                        case Definition.Operation operation ->
                                selections(operation.selections(), 1);
                        case Definition.Fragment fragment -> fragment(fragment, 1);
                    };
            if (definition instanceof Definition.Operation) {
                total = total.beside(size);
            }
            if (problem != null) {
                return problem;
            }
            if (total.selections > MAX_SELECTIONS) {
                return new Issue(
                        "TOO_COMPLEX",
                        "With its fragments written out, the document has more than %d selections."
                                .formatted(MAX_SELECTIONS),
                        definition.location());
            }
        }
        return null;
    }

    private Size selections(List<Selection> selections, int level) {
        Size size = Size.NOTHING;
        for (Selection selection : selections) {
            if (problem != null) {
                return size;
            }
            size = size.beside(selection(selection, level));
        }
        return size;
    }

    private Size selection(Selection selection, int level) {
        if (level > ParserLimits.DEFAULT.maxDepth()) {
            return tooDeep(selection.location());
        }
        directives(selection.directives());
        Size size =
                switch (selection) {
                    case Selection.Field field -> {
                        Size below = selections(field.selections(), level + 1);
                        introspection(field, below);
                        yield below.below(field.name());
                    }
                    case Selection.InlineFragment fragment ->
                            selections(fragment.selections(), level + 1).enclosed();
                    case Selection.FragmentSpread spread -> {
                        Definition.Fragment fragment = fragments.get(spread.fragmentName());
                        // The rules report an unknown fragment.
                        yield (fragment == null ? Size.NOTHING : fragment(fragment, level + 1))
                                .enclosed();
                    }
                };
        return level + size.height > ParserLimits.DEFAULT.maxDepth() + 1
                ? tooDeep(selection.location())
                : size;
    }

    /// Fields of the client's own schema may have the names that introspection uses.
    private void introspection(Selection.Field field, Size below) {
        if (problem != null || !INTROSPECTION.contains(field.name())) {
            return;
        }
        introspectionValues += below.values;
        if (below.lists > MAX_INTROSPECTION_LISTS) {
            problem =
                    new Issue(
                            ClientSchema.VALIDATION_FAILED,
                            "Introspection is nested too deep: at most %d lists of fields or types may stand within each other."
                                    .formatted(MAX_INTROSPECTION_LISTS),
                            field.location());
        } else if (introspectionValues > MAX_INTROSPECTION_VALUES) {
            problem =
                    new Issue(
                            "TOO_COMPLEX",
                            "The answer to the introspection would be too large.",
                            field.location());
        }
    }

    private static String unknown(String directive) {
        return directive.equals(ClientSchema.STREAM)
                ? "@stream is not supported: lists are sent whole. @defer can put fields off."
                : "Unknown directive \"@" + directive + "\".";
    }

    private void directives(List<Directive> directives) {
        for (Directive directive : directives) {
            if (unknownDirectives.contains(directive.name())) {
                problem =
                        new Issue(
                                ClientSchema.VALIDATION_FAILED,
                                unknown(directive.name()),
                                directive.location());
            }
        }
    }

    private Size fragment(Definition.Fragment fragment, int level) {
        Size known = measured.get(fragment.name());
        if (known != null) {
            return known;
        }
        if (!open.add(fragment.name())) {
            problem =
                    new Issue(
                            ClientSchema.VALIDATION_FAILED,
                            "The fragment \"%s\" contains itself.".formatted(fragment.name()),
                            fragment.location());
            return Size.NOTHING;
        }
        Size size = selections(fragment.selections(), level);
        open.remove(fragment.name());
        measured.put(fragment.name(), size);
        return size;
    }

    private Size tooDeep(SourceLocation location) {
        if (problem == null) {
            problem =
                    new Issue(
                            "RECURSION_LIMIT",
                            "With its fragments written out, the document is nested more than %d levels deep."
                                    .formatted(ParserLimits.DEFAULT.maxDepth()),
                            location);
        }
        return Size.NOTHING;
    }
}
