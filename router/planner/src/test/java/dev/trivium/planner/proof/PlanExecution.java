package dev.trivium.planner.proof;

import dev.trivium.language.Definition;
import dev.trivium.language.Value;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.Fetch.ContextSource;
import dev.trivium.planner.plan.Fetch.ContextValue;
import dev.trivium.planner.plan.Fetch.EntityGroup;
import dev.trivium.planner.plan.Fetch.PathStep;
import dev.trivium.planner.plan.Fetch.Representation;
import dev.trivium.planner.plan.Fetch.RepresentationField;
import dev.trivium.planner.plan.OutputField;
import dev.trivium.planner.plan.QueryPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Executes a plan as its records say, on maps and lists, one fetch after the other.
final class PlanExecution {
    private final QueryPlan plan;
    private final Federation federation;
    private final Map<String, @Nullable Object> variables;
    private final Map<String, @Nullable Object> coerced = new HashMap<>();
    private final Map<String, @Nullable Object> tree = new LinkedHashMap<>();

    private PlanExecution(
            QueryPlan plan, Federation federation, Map<String, @Nullable Object> variables) {
        this.plan = plan;
        this.federation = federation;
        this.variables = variables;
        for (Definition.VariableDefinition variable : plan.variables()) {
            if (variable.defaultValue() instanceof Value.BooleanValue(var value)) {
                coerced.put(variable.name(), value);
            }
        }
        coerced.putAll(variables);
    }

    /// @param variables as the client sends them
    static Map<String, @Nullable Object> execute(
            Federation federation, QueryPlan plan, Map<String, @Nullable Object> variables) {
        return new PlanExecution(plan, federation, variables).execute();
    }

    private Map<String, @Nullable Object> execute() {
        for (Fetch fetch : plan.fetches()) {
            if (holds(fetch.condition())) {
                execute(fetch);
            }
        }
        String introspection = plan.introspection();
        if (introspection != null) {
            tree.putAll(federation.answer(introspection, known(introspection)));
        }
        return output(tree, plan.rootType(), List.of(plan.output()));
    }

    /// The variables that a document declares.
    private Map<String, @Nullable Object> known(String document) {
        Map<String, @Nullable Object> known = new LinkedHashMap<>();
        for (Definition.Operation operation :
                Outcomes.operation(document).definitions(Definition.Operation.class)) {
            for (Definition.VariableDefinition variable : operation.variables()) {
                if (variables.containsKey(variable.name())) {
                    known.put(variable.name(), variables.get(variable.name()));
                }
            }
        }
        return known;
    }

    private boolean holds(Condition condition) {
        return condition.literals().stream()
                .allMatch(it -> Boolean.valueOf(it.value()).equals(coerced.get(it.variable())));
    }

    private void execute(Fetch fetch) {
        Map<String, @Nullable Object> sent = new LinkedHashMap<>();
        for (String variable : fetch.variables()) {
            if (variables.containsKey(variable)) {
                sent.put(variable, variables.get(variable));
            }
        }
        switch (fetch.target()) {
            case Fetch.Root _ -> merge(tree, send(fetch, sent));
            case Fetch.Entities(var groups) -> {
                for (Map<String, @Nullable Object> values : contexts(groups)) {
                    send(fetch, groups, values, new LinkedHashMap<>(sent));
                }
            }
        }
    }

    /// What the variables are that are filled from contexts, for each request; one without any
    /// where there are none.
    private Set<Map<String, @Nullable Object>> contexts(List<EntityGroup> groups) {
        Set<Map<String, @Nullable Object>> all = new LinkedHashSet<>();
        for (EntityGroup group : groups) {
            for (List<PathStep> path : group.paths()) {
                find(tree, path, List.of(), (_, above) -> values(group, above).ifPresent(all::add));
            }
        }
        return all;
    }

