package dev.trivium.planner.proof;

import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.Selection;
import dev.trivium.language.Value;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.DeferredPart;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.Fetch.EntityGroup;
import dev.trivium.planner.plan.Fetch.PathStep;
import dev.trivium.planner.plan.Fetch.Representation;
import dev.trivium.planner.plan.OutputField;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.planner.proof.MergedTree.Node;
import dev.trivium.planner.proof.MergedTree.Slot;
import dev.trivium.supergraph.SupergraphType.ContextArgument;
import dev.trivium.supergraph.SupergraphType.JoinField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Runs a plan without data, under one choice of the Boolean variables: follows which fields every
/// fetch brings to objects of every runtime type, and reports what is asked for in vain.
final class PlanSimulation {

    /// A plan, read.
    ///
    /// @param documents of the fetches
    /// @param closures the fetches that each fetch waits for
    /// @param labels the active labels of progressive overrides
    record Plan(
            QueryPlan plan,
            List<Document> documents,
            List<Set<Integer>> closures,
            Set<String> labels) {}

    /// Objects of one runtime type.
    ///
    /// @param above where they were found, null for the root
    record Place(Node node, String type, @Nullable Place above) {}

    /// Selections of a fetch.
    ///
    /// @param provided external fields that may be asked for
    /// @param group of the entities of which these are the fields, or null
    private record Asked(
            Fetch fetch,
            ClientSelections reader,
            List<Selection> selections,
            List<Selection> provided,
            @Nullable EntityGroup group) {}

    private static final String TYPENAME = "__typename";

    private final SchemaView schema;
    private final Plan plan;
    private final Map<String, Boolean> choice;
    private final Set<String> problems;
    private final Set<String> absences = new LinkedHashSet<>();
    private final InputCheck inputs;
    private final ContextCheck contexts;
    private final Node root = new Node();

    PlanSimulation(
            SchemaView schema, Plan plan, Map<String, Boolean> choice, Set<String> problems) {
        this.schema = schema;
        this.plan = plan;
        this.choice = choice;
        this.problems = problems;
        this.inputs = new InputCheck(schema, problems, absences);
        this.contexts = new ContextCheck(schema, problems, absences);
    }

    void run(Document document, Definition.Operation operation) {
        for (Fetch fetch : plan.plan().fetches()) {
            if (holds(fetch.condition())) {
                run(fetch);
            }
        }
        ClientSelections client =
                new ClientSelections(
                        document, (object, type) -> schema.possible(type).contains(object));
        List<Below> deferred = new ArrayList<>();
        for (DeferredPart part : plan.plan().deferred()) {
            if (holds(part.condition())) {
                deferred.add(new Below(part, part.path()));
            }
        }
        checkOutput(
                client,
                top(),
                operation.selections(),
                response(List.of(new Output(0, plan.plan().output())), deferred, ""));
        if (!problems.isEmpty()) {
            problems.addAll(absences);
        }
    }

    private boolean holds(Condition condition) {
        return condition.literals().stream()
                .allMatch(it -> Objects.equals(choice.get(it.variable()), it.value()));
    }

    private void problem(Fetch fetch, String what) {
        problems.add("fetch " + fetch.id() + " " + what);
    }

    private void run(Fetch fetch) {
        Document document = plan.documents().get(fetch.id());
        ClientSelections reader =
                new ClientSelections(
                        document,
                        (object, type) ->
                                schema.possibleIn(type, fetch.subgraph()).contains(object));
        List<Selection> selections =
                document.definitions(Definition.Operation.class).getFirst().selections();
        switch (fetch.target()) {
            case Fetch.Root _ ->
                    bring(
                            new Asked(fetch, reader, selections, List.of(), null),
                            top(),
                            plan.plan().rootType());
            case Fetch.Entities(var groups) -> {
                SequencedMap<String, List<Selection.Field>> fields =
                        reader.collect(selections, plan.plan().rootType(), choice);
                for (EntityGroup group : groups) {
                    List<Selection.Field> entities = fields.getOrDefault(group.alias(), List.of());
                    if (entities.isEmpty()) {
                        continue;
                    }
                    Value sent =
                            ClientSelections.arguments(entities.getFirst()).get("representations");
                    if (!new Value.Variable(group.variable()).equals(sent)) {
                        problem(fetch, "sends " + sent + " as " + group.alias());
                    }
                    List<Selection> below = ClientSelections.below(entities);
                    run(group, new Asked(fetch, reader, below, List.of(), group));
                }
            }
        }
    }

