package dev.trivium.planner.proof;

import dev.trivium.language.Argument;
import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.Selection;
import dev.trivium.language.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Collects the fields of selection sets (GraphQL specification, section 6.3.2) for one runtime
/// type and one choice of the Boolean variables.
final class ClientSelections {
    /// A fragment with `@defer` that is not to be collected with the rest.
    ///
    /// @param label null where it has none
    record Deferred(@Nullable String label, List<Selection> selections) {}

    private final Map<String, Definition.Fragment> fragments = new HashMap<>();
    private final BiPredicate<String, String> isA;

    /// @param isA whether an object type fulfils a type condition
    ClientSelections(Document document, BiPredicate<String, String> isA) {
        document.definitions(Definition.Fragment.class).forEach(it -> fragments.put(it.name(), it));
        this.isA = isA;
    }

    /// @param choice null for all selections that apply for some variables
    SequencedMap<String, List<Selection.Field>> collect(
            List<Selection> selections, String type, @Nullable Map<String, Boolean> choice) {
        return collect(selections, type, choice, null);
    }

    /// @param deferred gets the fragments that are deferred; null to collect their fields, too
    SequencedMap<String, List<Selection.Field>> collect(
            List<Selection> selections,
            String type,
            @Nullable Map<String, Boolean> choice,
            @Nullable List<Deferred> deferred) {
        SequencedMap<String, List<Selection.Field>> fields = new LinkedHashMap<>();
        collect(selections, type, choice, Map.of(), deferred, fields);
        return fields;
    }

    private void collect(
            List<Selection> selections,
            String type,
            @Nullable Map<String, Boolean> choice,
            Map<String, Boolean> assumed,
            @Nullable List<Deferred> deferred,
            SequencedMap<String, List<Selection.Field>> fields) {
        for (Selection selection : selections) {
            Map<String, Boolean> here = assume(selection.directives(), assumed);
            if (!applies(selection.directives(), choice) || (choice == null && here == null)) {
                continue;
            }
            if (selection instanceof Selection.Field field) {
                fields.computeIfAbsent(field.responseKey(), _ -> new ArrayList<>()).add(field);
                continue;
            }
            List<Selection> below = fragment(selection, type);
            Directive defer = deferred == null ? null : defer(selection, choice);
            if (deferred == null || defer == null) {
                Map<String, Boolean> known = here == null ? assumed : here;
                collect(below, type, choice, known, deferred, fields);
            } else {
                String label =
                        defer.argument("label") instanceof Value.StringValue(var it) ? it : null;
                deferred.add(new Deferred(label, below));
            }
        }
    }

    /// What a fragment selects from an object, nothing where its type is another.
    private List<Selection> fragment(Selection selection, String type) {
        return switch (selection) {
            case Selection.InlineFragment(var on, var _, var below, var _) ->
                    on == null || isA.test(type, on) ? below : List.of();
            case Selection.FragmentSpread(var name, var _, var _) -> {
                Definition.Fragment fragment = Objects.requireNonNull(fragments.get(name));
                yield isA.test(type, fragment.typeCondition()) ? fragment.selections() : List.of();
            }
            case Selection.Field _ -> throw new AssertionError(selection);
        };
    }

    /// The `@defer` of a fragment, if it is in force.
    private static @Nullable Directive defer(
            Selection fragment, @Nullable Map<String, Boolean> choice) {
        for (Directive directive : fragment.directives()) {
            if (directive.name().equals("defer")) {
                boolean active = directive.argument("if") == null || holds(directive, choice, true);
                return active ? directive : null;
            }
        }
        return null;
    }

    /// What must hold of the variables for a selection to apply, beside what is assumed already;
    /// null where that contradicts it.
    private static @Nullable Map<String, Boolean> assume(
            List<Directive> directives, Map<String, Boolean> assumed) {
        Map<String, Boolean> all = new HashMap<>(assumed);
        for (Directive directive : directives) {
            boolean include = directive.name().equals("include");
            if ((include || directive.name().equals("skip"))
                    && directive.argument("if") instanceof Value.Variable(var name)) {
                Boolean before = all.put(name, include);
                if (before != null && before != include) {
                    return null;
                }
            }
        }
        return all;
    }

    private static boolean applies(
            List<Directive> directives, @Nullable Map<String, Boolean> choice) {
        for (Directive directive : directives) {
            boolean include = directive.name().equals("include");
            if (include || directive.name().equals("skip")) {
                if (holds(directive, choice, include) != include) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The value of the argument `if`.
    ///
    /// @param otherwise the value of variables where no choice is given
    private static boolean holds(
            Directive directive, @Nullable Map<String, Boolean> choice, boolean otherwise) {
        return switch (directive.argument("if")) {
            case Value.BooleanValue(var it) -> it;
            case Value.Variable(var name) ->
                    choice == null ? otherwise : Objects.requireNonNull(choice.get(name), name);
            case null, default -> throw new AssertionError(directive);
        };
    }

    static List<Selection> below(List<Selection.Field> fields) {
        return fields.stream().flatMap(it -> it.selections().stream()).toList();
    }

    static Map<String, Value> arguments(Selection.Field field) {
        Map<String, Value> arguments = new TreeMap<>();
        for (Argument argument : field.arguments()) {
            arguments.put(argument.name(), argument.value());
        }
        return arguments;
    }
}
