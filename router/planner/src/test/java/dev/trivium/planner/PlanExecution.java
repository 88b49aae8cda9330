package dev.trivium.planner;

import dev.trivium.language.Document;
import dev.trivium.language.OperationType;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.Fetch.EntityGroup;
import dev.trivium.planner.plan.Fetch.PathStep;
import dev.trivium.planner.plan.Fetch.Representation;
import dev.trivium.planner.plan.Fetch.RepresentationField;
import dev.trivium.planner.plan.OutputField;
import dev.trivium.planner.plan.QueryPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Executes a plan as its records say, on maps and lists, one fetch after the other.
final class PlanExecution {
    private final QueryPlan plan;
    private final Map<String, Object> variables;
    private final BiFunction<Fetch, Map<String, Object>, Map<String, Object>> subgraphs;
    private final Map<String, Object> tree = new LinkedHashMap<>();

    private PlanExecution(
            QueryPlan plan,
            Map<String, Object> variables,
            BiFunction<Fetch, Map<String, Object>, Map<String, Object>> subgraphs) {
        this.plan = plan;
        this.variables = variables;
        this.subgraphs = subgraphs;
    }

    static Map<String, Object> execute(World world, QueryPlan plan, Map<String, Object> variables) {
        return new PlanExecution(
                        plan,
                        variables,
                        (fetch, sent) -> {
                            Document document = PlanCase.parse(fetch.document());
                            return WorldExecution.subgraph(world, fetch.subgraph(), document, sent);
                        })
                .execute();
    }

    private Map<String, Object> execute() {
        for (Fetch fetch : plan.fetches()) {
            if (holds(fetch.condition())) {
                execute(fetch);
            }
        }
        if (plan.operationType() != OperationType.QUERY) {
            throw new AssertionError("only queries are executed here");
        }
        return output(tree, plan.rootType(), List.of(plan.output()));
    }

    private boolean holds(Condition condition) {
        return condition.literals().stream()
                .allMatch(it -> Boolean.valueOf(it.value()).equals(variables.get(it.variable())));
    }

    private void execute(Fetch fetch) {
        Map<String, Object> sent = new LinkedHashMap<>();
        fetch.variables().forEach(it -> sent.put(it, variables.get(it)));
        switch (fetch.target()) {
            case Fetch.Root _ -> merge(tree, subgraphs.apply(fetch, sent));
            case Fetch.Entities(var groups) -> {
                Map<String, List<List<Map<String, Object>>>> targets = new LinkedHashMap<>();
                boolean any = false;
                for (EntityGroup group : groups) {
                    List<Object> representations = new ArrayList<>();
                    List<List<Map<String, Object>>> objects = new ArrayList<>();
                    targets(group, representations, objects);
                    sent.put(group.variable(), representations);
                    targets.put(group.alias(), objects);
                    any |= !representations.isEmpty();
                }
                if (any) {
                    Map<String, Object> answer = subgraphs.apply(fetch, sent);
                    targets.forEach((alias, objects) -> mergeAll(objects, answer.get(alias)));
                }
            }
        }
    }

    @SuppressWarnings("unchecked") // an answer to _entities
    private static void mergeAll(List<List<Map<String, Object>>> objects, @Nullable Object answer) {
        List<Map<String, Object>> entities = (List<Map<String, Object>>) answer;
        for (int i = 0; entities != null && i < entities.size(); i++) {
            for (Map<String, Object> object : objects.get(i)) {
                merge(object, entities.get(i));
            }
        }
    }

    private void targets(
            EntityGroup group,
            List<Object> representations,
            List<List<Map<String, Object>>> objects) {
        for (List<PathStep> path : group.paths()) {
            List<Map<String, Object>> found = new ArrayList<>();
            find(tree, path, found);
            for (Map<String, Object> object : found) {
                Map<String, Object> representation = representation(group, object);
                if (representation == null) {
                    continue;
                }
                int at = representations.indexOf(representation);
                if (at < 0) {
                    at = representations.size();
                    representations.add(representation);
                    objects.add(new ArrayList<>());
                }
                objects.get(at).add(object);
            }
        }
    }