    /// The values for an entity, or nothing where one is absent.
    private static Optional<Map<String, @Nullable Object>> values(
            EntityGroup group, List<Map<?, ?>> above) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (ContextValue context : group.contexts()) {
            for (ContextSource source : context.sources()) {
                Map<?, ?> object = above.get(above.size() - source.up());
                String type = String.valueOf(object.get("__typename"));
                if (source.types().isEmpty() || source.types().contains(type)) {
                    @Nullable Object value = object;
                    for (String key : source.planKeys()) {
                        if (value instanceof Map<?, ?> map && !map.containsKey(key)) {
                            return Optional.empty();
                        }
                        value = value instanceof Map<?, ?> map ? map.get(key) : null;
                    }
                    values.putIfAbsent(context.variable(), value);
                }
            }
        }
        return values.size() == group.contexts().size() ? Optional.of(values) : Optional.empty();
    }

    private void send(
            Fetch fetch,
            List<EntityGroup> groups,
            Map<String, @Nullable Object> values,
            Map<String, @Nullable Object> sent) {
        Map<String, List<List<Map<String, @Nullable Object>>>> targets = new LinkedHashMap<>();
        boolean any = false;
        for (EntityGroup group : groups) {
            List<Object> representations = new ArrayList<>();
            List<List<Map<String, @Nullable Object>>> objects = new ArrayList<>();
            targets(group, values, representations, objects);
            sent.put(group.variable(), representations);
            targets.put(group.alias(), objects);
            any |= !representations.isEmpty();
        }
        if (any) {
            sent.putAll(values);
            Map<String, @Nullable Object> answer = send(fetch, sent);
            for (var target : targets.entrySet()) {
                mergeAll(target.getValue(), answer.get(target.getKey()));
            }
        }
    }

    private Map<String, @Nullable Object> send(Fetch fetch, Map<String, @Nullable Object> sent) {
        return federation.send(fetch.subgraph(), fetch.document(), sent);
    }

    @SuppressWarnings("unchecked") // an answer to _entities
    private static void mergeAll(
            List<List<Map<String, @Nullable Object>>> objects, @Nullable Object answer) {
        List<Map<String, @Nullable Object>> entities = (List<Map<String, @Nullable Object>>) answer;
        for (int i = 0; entities != null && i < entities.size(); i++) {
            for (Map<String, @Nullable Object> object : objects.get(i)) {
                merge(object, entities.get(i));
            }
        }
    }

    private void targets(
            EntityGroup group,
            Map<String, @Nullable Object> values,
            List<Object> representations,
            List<List<Map<String, @Nullable Object>>> objects) {
        for (List<PathStep> path : group.paths()) {
            find(
                    tree,
                    path,
                    List.of(),
                    (object, above) -> {
                        if (values(group, above).filter(values::equals).isPresent()) {
                            add(group, object, representations, objects);
                        }
                    });
        }
    }

    private static void add(
            EntityGroup group,
            Map<String, @Nullable Object> object,
            List<Object> representations,
            List<List<Map<String, @Nullable Object>>> objects) {
        Map<String, @Nullable Object> representation = representation(group, object);
        if (representation == null) {
            return;
        }
        int at = representations.indexOf(representation);
        if (at < 0) {
            at = representations.size();
            representations.add(representation);
            objects.add(new ArrayList<>());
        }
        objects.get(at).add(object);
    }

    @SuppressWarnings("unchecked") // the merged tree
    private static void find(
            @Nullable Object at,
            List<PathStep> path,
            List<Map<?, ?>> above,
            BiConsumer<Map<String, @Nullable Object>, List<Map<?, ?>>> found) {
        if (at instanceof List<?> list) {
            list.forEach(it -> find(it, path, above, found));
        } else if (at instanceof Map<?, ?> map) {
            if (path.isEmpty()) {
                found.accept((Map<String, @Nullable Object>) map, above);
            } else if (path.getFirst().types().isEmpty()
                    || path.getFirst().types().contains(String.valueOf(map.get("__typename")))) {
                List<Map<?, ?>> more = new ArrayList<>(above);
                more.add(map);
                find(map.get(path.getFirst().planKey()), path.subList(1, path.size()), more, found);
            }
        }
    }

    /// Where nobody has told the type of an object, it is sent under the name that the subgraph has
    /// for all objects there.
    private static @Nullable Map<String, @Nullable Object> representation(
            EntityGroup group, Map<String, @Nullable Object> object) {
        Object type = object.get("__typename");
        for (Representation representation : group.representations()) {
            String sent = representation.typename();
            boolean applies =
                    type == null
                            ? sent != null
                            : representation.runtimeTypes().contains(type.toString());
            if (applies) {
                Map<String, @Nullable Object> written = new LinkedHashMap<>();
                written.put("__typename", sent == null ? type : sent);
                return write(object, representation.fields(), written) ? written : null;
            }
        }
        return null;
    }

    /// @return false where a field is absent
    private static boolean write(
            Map<?, ?> object,
            List<RepresentationField> fields,
            Map<String, @Nullable Object> target) {
        String type = String.valueOf(object.get("__typename"));
        for (RepresentationField field : fields) {
            if (!field.types().isEmpty() && !field.types().contains(type)) {
                continue;
            }
            if (!object.containsKey(field.planKey())) {
                return false;
            }
            @Nullable Object[] value = {object.get(field.planKey())};
            if (!field.fields().isEmpty() && !writeBelow(value, field.fields())) {
                return false;
            }
            target.put(field.name(), value[0]);
        }
        return true;
    }

    private static boolean writeBelow(@Nullable Object[] value, List<RepresentationField> fields) {
        if (value[0] instanceof List<?> list) {
            List<@Nullable Object> written = new ArrayList<>();
            for (Object element : list) {
                @Nullable Object[] below = {element};
                if (!writeBelow(below, fields)) {
                    return false;
                }
                written.add(below[0]);
            }
            value[0] = written;
        } else if (value[0] instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> written = new LinkedHashMap<>();
            value[0] = written;
            return write(map, fields, written);
        }
        return true;
    }

    /// Merges by key, lists by index; null never overwrites.
    private static void merge(
            Map<String, @Nullable Object> target, Map<String, @Nullable Object> source) {
        source.forEach((key, value) -> {
            Object there = target.get(key);
            if (there == null) {
                target.put(key, value);
            } else {
                mergeInto(there, value);
            }
        });
    }

    @SuppressWarnings("unchecked") // the merged tree
    private static void mergeInto(@Nullable Object target, @Nullable Object source) {
        if (target instanceof Map<?, ?> a && source instanceof Map<?, ?> b) {
            merge((Map<String, @Nullable Object>) a, (Map<String, @Nullable Object>) b);
        } else if (target instanceof List<?> a && source instanceof List<?> b) {
            for (int i = 0; i < a.size(); i++) {
                mergeInto(a.get(i), b.get(i));
            }
        }
    }

    private Map<String, @Nullable Object> output(
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
            Object typename = map.get("__typename");
            String type = typename == null ? possibleTypes.getFirst() : typename.toString();
            return output(map, type, fields.stream().map(OutputField::selections).toList());
        }
        return value;
    }
}
