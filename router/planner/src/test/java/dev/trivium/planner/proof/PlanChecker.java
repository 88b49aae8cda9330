package dev.trivium.planner.proof;

import dev.trivium.language.ClientSchema;
import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.OperationType;
import dev.trivium.language.Selection;
import dev.trivium.planner.plan.Condition.Literal;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.Supergraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Judges a query plan by its records and the client's text.
///
/// - Every subgraph operation is valid in its subgraph, and sends the variables that it declares.
/// - Under every choice of the Boolean variables ({@link PlanSimulation}): a subgraph is asked only
///   for what it serves, every input of a fetch comes from a fetch that it waits for, and the
///   output has the client's fields, at their places and from the right fields with the right
///   arguments.
/// - Root fields of a mutation are executed once, one after the other, in their order.
public final class PlanChecker {
    private static final int MOST_CHOICES = 16;

    private final SchemaView schema;
    private final List<ClientSchema> schemas = new ArrayList<>();

    public PlanChecker(Supergraph supergraph) {
        this.schema = new SchemaView(supergraph);
        for (int i = 0; i < schema.subgraphs(); i++) {
            schemas.add(SubgraphSchema.of(schema, i));
        }
    }

    /// @param document what the client sent
    /// @param operationName null where there is one operation
    /// @param labels the active labels of progressive overrides
    public List<String> problems(
            QueryPlan plan, Document document, @Nullable String operationName, Set<String> labels) {
        return new Check(plan, document, operation(document, operationName), labels).problems();
    }

    private static Definition.Operation operation(Document document, @Nullable String name) {
        return document.definitions(Definition.Operation.class).stream()
                .filter(it -> name == null || name.equals(it.name()))
                .findFirst()
                .orElseThrow();
    }

    private final class Check {
        private final QueryPlan plan;
        private final Document document;
        private final Definition.Operation operation;
        private final Set<String> labels;
        private final Set<String> problems = new LinkedHashSet<>();
        private final List<Set<Integer>> closures = new ArrayList<>();
        private final List<Document> documents = new ArrayList<>();

        Check(
                QueryPlan plan,
                Document document,
                Definition.Operation operation,
                Set<String> labels) {
            this.plan = plan;
            this.document = document;
            this.operation = operation;
            this.labels = labels;
        }

        List<String> problems() {
            for (Fetch fetch : plan.fetches()) {
                checkOrder(fetch);
                checkDocument(fetch);
            }
            checkRootOrder();
            if (problems.isEmpty()) {
                var plans = new PlanSimulation.Plan(plan, documents, closures, labels);
                for (Map<String, Boolean> choice : choices()) {
                    new PlanSimulation(schema, plans, choice, problems).run(document, operation);
                }
            }
            return List.copyOf(problems);
        }

        private void checkOrder(Fetch fetch) {
            if (fetch.id() != closures.size()) {
                problems.add("fetch " + fetch.id() + " stands at " + closures.size());
            }
            Set<Integer> closure = new TreeSet<>(fetch.dependencies());
            for (int dependency : fetch.dependencies()) {
                if (dependency < 0 || dependency >= closures.size()) {
                    problems.add("fetch " + fetch.id() + " depends on " + dependency);
                } else {
                    closure.addAll(closures.get(dependency));
                }
            }
            closures.add(closure);
            boolean waitsForAll = closure.size() == fetch.id();
            if (fetch.operationType() == OperationType.MUTATION && !waitsForAll) {
                problems.add("mutation " + fetch.id() + " does not wait for all before it");
            }
            boolean isRoot = fetch.target() instanceof Fetch.Root;
            if (isRoot != (fetch.operationType() == plan.operationType())
                    && plan.operationType() != OperationType.QUERY) {
                problems.add("fetch " + fetch.id() + " is a " + fetch.operationType());
            }
        }

        private void checkDocument(Fetch fetch) {
            Document text = Outcomes.operation(fetch.document());
            documents.add(text);
            schemas.get(fetch.subgraph())
                    .validate(text)
                    .forEach(it -> problems.add("fetch %d: %s".formatted(fetch.id(), it)));
            Definition.Operation sent = operation(text, null);
            Set<String> declared = new TreeSet<>();
            sent.variables().forEach(it -> declared.add(it.name()));
            Set<String> known = new TreeSet<>(fetch.variables());
            if (fetch.target() instanceof Fetch.Entities(var groups)) {
                for (Fetch.EntityGroup group : groups) {
                    known.add(group.variable());
                    group.contexts().forEach(it -> known.add(it.variable()));
                }
            }
            if (!declared.equals(known)) {
                problems.add("fetch " + fetch.id() + " declares " + declared + ", sends " + known);
            }
        }

        /// Each root field of a mutation or subscription stands in one root fetch, in the order of
        /// the client's text, whether its first place there applies or not.
        private void checkRootOrder() {
            if (plan.operationType() == OperationType.QUERY || !problems.isEmpty()) {
                return;
            }
            Map<String, Boolean> choice = new HashMap<>();
            operation.variables().forEach(it -> choice.put(it.name(), true));
            List<String> executed = new ArrayList<>();
            for (Fetch fetch : plan.fetches()) {
                boolean runs = fetch.condition().literals().stream().allMatch(Literal::value);
                if (runs && fetch.target() instanceof Fetch.Root) {
                    Document sent = documents.get(fetch.id());
                    executed.addAll(rootKeys(sent, operation(sent, null), choice));
                }
            }
            List<String> wanted = new ArrayList<>(rootKeys(document, operation, null));
            wanted.retainAll(rootKeys(document, operation, choice));
            if (!executed.equals(wanted)) {
                problems.add("the root fields run as " + executed + ", not as " + wanted);
            }
        }

        private List<String> rootKeys(
                Document of, Definition.Operation from, @Nullable Map<String, Boolean> choice) {
            List<String> keys = new ArrayList<>();
            new ClientSelections(of, String::equals)
                    .collect(from.selections(), plan.rootType(), choice)
                    .forEach((key, fields) -> {
                        Selection.Field first = fields.getFirst();
                        if (!first.name().startsWith("__")) {
                            keys.add(key);
                        }
                    });
            return keys;
        }

        /// All choices of the Boolean variables, or where they are too many, those that differ from
        /// all or none in one.
        private List<Map<String, Boolean>> choices() {
            List<String> variables =
                    operation.variables().stream()
                            .filter(it -> it.type().namedType().equals("Boolean"))
                            .map(Definition.VariableDefinition::name)
                            .toList();
            List<Map<String, Boolean>> choices = new ArrayList<>();
            int count = variables.size();
            if (count < 5) {
                for (int bits = 0; bits < 1 << count; bits++) {
                    choices.add(choice(variables, bits));
                }
                return choices;
            }
            for (int i = 0; i < MOST_CHOICES; i++) {
                int single = 1 << (i / 2);
                choices.add(choice(variables, i % 2 == 0 ? single : ~single));
            }
            return choices;
        }

        private static Map<String, Boolean> choice(List<String> variables, int bits) {
            Map<String, Boolean> choice = new HashMap<>();
            for (int i = 0; i < variables.size(); i++) {
                choice.put(variables.get(i), (bits >> i & 1) == 1);
            }
            return choice;
        }
    }
}
