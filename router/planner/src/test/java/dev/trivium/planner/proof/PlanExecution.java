package dev.trivium.planner.proof;

import dev.trivium.language.Definition;
import dev.trivium.language.Value;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.DeferredPart;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.Fetch.ContextSource;
import dev.trivium.planner.plan.Fetch.ContextValue;
import dev.trivium.planner.plan.Fetch.EntityGroup;
import dev.trivium.planner.plan.Fetch.PathStep;
import dev.trivium.planner.plan.Fetch.Representation;
import dev.trivium.planner.plan.Fetch.RepresentationField;
import dev.trivium.planner.plan.QueryPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Executes a plan as its records say, on maps and lists, one fetch after the other.
final class PlanExecution {
    /// What a client gets.
    ///
    /// @param parts the deferred ones, in the order in which they are sent
    record Response(Map<String, @Nullable Object> initial, List<PlanResponse.Part> parts) {}

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

    /// Answers a query or mutation.
    ///
    /// @param variables as the client sends them
    static Response execute(
            Federation federation, QueryPlan plan, Map<String, @Nullable Object> variables) {
        return new PlanExecution(plan, federation, variables).execute();
    }

    /// Answers a subscription: fetch 0 brings events, for each of which the others are done.
    static List<Map<String, @Nullable Object>> subscribe(
            Federation federation, QueryPlan plan, Map<String, @Nullable Object> variables) {
        PlanExecution source = new PlanExecution(plan, federation, variables);
        Fetch first = plan.fetches().getFirst();
        return federation.subscribe(first.subgraph(), first.document(), source.sent(first)).stream()
                .map(it -> new PlanExecution(plan, federation, variables).answer(it))
                .toList();
    }

    private Map<String, @Nullable Object> answer(Map<String, @Nullable Object> event) {
        if (plan.fetches().getFirst().target() instanceof Fetch.Root(var expected)) {
            MergeAnswer.into(tree, event, expected);
        }
        run(plan.fetches().subList(1, plan.fetches().size()));
        return new PlanResponse(plan, this::holds).initial(tree);
    }

    private Response execute() {
        Map<Integer, Integer> later = PartsOfFetches.of(plan, this::holds);
        run(plan.fetches().stream().filter(it -> !later.containsKey(it.id())).toList());
        String introspection = plan.introspection();
        if (introspection != null) {
            tree.putAll(federation.answer(introspection, known(introspection)));
        }
        PlanResponse response = new PlanResponse(plan, this::holds);
        Map<String, @Nullable Object> initial = response.initial(tree);
        List<PlanResponse.Part> parts = new ArrayList<>();
        for (DeferredPart part : plan.deferred()) {
            if (holds(part.condition())) {
                Integer number = part.number();
                run(plan.fetches().stream().filter(it -> later.remove(it.id(), number)).toList());
                parts.addAll(response.parts(tree, part));
            }
        }
        return new Response(initial, parts);
    }