    private void run(EntityGroup group, Asked asked) {
        Fetch fetch = asked.fetch();
        for (List<PathStep> path : group.paths()) {
            for (Place place : walk(fetch, path)) {
                List<Representation> matching =
                        group.representations().stream()
                                .filter(it -> it.runtimeTypes().contains(place.type()))
                                .toList();
                if (matching.size() > 1) {
                    problem(fetch, "has several representations of " + place.type());
                }
                var wanted = asked.reader().collect(asked.selections(), place.type(), choice);
                if (!matching.isEmpty() && !wanted.isEmpty()) {
                    Set<Integer> ended = plan.closures().get(fetch.id());
                    String what = "fetch " + fetch.id() + " needs of " + path + place.type();
                    List<String> names =
                            wanted.values().stream().map(it -> it.getFirst().name()).toList();
                    var entity =
                            new InputCheck.Entity(fetch, place.node(), place.type(), ended, what);
                    Representation sent = matching.getFirst();
                    if (inputs.check(entity, sent, names)) {
                        String name = Objects.requireNonNullElse(sent.typename(), place.type());
                        bring(asked, place, schema.knownAs(name, place.type(), fetch.subgraph()));
                    }
                }
            }
        }
    }

    /// The objects that are at the end of a path once the dependencies of a fetch have ended.
    private List<Place> walk(Fetch fetch, List<PathStep> path) {
        Set<Integer> ended = plan.closures().get(fetch.id());
        List<Place> places = List.of(top());
        for (PathStep step : path) {
            List<Place> next = new ArrayList<>();
            for (Place place : places) {
                if (!step.types().isEmpty()) {
                    if (!step.types().contains(place.type())) {
                        continue;
                    }
                    Slot typename = place.node().find(place.type(), TYPENAME);
                    if (typename == null || !typename.isThere(ended)) {
                        absences.add(
                                "fetch " + fetch.id() + " follows " + step + ": no __typename");
                        continue;
                    }
                }
                Slot slot = place.node().find(place.type(), step.planKey());
                if (slot == null) {
                    continue;
                }
                if (!slot.isThere(ended)) {
                    absences.add("fetch " + fetch.id() + " does not wait for " + step);
                    continue;
                }
                for (String kind : schema.kinds(place.type(), slot.name)) {
                    next.add(new Place(slot.below, kind, place));
                }
            }
            places = next;
        }
        return places;
    }

    private Place top() {
        return new Place(root, plan.plan().rootType(), null);
    }

    private void requireTypename(Place place, String what) {
        if (place.node().find(place.type(), TYPENAME) == null) {
            problems.add(what + ": nobody fetches __typename of " + place.type());
        }
    }

    /// Notes what a fetch brings to some objects, and checks that the subgraph serves it.
    ///
    /// @param there what the subgraph takes the objects for
    private void bring(Asked asked, Place place, String there) {
        Fetch fetch = asked.fetch();
        int subgraph = fetch.subgraph();
        var fields = asked.reader().collect(asked.selections(), place.type(), choice);
        for (var entry : fields.entrySet()) {
            Selection.Field field = entry.getValue().getFirst();
            String name = field.name();
            if (name.equals(TYPENAME)) {
                if (there.equals(place.type())) {
                    place.node().add(place.type(), TYPENAME, TYPENAME, Map.of()).bring(fetch.id());
                }
                continue;
            }
            JoinField join = schema.join(there, name, subgraph);
            Map<String, Value> arguments = ClientSelections.arguments(field);
            for (var argument :
                    join == null ? List.<ContextArgument>of() : join.contextArguments()) {
                Value sent = arguments.remove(argument.name());
                Set<Integer> ended = plan.closures().get(fetch.id());
                contexts.check(
                        argument, sent, asked.group(), new ContextCheck.At(fetch, place, ended));
            }
            Slot slot = place.node().add(place.type(), entry.getKey(), name, arguments);
            slot.bring(fetch.id());
            if (!slot.name.equals(name) || !slot.arguments.equals(arguments)) {
                problem(fetch, "puts " + name + arguments + " in the place of " + slot);
            }
            List<Selection> provided = inputs.below(asked.provided(), name, place.type());
            if (!serves(asked, join, place.type(), name)) {
                problem(fetch, "asks for " + there + "." + name + ", which is not served there");
                continue;
            }
            List<Selection> below = ClientSelections.below(entry.getValue());
            if (!below.isEmpty()) {
                String provides = Objects.requireNonNull(join).provides();
                List<Selection> all = new ArrayList<>(provided);
                all.addAll(provides == null ? List.of() : Data.selections(provides));
                Asked next = new Asked(fetch, asked.reader(), below, all, null);
                String type = schema.typeIn(there, name, subgraph).namedType();
                Set<String> possible = schema.possibleIn(type, subgraph);
                for (String kind : schema.kinds(place.type(), name)) {
                    if (possible.contains(kind)) {
                        Place value = new Place(slot.below, kind, place);
                        bring(next, value, schema.knownAs(type, kind, subgraph));
                    }
                }
            }
        }
    }

    private boolean serves(Asked asked, @Nullable JoinField join, String type, String name) {
        return join != null
                && (!join.external() || inputs.provides(asked.provided(), name, type))
                && SchemaView.isActive(join, plan.labels());
    }

    /// The output of a part of the response, at some objects.
    ///
    /// @param part 0 for the initial one
    private record Output(int part, List<OutputField> fields) {}

    /// A deferred part below some objects.
    private record Below(DeferredPart part, List<DeferredPart.Step> path) {}

