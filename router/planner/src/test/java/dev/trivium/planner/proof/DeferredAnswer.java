package dev.trivium.planner.proof;

import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.Printer;
import dev.trivium.language.Selection;
import dev.trivium.language.SourceLocation;
import dev.trivium.planner.proof.ClientSelections.Deferred;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Cuts the answer of the single service into the parts that `@defer` asks for: each has the fields
/// of its fragment, at each object, and the initial one has no others than those of no such
/// fragment.
final class DeferredAnswer {
    /// A field that every selection set gets, so that types are known.
    private static final String TYPE = "typename_of_object";

    private final ClientSelections selections;
    private final Map<String, Boolean> choice;
    private final Map<String, Object> parts = new TreeMap<>();

    private DeferredAnswer(SchemaView schema, Document document, Map<String, Boolean> choice) {
        this.selections =
                new ClientSelections(
                        document, (object, type) -> schema.possible(type).contains(object));
        this.choice = choice;
    }

    /// An operation whose answer can be cut.
    static String typed(Document document) {
        List<Definition> definitions = new ArrayList<>();
        for (Definition definition : document.definitions()) {
            definitions.add(
                    switch (definition) {
                        case Definition.Operation it ->
                                new Definition.Operation(
                                        it.type(),
                                        it.name(),
                                        it.variables(),
                                        it.directives(),
                                        typed(it.selections()),
                                        it.location());
                        case Definition.Fragment it ->
                                new Definition.Fragment(
                                        it.name(),
                                        it.typeCondition(),
                                        it.directives(),
                                        typed(it.selections()),
                                        it.location());
                        default -> throw new AssertionError(definition);
                    });
        }
        return Printer.compact(new Document(definitions));
    }

    private static List<Selection> typed(List<Selection> selections) {
        List<Selection> result = new ArrayList<>();
        result.add(
                new Selection.Field(
                        TYPE, "__typename", List.of(), List.of(), List.of(), SourceLocation.NONE));
        for (Selection selection : selections) {
            result.add(
                    switch (selection) {
                        case Selection.Field it
                                when !it.selections().isEmpty() && !it.name().startsWith("__") ->
                                new Selection.Field(
                                        it.alias(),
                                        it.name(),
                                        it.arguments(),
                                        it.directives(),
                                        typed(it.selections()),
                                        it.location());
                        case Selection.InlineFragment it ->
                                new Selection.InlineFragment(
                                        it.typeCondition(),
                                        it.directives(),
                                        typed(it.selections()),
                                        it.location());
                        case Selection.Field it -> it;
                        case Selection.FragmentSpread it -> it;
                    });
        }
        return result;
    }

    /// The parts by label and path; the initial one has neither.
    ///
    /// @param answer of the single service to the typed operation
    /// @param choice the values of the Boolean variables
    static Map<String, Object> parts(
            SchemaView schema,
            Document document,
            Map<String, @Nullable Object> answer,
            Map<String, Boolean> choice) {
        Definition.Operation operation =
                document.definitions(Definition.Operation.class).getFirst();
        DeferredAnswer cut = new DeferredAnswer(schema, document, choice);
        add(cut.parts, null, List.of(), cut.object(answer, operation.selections(), List.of()));
        return cut.parts;
    }

    /// The same of what a plan's execution sent.
    static Map<String, Object> parts(PlanExecution.Response response) {
        Map<String, Object> parts = new TreeMap<>();
        add(parts, null, List.of(), sorted(response.initial()));
        response.parts().forEach(it -> add(parts, it.label(), it.path(), sorted(it.data())));
        return parts;
    }

    /// There is no part without fields. Fragments without a label, and one that is spread twice at
    /// one place, are not told apart.
    @SuppressWarnings("unchecked") // a part
    private static void add(
            Map<String, Object> parts, @Nullable String label, List<Object> path, Object part) {
        Map<String, @Nullable Object> fields = (Map<String, @Nullable Object>) part;
        if (!fields.isEmpty()) {
            parts.merge(label + " at " + path, fields, DeferredAnswer::merged);
        }
    }

    private static Object merged(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            Map<Object, @Nullable Object> all = new TreeMap<>(a);
            b.forEach((key, value) ->
                    all.put(key, a.containsKey(key) ? merged(a.get(key), value) : value));
            return all;
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            List<@Nullable Object> all = new ArrayList<>();
            for (int i = 0; i < a.size(); i++) {
                all.add(merged(a.get(i), b.get(i)));
            }
            return all;
        }
        return String.valueOf(one);
    }

    private static Object sorted(@Nullable Object value) {
        return merged(value, value);
    }

    /// What of an object is in the same part as some selections; other parts are noted.
    private Map<String, @Nullable Object> object(
            Map<?, ?> object, List<Selection> selected, List<Object> path) {
        String type = String.valueOf(object.get(TYPE));
        List<Deferred> deferred = new ArrayList<>();
        var fields = selections.collect(selected, type, choice, deferred);
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        fields.forEach((key, of) -> {
            boolean isIntrospection = of.getFirst().name().startsWith("__");
            List<Selection> below = isIntrospection ? List.of() : ClientSelections.below(of);
            result.put(key, value(object.get(key), below, with(path, key)));
        });
        for (Deferred it : deferred) {
            add(parts, it.label(), path, sorted(object(object, it.selections(), path)));
        }
        return new TreeMap<>(result);
    }

    private @Nullable Object value(
            @Nullable Object value, List<Selection> selected, List<Object> path) {
        if (selected.isEmpty()) {
            return sorted(value);
        }
        return switch (value) {
            case Map<?, ?> object -> object(object, selected, path);
            case List<?> list -> {
                List<@Nullable Object> result = new ArrayList<>();
                for (int i = 0; i < list.size(); i++) {
                    result.add(value(list.get(i), selected, with(path, i)));
                }
                yield result;
            }
            case null, default -> sorted(value);
        };
    }

    private static List<Object> with(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }
}
