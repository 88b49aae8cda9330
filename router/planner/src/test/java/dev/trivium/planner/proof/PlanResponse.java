package dev.trivium.planner.proof;

import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.DeferredPart;
import dev.trivium.planner.plan.OutputField;
import dev.trivium.planner.plan.QueryPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads a response from the merged tree, as a plan says.
final class PlanResponse {
    /// What a client gets of one deferred fragment, for one object.
    ///
    /// @param path of the object: response keys and indexes
    record Part(@Nullable String label, List<Object> path, Map<String, @Nullable Object> data) {}

    private final QueryPlan plan;
    private final Predicate<Condition> holds;

    /// @param holds whether a condition does
    PlanResponse(QueryPlan plan, Predicate<Condition> holds) {
        this.plan = plan;
        this.holds = holds;
    }

    /// The whole response, or its initial part.
    Map<String, @Nullable Object> initial(Map<String, @Nullable Object> tree) {
        return output(tree, plan.rootType(), List.of(plan.output()));
    }

    /// A deferred part of each object that has some of its fields.
    List<Part> parts(Map<String, @Nullable Object> tree, DeferredPart deferred) {
        List<Part> parts = new ArrayList<>();
        addParts(new Place(tree, plan.rootType(), 0, List.of(), List.of()), deferred, parts);
        return parts;
    }

    /// Objects on the way to those of a deferred part.
    ///
    /// @param type of an object that does not tell it
    /// @param depth how many steps of the part's path lead here
    /// @param path of the objects: response keys and indexes
    /// @param outputs what the parts above select of them
    private record Place(
            @Nullable Object value,
            String type,
            int depth,
            List<Object> path,
            List<OutputField> outputs) {
        private Place element(int index) {
            Object element = ((List<?>) Objects.requireNonNull(value)).get(index);
            return new Place(element, type, depth, with(path, index), outputs);
        }
    }

    private void addParts(Place place, DeferredPart deferred, List<Part> parts) {
        if (place.value() instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                addParts(place.element(i), deferred, parts);
            }
        } else if (place.value() instanceof Map<?, ?> object) {
            String type = type(object, place.type());
            if (place.depth() == deferred.path().size()) {
                var data = output(object, type, List.of(deferred.output()));
                if (!data.isEmpty()) {
                    parts.add(new Part(deferred.label(), place.path(), data));
                }
                return;
            }
            DeferredPart.Step step = deferred.path().get(place.depth());
            if (step.types().isEmpty() || step.types().contains(type)) {
                addParts(below(place, object, step, deferred), deferred, parts);
            }
        }
    }

    private Place below(
            Place place, Map<?, ?> object, DeferredPart.Step step, DeferredPart deferred) {
        List<OutputField> outputs = new ArrayList<>(place.outputs());
        outputs.addAll(place.depth() == 0 ? plan.output() : List.of());
        for (DeferredPart it : plan.deferred()) {
            if (it.path().equals(deferred.path().subList(0, place.depth()))) {
                outputs.addAll(it.output());
            }
        }
        List<OutputField> leading =
                outputs.stream().filter(it -> it.responseKey().equals(step.responseKey())).toList();
        if (leading.isEmpty()
                || !(leading.getFirst().kind()
                        instanceof OutputField.Composite(var _, var possibleTypes))) {
            throw new AssertionError("nothing leads to " + deferred);
        }
        List<OutputField> selections =
                leading.stream().flatMap(it -> it.selections().stream()).toList();
        return new Place(
                object.get(step.planKey()),
                possibleTypes.getFirst(),
                place.depth() + 1,
                with(place.path(), step.responseKey()),
                selections);
    }

    private static String type(Map<?, ?> object, String otherwise) {
        Object told = object.get("__typename");
        return told == null ? otherwise : told.toString();
    }

    private static List<Object> with(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private Map<String, @Nullable Object> output(
            Map<?, ?> object, String type, List<List<OutputField>> selections) {
        Map<String, List<OutputField>> groups = new LinkedHashMap<>();
        for (List<OutputField> fields : selections) {
            for (OutputField field : fields) {
                if (holds.test(field.condition())
                        && (field.onTypes().isEmpty() || field.onTypes().contains(type))) {
                    groups.computeIfAbsent(field.responseKey(), _ -> new ArrayList<>()).add(field);
                }
            }
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        groups.forEach((key, fields) -> result.put(key, value(object, type, fields)));
        return result;
    }

    private @Nullable Object value(Map<?, ?> object, String type, List<OutputField> fields) {
        OutputField first = fields.getFirst();
        if (first.name().equals("__typename")) {
            return type;
        }
        if (first.kind() instanceof OutputField.Introspection) {
            return object.get(first.responseKey());
        }
        if (!object.containsKey(first.planKey())) {
            throw new AssertionError("nobody fetched " + first.planKey() + " of " + object);
        }
        return complete(object.get(first.planKey()), fields);
    }

    private @Nullable Object complete(@Nullable Object value, List<OutputField> fields) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> result = new ArrayList<>();
            list.forEach(it -> result.add(complete(it, fields)));
            return result;
        }
        if (value instanceof Map<?, ?> map
                && fields.getFirst().kind()
                        instanceof OutputField.Composite(var _, var possibleTypes)) {
            String type = type(map, possibleTypes.getFirst());
            return output(map, type, fields.stream().map(OutputField::selections).toList());
        }
        return value;
    }
}
