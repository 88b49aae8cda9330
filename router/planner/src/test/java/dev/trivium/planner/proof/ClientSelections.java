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
    private final Map<String, Definition.Fragment> fragments = new HashMap<>();
    private final BiPredicate<String, String> isA;

    /// @param isA whether an object type fulfils a type condition
    ClientSelections(Document document, BiPredicate<String, String> isA) {
        document.definitions(Definition.Fragment.class).forEach(it -> fragments.put(it.name(), it));
        this.isA = isA;
    }

    /// @param choice null for selections whatever the variables
    SequencedMap<String, List<Selection.Field>> collect(
            List<Selection> selections, String type, @Nullable Map<String, Boolean> choice) {
        SequencedMap<String, List<Selection.Field>> fields = new LinkedHashMap<>();
        collect(selections, type, choice, fields);
        return fields;
    }

    private void collect(
            List<Selection> selections,
            String type,
            @Nullable Map<String, Boolean> choice,
            SequencedMap<String, List<Selection.Field>> fields) {
        for (Selection selection : selections) {
            if (!applies(selection.directives(), choice)) {
                continue;
            }
            switch (selection) {
                case Selection.Field field ->
                        fields.computeIfAbsent(field.responseKey(), _ -> new ArrayList<>())
                                .add(field);
                case Selection.InlineFragment inline -> {
                    String on = inline.typeCondition();
                    if (on == null || isA.test(type, on)) {
                        collect(inline.selections(), type, choice, fields);
                    }
                }
                case Selection.FragmentSpread spread -> {
                    Definition.Fragment fragment =
                            Objects.requireNonNull(fragments.get(spread.fragmentName()));
                    if (isA.test(type, fragment.typeCondition())) {
                        collect(fragment.selections(), type, choice, fields);
                    }
                }
            }
        }
    }

    private static boolean applies(
            List<Directive> directives, @Nullable Map<String, Boolean> choice) {
        for (Directive directive : directives) {
            boolean include = directive.name().equals("include");
            if (include || directive.name().equals("skip")) {
                boolean value =
                        switch (directive.argument("if")) {
                            case Value.BooleanValue(var it) -> it;
                            case Value.Variable(var name) ->
                                    choice == null
                                            ? include
                                            : Objects.requireNonNull(choice.get(name), name);
                            case null, default -> throw new AssertionError(directive);
                        };
                if (value != include) {
                    return false;
                }
            }
        }
        return true;
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
