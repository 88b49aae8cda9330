package dev.trivium.planner;

import dev.trivium.language.ClientSchema;
import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.OperationType;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.language.Selection;
import dev.trivium.planner.FetchedTree.Need;
import dev.trivium.planner.plan.Condition.Literal;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.Fetch.EntityGroup;
import dev.trivium.planner.plan.Fetch.PathStep;
import dev.trivium.planner.plan.Fetch.Representation;
import dev.trivium.planner.plan.Fetch.RepresentationField;
import dev.trivium.planner.plan.OutputField;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.Supergraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Judges query plans by their records alone: every document is valid in its subgraph and asks for
/// nothing external, every input comes from a fetch that is waited for, every field of the response
/// is fetched whenever it is asked for, mutations run one after the other.
final class PlanChecker {
    private final Supergraph supergraph;
    private final List<ClientSchema> schemas = new ArrayList<>();

    PlanChecker(Supergraph supergraph) {
        this.supergraph = supergraph;
        for (int i = 0; i < supergraph.subgraphs().size(); i++) {
            schemas.add(SubgraphSchema.of(supergraph, i));
        }
    }

    List<String> problems(QueryPlan plan) {
        return new Check(plan).problems();
    }

    private final class Check {
        private final QueryPlan plan;
        private final List<String> problems = new ArrayList<>();
        private final List<Set<Integer>> closures = new ArrayList<>();
        private final FetchedTree tree;

        Check(QueryPlan plan) {
            this.plan = plan;
            this.tree = new FetchedTree(supergraph, problems);
        }

        List<String> problems() {
            for (Fetch fetch : plan.fetches()) {
                checkOrder(fetch);
                Definition.Operation operation = checkDocument(fetch);
                switch (fetch.target()) {
                    case Fetch.Root _ ->
                            tree.add(
                                    fetch,
                                    List.of(List.of()),
                                    List.of(plan.rootType()),
                                    operation.selections(),
                                    plan.rootType());
                    case Fetch.Entities(var groups) -> checkEntities(fetch, groups, operation);
                }
            }
            checkOutput(plan.output(), List.of(plan.rootType()), tree.root(), Set.of());
            return problems;
        }

        private void checkOrder(Fetch fetch) {
            if (fetch.id() != closures.size()) {
                problems.add("fetch " + fetch.id() + " stands at " + closures.size());
            }
            Set<Integer> closure = new TreeSet<>(fetch.dependencies());
            for (int dependency : fetch.dependencies()) {
                if (dependency < 0 || dependency >= fetch.id()) {
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
        }

        private Definition.Operation checkDocument(Fetch fetch) {
            Document document =
                    PlanCase.value(Parser.parseOperation(fetch.document(), ParserLimits.DEFAULT));
            schemas.get(fetch.subgraph())
                    .validate(document)
                    .forEach(it -> problems.add("fetch %d: %s".formatted(fetch.id(), it)));
            Definition.Operation operation =
                    document.definitions(Definition.Operation.class).getFirst();
            Set<String> declared = new TreeSet<>();
            operation.variables().forEach(it -> declared.add(it.name()));
            Set<String> known = new TreeSet<>(fetch.variables());
            if (fetch.target() instanceof Fetch.Entities(var groups)) {
                groups.forEach(it -> known.add(it.variable()));
            }
            if (!declared.equals(known)) {
                problems.add("fetch " + fetch.id() + " declares " + declared + ", sends " + known);
            }
            return operation;
        }

        private void checkEntities(
                Fetch fetch, List<EntityGroup> groups, Definition.Operation operation) {
            for (EntityGroup group : groups) {
                Selection.Field field =
                        operation.selections().stream()
                                .map(Selection.Field.class::cast)
                                .filter(it -> it.responseKey().equals(group.alias()))
                                .findFirst()
                                .orElseThrow();
                Set<Literal> held = new HashSet<>(fetch.condition().literals());
                held.addAll(FetchedTree.common(field.selections()));
                List<String> types = new ArrayList<>();
                for (Representation representation : group.representations()) {
                    types.addAll(representation.runtimeTypes());
                    group.paths().forEach(path -> checkInputs(fetch, path, representation, held));
                }
                tree.add(fetch, group.paths(), types, field.selections(), "_Entity");
            }
        }

        private void checkInputs(
                Fetch fetch,
                List<PathStep> path,
                Representation representation,
                Set<Literal> held) {
            Need need = new Need(closures.get(fetch.id()), new HashSet<>(held));
            FetchedTree.Node node = tree.walk(path, need, "fetch " + fetch.id());
            if (node == null) {
                return;
            }
            for (String type : representation.runtimeTypes()) {
                String what = "fetch " + fetch.id() + " needs " + path + " " + type;
                tree.require(node, "__typename", type, need, what);
                checkFields(node, representation.fields(), type, need, what);
            }
        }

        private void checkFields(
                FetchedTree.Node node,
                List<RepresentationField> fields,
                String type,
                Need need,
                String what) {
            for (RepresentationField field : fields) {
                if (!field.types().isEmpty() && !field.types().contains(type)) {
                    continue;
                }
                tree.require(node, field.planKey(), type, need, what);
                Set<String> below = tree.typesBelow(type, field.name());
                if (!field.fields().isEmpty() && below.size() == 1) {
                    checkFields(
                            node.below(field.planKey()),
                            field.fields(),
                            below.iterator().next(),
                            need,
                            what + "." + field.name());
                }
            }
        }

        private void checkOutput(
                List<OutputField> fields,
                List<String> types,
                FetchedTree.Node node,
                Set<Literal> held) {
            for (OutputField field : fields) {
                if (field.name().startsWith("__")) {
                    continue;
                }
                Set<Literal> holds = new LinkedHashSet<>(held);
                holds.addAll(field.condition().literals());
                Need need = new Need(null, holds);
                for (String type : field.onTypes().isEmpty() ? types : field.onTypes()) {
                    String what = "the response needs " + field.responseKey() + " of " + type;
                    tree.require(node, field.planKey(), type, need, what);
                }
                if (field.kind() instanceof OutputField.Composite(var _, var possible)) {
                    checkOutput(field.selections(), possible, node.below(field.planKey()), holds);
                }
            }
        }
    }
}
