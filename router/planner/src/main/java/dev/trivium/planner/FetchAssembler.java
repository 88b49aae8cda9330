package dev.trivium.planner;

import dev.trivium.language.Definition;
import dev.trivium.language.OperationType;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.Fetch.ContextValue;
import dev.trivium.planner.plan.Fetch.EntityGroup;
import dev.trivium.planner.plan.Fetch.PathStep;
import dev.trivium.planner.plan.Fetch.Representation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Joins groups into requests and writes their documents.
///
///     Group(a, depth 1, users.*), Group(a, depth 1, products.*)  ->  Fetch(a){_e0 _e1}
///
/// One request goes to each subgraph at each depth. Groups that ask for the same with the same
/// representations become one `_entities` field.
final class FetchAssembler {
    /// @param alone a group with contexts, or null
    private record Request(int subgraph, int depth, int part, @Nullable FetchGroup alone) {}

    private record Content(
            int facet,
            List<Representation> representations,
            BitSet objects,
            Selections selections,
            List<ContextValue> contexts) {}

    private final QueryGraph graph;
    private final Paths paths;
    private final Representations representations;
    private final OperationType operation;
    private final List<Definition.VariableDefinition> variables;
    private final String prefix;

    FetchAssembler(
            QueryGraph graph,
            Paths paths,
            OperationType operation,
            List<Definition.VariableDefinition> variables) {
        this.graph = graph;
        this.paths = paths;
        this.representations = new Representations(graph);
        this.operation = operation;
        this.variables = variables;
        this.prefix = unusedPrefix("representations", variables);
    }

    /// A start for names of variables that no variable of the client has.
    static String unusedPrefix(String wanted, List<Definition.VariableDefinition> variables) {
        StringBuilder prefix = new StringBuilder(wanted);
        while (variables.stream().anyMatch(it -> it.name().startsWith(prefix.toString()))) {
            prefix.append('_');
        }
        return prefix.toString();
    }

    /// Adds the fetches of one part.
    ///
    /// The groups of one part depend on each other only; its root fetches wait for all fetches that
    /// are there already.
    void add(PlannedPart part, List<Fetch> fetches) {
        SequencedMap<Request, List<FetchGroup>> requests = new LinkedHashMap<>();
        for (FetchGroup group : part.groups()) {
            requests.computeIfAbsent(request(group), _ -> new ArrayList<>()).add(group);
        }
        List<Integer> before = fetches.stream().map(Fetch::id).toList();
        for (List<FetchGroup> together : requests.values()) {
            TreeSet<Integer> dependencies = new TreeSet<>();
            for (FetchGroup group : together) {
                group.dependencies.forEach(it -> dependencies.add(part.id(it)));
            }
            if (together.getFirst().isRoot()) {
                dependencies.addAll(before);
            }
            int id = fetches.size();
            together.forEach(group -> part.joined(group, id));
            fetches.add(fetch(id, together, List.copyOf(dependencies)));
        }
    }

    private Request request(FetchGroup group) {
        FetchGroup alone = group.contexts.isEmpty() ? null : group;
        return new Request(graph.subgraph(group.facet), group.depth, group.part, alone);
    }

    private Fetch fetch(int id, List<FetchGroup> groups, List<Integer> dependencies) {
        List<Selections> built = groups.stream().map(group -> group.selections.build()).toList();
        Condition condition = common(groups, built);
        List<Selections> selections = built.stream().map(it -> without(it, condition)).toList();
        return groups.getFirst().isRoot()
                ? root(id, groups.getFirst(), selections.getFirst(), dependencies, condition)
                : entities(id, groups, selections, dependencies, condition);
    }

    private Fetch root(
            int id,
            FetchGroup group,
            Selections selections,
            List<Integer> dependencies,
            Condition condition) {
        DocumentWriter writer = new DocumentWriter(graph);
        writer.selections(selections, graph.root(operation), group.facet);
        return new Fetch(
                id,
                graph.subgraph(group.facet),
                operation,
                writer.operation(operation, List.of(), variables),
                List.copyOf(writer.used()),
                dependencies,
                condition,
                new Fetch.Root(selections.expected()));
    }

    private Fetch entities(
            int id,
            List<FetchGroup> groups,
            List<Selections> selections,
            List<Integer> dependencies,
            Condition condition) {
        SequencedMap<Content, List<List<PathStep>>> contents = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            FetchGroup group = groups.get(i);
            Content content =
                    new Content(
                            group.facet,
                            representations.of(group),
                            group.objects(),
                            selections.get(i),
                            contexts(group));
            contents.computeIfAbsent(content, _ -> new ArrayList<>()).add(paths.steps(group.path));
        }
        DocumentWriter writer = new DocumentWriter(graph);
        List<EntityGroup> entities = new ArrayList<>();
        List<String> own = new ArrayList<>();
        Set<String> filled = new HashSet<>();
        writer.open();
        for (var entry : contents.entrySet()) {
            Content content = entry.getKey();
            boolean single = contents.size() == 1;
            String alias = single ? "_entities" : "_e" + entities.size();
            String variable = single ? prefix : prefix + entities.size();
            writer.entities(
                    alias, variable, content.facet(), content.objects(), content.selections());
            own.add("$" + variable + ":[_Any!]!");
            entities.add(
                    new EntityGroup(
                            alias,
                            variable,
                            entry.getValue(),
                            content.representations(),
                            content.selections().expected(),
                            content.contexts()));
            for (ContextValue value : content.contexts()) {
                own.add("$" + value.variable() + ":" + value.type());
                filled.add(value.variable());
            }
        }
        writer.close();
        return new Fetch(
                id,
                graph.subgraph(groups.getFirst().facet),
                OperationType.QUERY,
                writer.operation(OperationType.QUERY, own, variables),
                writer.used().stream().filter(it -> !filled.contains(it)).toList(),
                dependencies,
                condition,
                new Fetch.Entities(entities));
    }

    private static List<ContextValue> contexts(FetchGroup group) {
        List<ContextValue> values = new ArrayList<>();
        group.contexts.forEach((read, variable) ->
                values.add(new ContextValue(variable, read.argument().type(), read.sources())));
        return values;
    }

    /// What holds whenever something of a request is wanted.
    private static Condition common(List<FetchGroup> groups, List<Selections> all) {
        Set<Condition.Literal> common = wanted(groups.getFirst(), all.getFirst());
        for (int i = 1; i < groups.size(); i++) {
            common.retainAll(wanted(groups.get(i), all.get(i)));
        }
        return new Condition(List.copyOf(common));
    }

    /// What all fields have in common. Of an object whose type is needed, too, nothing more may be
    /// asked for.
    private static Set<Condition.Literal> wanted(FetchGroup group, Selections selections) {
        Condition needed = Objects.requireNonNullElse(group.needed, Condition.ALWAYS);
        Set<Condition.Literal> wanted = new LinkedHashSet<>(needed.literals());
        selections.fields().forEach(it -> wanted.retainAll(it.condition().literals()));
        return wanted;
    }

    private static Selections without(Selections selections, Condition condition) {
        if (condition.isAlways()) {
            return selections;
        }
        return new Selections(
                selections.typename(),
                selections.isObject(),
                selections.fields().stream().map(it -> without(it, condition)).toList());
    }

    private static Selections.Field without(Selections.Field field, Condition condition) {
        return new Selections.Field(
                field.planKey(),
                field.name(),
                field.arguments(),
                new Condition(
                        field.condition().literals().stream()
                                .filter(it -> !condition.literals().contains(it))
                                .toList()),
                field.types(),
                field.below());
    }
}