    @SuppressWarnings("unchecked") // the merged tree
    private static void find(
            @Nullable Object at, List<PathStep> path, List<Map<String, Object>> found) {
        if (at instanceof List<?> list) {
            list.forEach(it -> find(it, path, found));
        } else if (at instanceof Map<?, ?> map) {
            if (path.isEmpty()) {
                found.add((Map<String, Object>) map);
            } else if (path.getFirst().types().isEmpty()
                    || path.getFirst().types().contains(String.valueOf(map.get("__typename")))) {
                find(map.get(path.getFirst().planKey()), path.subList(1, path.size()), found);
            }
        }
    }

    private static @Nullable Map<String, Object> representation(
            EntityGroup group, Map<String, Object> object) {
        String type = String.valueOf(object.get("__typename"));
        for (Representation representation : group.representations()) {
            if (representation.runtimeTypes().contains(type)) {
                Map<String, Object> written = new LinkedHashMap<>();
                String sent = representation.typename();
                written.put("__typename", sent == null ? type : sent);
                return write(object, representation.fields(), written) ? written : null;
            }
        }
        return null;
    }

    /// @return false where a field is absent
    private static boolean write(
            Map<?, ?> object, List<RepresentationField> fields, Map<String, Object> target) {
        String type = String.valueOf(object.get("__typename"));
        for (RepresentationField field : fields) {
            if (!field.types().isEmpty() && !field.types().contains(type)) {
                continue;
            }
            if (!object.containsKey(field.planKey())) {
                return false;
            }
            Object[] value = {object.get(field.planKey())};
            if (!field.fields().isEmpty() && !writeBelow(value, field.fields())) {
                return false;
            }
            WorldExecution.put(target, field.name(), value[0]);
        }
        return true;
    }

    private static boolean writeBelow(@Nullable Object[] value, List<RepresentationField> fields) {
        if (value[0] instanceof List<?> list) {
            List<Object> written = new ArrayList<>();
            for (Object element : list) {
                @Nullable Object[] below = {element};
                if (!writeBelow(below, fields)) {
                    return false;
                }
                written.add(below[0]);
            }
            value[0] = written;
        } else if (value[0] instanceof Map<?, ?> map) {
            Map<String, Object> written = new LinkedHashMap<>();
            value[0] = written;
            return write(map, fields, written);
        }
        return true;
    }

    /// Merges by key, lists by index; null never overwrites.
    @SuppressWarnings("unchecked") // the merged tree
    private static void merge(Map<String, Object> target, Map<String, Object> source) {
        source.forEach((key, value) -> {
            Object there = target.get(key);
            if (there instanceof Map && value instanceof Map) {
                merge((Map<String, Object>) there, (Map<String, Object>) value);
            } else if (there instanceof List<?> a && value instanceof List<?> b) {
                for (int i = 0; i < a.size(); i++) {
                    if (a.get(i) instanceof Map && b.get(i) instanceof Map) {
                        merge((Map<String, Object>) a.get(i), (Map<String, Object>) b.get(i));
                    }
                }
            } else if (there == null) {
                WorldExecution.put(target, key, value);
            }
        });
    }

    private Map<String, Object> output(
            Map<?, ?> object, String type, List<List<OutputField>> selections) {
        Map<String, List<OutputField>> groups = new LinkedHashMap<>();
        for (List<OutputField> fields : selections) {
            for (OutputField field : fields) {
                if (holds(field.condition())
                        && (field.onTypes().isEmpty() || field.onTypes().contains(type))) {
                    groups.computeIfAbsent(field.responseKey(), _ -> new ArrayList<>()).add(field);
                }
            }
        }
        Map<String, Object> result = new LinkedHashMap<>();
        groups.forEach(
                (key, fields) -> WorldExecution.put(result, key, value(object, type, fields)));
        return result;
    }

    private @Nullable Object value(Map<?, ?> object, String type, List<OutputField> fields) {
        OutputField first = fields.getFirst();
        if (first.name().equals("__typename")) {
            return type;
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
            Object typename = map.get("__typename");
            String type = typename == null ? possibleTypes.getFirst() : typename.toString();
            return output(map, type, fields.stream().map(OutputField::selections).toList());
        }
        return value;
    }
}