    /// What the response has of some objects.
    private record Response(List<Output> outputs, List<Below> deferred, String path) {}

    private Response response(List<Output> outputs, List<Below> deferred, String path) {
        List<Output> here = new ArrayList<>(outputs);
        List<Below> below = new ArrayList<>();
        for (Below it : deferred) {
            if (it.path().isEmpty()) {
                here.add(new Output(it.part().number(), it.part().output()));
            } else {
                below.add(it);
            }
        }
        return new Response(here, below, path);
    }

    private void checkOutput(
            ClientSelections client, Place place, List<Selection> selections, Response response) {
        var wanted = client.collect(selections, place.type(), choice);
        SequencedMap<String, List<Output>> output = new LinkedHashMap<>();
        for (Output it : response.outputs()) {
            for (OutputField field : it.fields()) {
                if (applies(field.onTypes(), place) && holds(field.condition())) {
                    output.computeIfAbsent(field.responseKey(), _ -> new ArrayList<>())
                            .add(new Output(it.part(), List.of(field)));
                }
            }
        }
        String at = response.path() + "[" + place.type() + "]";
        boolean inOrder = plan.plan().deferred().isEmpty();
        boolean same =
                inOrder
                        ? List.copyOf(wanted.keySet()).equals(List.copyOf(output.keySet()))
                        : wanted.keySet().equals(output.keySet());
        if (!same) {
            problems.add(
                    "the response has %s at %s, not %s with %s"
                            .formatted(output.keySet(), at, wanted.keySet(), choice));
            return;
        }
        wanted.forEach((key, fields) -> {
            List<Below> below = new ArrayList<>();
            for (Below it : response.deferred()) {
                DeferredPart.Step step = it.path().getFirst();
                if (step.responseKey().equals(key) && applies(step.types(), place)) {
                    below.add(new Below(it.part(), it.path().subList(1, it.path().size())));
                }
            }
            List<Output> found = Objects.requireNonNull(output.get(key));
            checkField(client, place, fields, new Response(found, below, at + "." + key));
        });
    }

    private static boolean applies(List<String> types, Place place) {
        return types.isEmpty() || types.contains(place.type());
    }

    private void checkField(
            ClientSelections client, Place place, List<Selection.Field> fields, Response response) {
        Selection.Field field = fields.getFirst();
        String path = response.path();
        List<Output> below = new ArrayList<>();
        for (Output output : response.outputs()) {
            OutputField it = output.fields().getFirst();
            below.add(new Output(output.part(), it.selections()));
            if (!it.name().equals(field.name())) {
                problems.add("the response has " + it.name() + " at " + path);
            } else if (!field.name().startsWith("__")) {
                checkSlot(place, field, it, output.part(), path);
            }
        }
        OutputField first = response.outputs().getFirst().fields().getFirst();
        Slot slot = place.node().find(place.type(), first.planKey());
        if (slot != null && first.kind() instanceof OutputField.Composite(var _, var possible)) {
            Response next = response(below, response.deferred(), path);
            boolean alike =
                    next.outputs().stream()
                            .flatMap(it -> it.fields().stream())
                            .filter(it -> holds(it.condition()))
                            .allMatch(it -> it.onTypes().isEmpty() && !it.name().equals(TYPENAME));
            for (String kind : schema.kinds(place.type(), slot.name)) {
                Place object = new Place(slot.below, kind, place);
                if (possible.size() > 1 && !alike) {
                    requireTypename(object, "the response at " + path);
                }
                checkOutput(client, object, ClientSelections.below(fields), next);
            }
        }
    }

    private void checkSlot(
            Place place, Selection.Field field, OutputField output, int part, String path) {
        var type = schema.field(place.type(), field.name()).type();
        Slot slot = place.node().find(place.type(), output.planKey());
        if (!output.type().equals(type)) {
            problems.add("the response has a " + output.type() + " at " + path + ", not " + type);
        }
        if (slot == null || !slot.isThere(fetches(part))) {
            problems.add("nobody fetches %s for part %d with %s".formatted(path, part, choice));
        } else if (!slot.name.equals(field.name())
                || !slot.arguments.equals(ClientSelections.arguments(field))) {
            problems.add("the response has " + slot + " at " + path);
        }
    }

    /// The fetches that have ended when a part is sent: those of no part, its own, and those of the
    /// parts around it.
    private Set<Integer> fetches(int part) {
        Set<Integer> around = new TreeSet<>(Set.of(part));
        for (DeferredPart it : plan.plan().deferred().reversed()) {
            if (around.contains(it.number())) {
                around.add(it.outer());
            }
        }
        Map<Integer, Integer> parts = PartsOfFetches.of(plan.plan(), this::holds);
        Set<Integer> ended = new TreeSet<>();
        for (Fetch fetch : plan.plan().fetches()) {
            Integer number = parts.get(fetch.id());
            if (number == null || around.contains(number)) {
                ended.add(fetch.id());
            }
        }
        return ended;
    }
}
