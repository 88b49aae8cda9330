package dev.trivium.execution;

import dev.trivium.language.OperationType;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.Fetch.EntityGroup;
import dev.trivium.planner.plan.Fetch.FetchField;
import dev.trivium.planner.plan.Fetch.PathStep;
import dev.trivium.planner.plan.Fetch.RepresentationField;
import dev.trivium.planner.plan.OutputField;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.Supergraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Compiles one plan: first the layouts of the merged tree, from all that reads or fills it, then
/// what runs on them. A plan is compiled once and kept with its program, hence the streams.
final class ProgramCompiler {

    private final QueryPlan plan;

    /// What the client gets, whatever the part.
    private final List<OutputField> output;

    private final Supergraph supergraph;
    private final ErrorPolicy errors;
    private final TypeNames types;
    private final Layout root = new Layout();
    private final VariablePlan variables;

    /// All groups; each has its position, plus one, as its number.
    private final List<EntityGroup> groups;

    private final SharedPlaces shared;
    private int groupsCompiled;

    ProgramCompiler(QueryPlan plan, Supergraph supergraph, ErrorPolicy errors) {
        if (plan.fetches().size() >= Cell.MAX_BUFFERS) {
            throw new IllegalArgumentException("more fetches than a tree has buffers");
        }
        this.plan = plan;
        this.output = WholeOutput.of(plan);
        this.supergraph = supergraph;
        this.errors = errors;
        this.types = new TypeNames(supergraph);
        this.variables = VariablePlan.of(plan.variables(), new InputTypes(supergraph));
        this.groups =
                plan.fetches().stream()
                        .filter(fetch -> fetch.target() instanceof Fetch.Entities)
                        .flatMap(fetch -> ((Fetch.Entities) fetch.target()).groups().stream())
                        .toList();
        this.shared = new SharedPlaces(groups);
    }

    Program compile() {
        layOutOutput(output, root);
        plan.fetches().forEach(this::layOut);
        List<FetchProgram> fetches = new ArrayList<>();
        for (Fetch fetch : plan.fetches()) {
            fetches.add(fetch(fetch));
        }
        if (plan.introspection() != null) {
            fetches.add(introspection(plan.introspection(), fetches.size()));
        }
        return new Program(plan, types, root, variables, fetches, conditionVariables());
    }

    private void layOutOutput(List<OutputField> fields, Layout layout) {
        for (OutputField field : fields) {
            if (field.name().equals(Layout.TYPENAME)) {
                continue;
            }
            layout.slot(field.planKey());
            if (field.kind() instanceof OutputField.Composite) {
                layOutOutput(field.selections(), layout.child(field.planKey()));
            }
        }
    }

    private void layOut(Fetch fetch) {
        switch (fetch.target()) {
            case Fetch.Root(var selections) -> layOutFetched(selections, root);
            case Fetch.Entities(var entityGroups) -> entityGroups.forEach(this::layOut);
        }
    }

    private void layOut(EntityGroup group) {
        Layout layout = at(group.paths().getFirst());
        for (List<PathStep> path : group.paths()) {
            layout.unify(at(path));
        }
        layOutFetched(group.selections(), layout);
        for (Fetch.Representation representation : group.representations()) {
            layOutRead(representation.fields(), layout);
        }
        // Makes the slots of what is read above the entities.
        contexts(group);
    }

    private Layout at(List<PathStep> path) {
        Layout layout = root;
        for (PathStep step : path) {
            layout = layout.child(step.planKey());
        }
        return layout;
    }

    private static void layOutFetched(List<FetchField> fields, Layout layout) {
        for (FetchField field : fields) {
            layout.slot(field.planKey());
            if (field.isObject()) {
                layOutFetched(field.selections(), layout.child(field.planKey()));
            }
        }
    }

    private static void layOutRead(List<RepresentationField> fields, Layout layout) {
        for (RepresentationField field : fields) {
            layout.slot(field.planKey());
            if (!field.fields().isEmpty()) {
                layOutRead(field.fields(), layout.child(field.planKey()));
            }
        }
    }