    private void run(List<Fetch> fetches) {
        fetches.stream().filter(it -> holds(it.condition())).forEach(this::execute);
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

    /// The client's variables that a fetch uses.
    private Map<String, @Nullable Object> sent(Fetch fetch) {
        Map<String, @Nullable Object> sent = new LinkedHashMap<>();
        for (String variable : fetch.variables()) {
            if (variables.containsKey(variable)) {
                sent.put(variable, variables.get(variable));
            }
        }
        return sent;
    }

    private void execute(Fetch fetch) {
        switch (fetch.target()) {
            case Fetch.Root(var expected) ->
                    MergeAnswer.into(tree, send(fetch, sent(fetch)), expected);
            case Fetch.Entities(var groups) -> {
                if (groups.stream().allMatch(it -> it.contexts().isEmpty())) {
                    List<Batch> batches = new ArrayList<>();
                    for (EntityGroup group : groups) {
                        Batch batch = new Batch(group);
                        targets(group).forEach(it -> batch.add(it.object(), it.representation()));
                        batches.add(batch);
                    }
                    send(fetch, batches, sent(fetch));
                } else {
                    sendByContexts(fetch, groups.getFirst());
                }
            }
        }
    }

    /// One request for each combination of the values of contexts.
    private void sendByContexts(Fetch fetch, EntityGroup group) {
        Map<Map<String, @Nullable Object>, Batch> batches = new LinkedHashMap<>();
        for (Target target : targets(group)) {
            Map<String, @Nullable Object> values = contextValues(group, target);
            if (values != null) {
                batches.computeIfAbsent(values, _ -> new Batch(group))
                        .add(target.object(), target.representation());
            }
        }
        batches.forEach((values, batch) -> {
            Map<String, @Nullable Object> sent = sent(fetch);
            sent.putAll(values);
            send(fetch, List.of(batch), sent);
        });
    }

    private void send(Fetch fetch, List<Batch> batches, Map<String, @Nullable Object> sent) {
        batches.forEach(it -> sent.put(it.group.variable(), it.representations));
        if (batches.stream().anyMatch(it -> !it.representations.isEmpty())) {
            Map<String, @Nullable Object> answer = send(fetch, sent);
            batches.forEach(it -> it.merge(answer.get(it.group.alias())));
        }
    }

    private Map<String, @Nullable Object> send(Fetch fetch, Map<String, @Nullable Object> sent) {
        return federation.send(fetch.subgraph(), fetch.document(), sent);
    }

    /// An object to be sent, with those above it, the root first.
    private record Target(
            Map<String, @Nullable Object> object,
            List<Map<?, ?>> above,
            Map<String, @Nullable Object> representation) {}

    /// The entities of one request, each once.
    private static final class Batch {
        private final EntityGroup group;
        private final List<Object> representations = new ArrayList<>();
        private final List<List<Map<String, @Nullable Object>>> objects = new ArrayList<>();

        Batch(EntityGroup group) {
            this.group = group;
        }

        void add(
                Map<String, @Nullable Object> object,
                Map<String, @Nullable Object> representation) {
            int at = representations.indexOf(representation);
            if (at < 0) {
                at = representations.size();
                representations.add(representation);
                objects.add(new ArrayList<>());
            }
            objects.get(at).add(object);
        }

        @SuppressWarnings("unchecked") // an answer to _entities
        void merge(@Nullable Object answer) {
            List<Map<String, @Nullable Object>> entities =
                    (List<Map<String, @Nullable Object>>) answer;
            for (int i = 0; entities != null && i < entities.size(); i++) {
                for (Map<String, @Nullable Object> object : objects.get(i)) {
                    MergeAnswer.into(object, entities.get(i), group.selections());
                }
            }
        }
    }

    private List<Target> targets(EntityGroup group) {
        List<Target> targets = new ArrayList<>();
        for (List<PathStep> path : group.paths()) {
            find(tree, path, List.of(), group, targets);
        }
        return targets;
    }

    @SuppressWarnings("unchecked") // the merged tree
    private static void find(
            @Nullable Object at,
            List<PathStep> path,
            List<Map<?, ?>> above,
            EntityGroup group,
            List<Target> targets) {
        if (at instanceof List<?> list) {
            list.forEach(it -> find(it, path, above, group, targets));
        } else if (at instanceof Map<?, ?> map) {
            if (path.isEmpty()) {
                Map<String, @Nullable Object> object = (Map<String, @Nullable Object>) map;
                Map<String, @Nullable Object> representation = representation(group, object);
                if (representation != null) {
                    targets.add(new Target(object, above, representation));
                }
            } else if (isOf(path.getFirst().types(), map)) {
                List<Map<?, ?>> below = new ArrayList<>(above);
                below.add(map);
                Object next = map.get(path.getFirst().planKey());
                find(next, path.subList(1, path.size()), below, group, targets);
            }
        }
    }

    private static boolean isOf(List<String> types, Map<?, ?> object) {
        return types.isEmpty() || types.contains(String.valueOf(object.get("__typename")));
    }

    /// The values of a group's context variables; null where one is absent.
    private static @Nullable Map<String, @Nullable Object> contextValues(
            EntityGroup group, Target target) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (ContextValue context : group.contexts()) {
            for (ContextSource source : context.sources()) {
                Map<?, ?> object = target.above().get(target.above().size() - source.up());
                if (isOf(source.types(), object)) {
                    @Nullable Object[] value = {object};
                    if (!follow(value, source.planKeys())) {
                        return null;
                    }
                    values.put(context.variable(), value[0]);
                    break;
                }
            }
            if (!values.containsKey(context.variable())) {
                return null;
            }
        }
        return values;
    }

    /// Replaces an object by what its fields lead to; nothing leads to null.
    ///
    /// @return false where a field is absent
    private static boolean follow(@Nullable Object[] value, List<String> planKeys) {
        if (planKeys.isEmpty()) {
            value[0] = value[0] instanceof Map ? null : value[0];
        } else if (value[0] instanceof List<?> list) {
            List<@Nullable Object> followed = new ArrayList<>();
            for (Object element : list) {
                @Nullable Object[] below = {element};
                if (!follow(below, planKeys)) {
                    return false;
                }
                followed.add(below[0]);
            }
            value[0] = followed;
        } else if (value[0] instanceof Map<?, ?> map) {
            value[0] = map.get(planKeys.getFirst());
            return map.containsKey(planKeys.getFirst())
                    && follow(value, planKeys.subList(1, planKeys.size()));
        }
        return true;
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
                            ? representation.untold()
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
}