    private FetchProgram fetch(Fetch fetch) {
        List<EntityGroupProgram> compiled = new ArrayList<>();
        Shape shape =
                switch (fetch.target()) {
                    case Fetch.Root(var selections) -> Shape.of(selections, root, shared.ofRoot());
                    case Fetch.Entities(var entityGroups) -> {
                        entityGroups.forEach(group -> compiled.add(group(group)));
                        yield Shape.ofLists(
                                entityGroups.stream().map(EntityGroup::alias).toList(),
                                compiled.stream().map(EntityGroupProgram::shape).toList());
                    }
                };
        String service = supergraph.subgraphs().get(fetch.subgraph()).name();
        return new FetchProgram(
                fetch.id(),
                fetch.subgraph(),
                service,
                fetch.operationType() == OperationType.MUTATION,
                JsonText.utf8("{\"query\":" + JsonText.quote(fetch.document())),
                fetch.variables().stream().mapToInt(this::variable).toArray(),
                fetch.dependencies().size(),
                dependents(fetch.id()),
                fetch.condition(),
                shape,
                List.copyOf(compiled),
                errors.of(service));
    }

    private int variable(String name) {
        int number = variables.find(name);
        if (number < 0) {
            throw new IllegalArgumentException("the plan uses $" + name + ", which nobody defines");
        }
        return number;
    }

    private int[] dependents(int id) {
        return plan.fetches().stream()
                .filter(other -> other.dependencies().contains(id))
                .mapToInt(Fetch::id)
                .toArray();
    }

    private EntityGroupProgram group(EntityGroup group) {
        List<MergePath> paths = new ArrayList<>();
        for (List<PathStep> path : group.paths()) {
            paths.add(MergePath.of(path, root, typesAlong(path), types));
        }
        return EntityGroupProgram.of(
                ++groupsCompiled,
                group,
                List.copyOf(paths),
                at(group.paths().getFirst()),
                types,
                shared,
                contexts(group));
    }

    private List<ContextVariable> contexts(EntityGroup group) {
        return group.contexts().stream()
                .map(value -> ContextVariable.of(value, group.paths(), root, types))
                .toList();
    }

    /// The type of the objects at each step of a path and at its end, where the response says that
    /// there is only one.
    private int[] typesAlong(List<PathStep> path) {
        int[] along = new int[path.size() + 1];
        along[0] = types.id(plan.rootType());
        List<OutputField> fields = output;
        for (int i = 0; i < path.size(); i++) {
            String key = path.get(i).planKey();
            List<OutputField> same =
                    fields.stream().filter(field -> field.planKey().equals(key)).toList();
            along[i + 1] = onlyType(same);
            fields = same.stream().flatMap(field -> field.selections().stream()).toList();
        }
        return along;
    }

    private int onlyType(List<OutputField> fields) {
        Set<String> possible = new HashSet<>();
        for (OutputField field : fields) {
            if (field.kind() instanceof OutputField.Composite(_, List<String> possibleTypes)) {
                possible.addAll(possibleTypes);
            }
        }
        return possible.size() == 1 ? types.id(possible.iterator().next()) : TypeNames.UNKNOWN;
    }

    private FetchProgram introspection(String operation, int id) {
        List<FetchField> selections =
                output.stream()
                        .filter(field -> field.kind() instanceof OutputField.Introspection)
                        .map(field -> new FetchField(field.planKey(), List.of()))
                        .distinct()
                        .toList();
        return new FetchProgram(
                id,
                -1,
                null,
                false,
                JsonText.utf8(operation),
                IntStream.range(0, variables.count()).toArray(),
                0,
                new int[0],
                Condition.ALWAYS,
                Shape.of(selections, root, shared.ofRoot()),
                List.of(),
                errors.all());
    }

    private int[] conditionVariables() {
        List<String> names = new ArrayList<>();
        plan.fetches().forEach(fetch -> collect(fetch.condition(), names));
        collect(output, names);
        plan.deferred().forEach(part -> collect(part.condition(), names));
        return names.stream().distinct().mapToInt(this::variable).toArray();
    }

    private static void collect(List<OutputField> fields, List<String> names) {
        for (OutputField field : fields) {
            collect(field.condition(), names);
            collect(field.selections(), names);
        }
    }

    private static void collect(Condition condition, List<String> names) {
        condition.literals().forEach(literal -> names.add(literal.variable()));
    }
}
