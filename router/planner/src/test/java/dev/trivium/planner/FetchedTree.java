package dev.trivium.planner;

import dev.trivium.language.Directive;
import dev.trivium.language.Selection;
import dev.trivium.language.Value;
import dev.trivium.planner.plan.Condition.Literal;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.Fetch.PathStep;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import dev.trivium.supergraph.SupergraphType.Composite;
import dev.trivium.supergraph.SupergraphType.Field;
import dev.trivium.supergraph.SupergraphType.JoinField;
import dev.trivium.supergraph.SupergraphType.JoinImplements;
import dev.trivium.supergraph.SupergraphType.ObjectType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the fetches of a plan put into the merged tree, read from their documents.
final class FetchedTree {

    /// A field is there for some runtime types, once a fetch has ended, if some literals hold.
    private record Fact(Set<String> types, int fetch, Set<Literal> literals) {}

    /// Who needs a field.
    ///
    /// @param fetches those that have ended; null for all
    /// @param held the literals that hold
    record Need(@Nullable Set<Integer> fetches, Set<Literal> held) {}

    static final class Node {
        private final Map<String, List<Fact>> facts = new HashMap<>();
        private final Map<String, Node> below = new HashMap<>();

        Node below(String planKey) {
            return below.computeIfAbsent(planKey, _ -> new Node());
        }

        private List<Fact> facts(String planKey) {
            return facts.getOrDefault(planKey, List.of());
        }
    }

    /// Where selections are read.
    ///
    /// @param type in the subgraph
    /// @param types the possible runtime types
    /// @param provided the external fields that may be asked for
    private record At(
            String type, Set<String> types, Set<Literal> literals, List<Selection> provided) {}

    private final Supergraph supergraph;
    private final SchemaTypes schema;
    private final List<String> problems;
    private final Node root = new Node();

    FetchedTree(Supergraph supergraph, List<String> problems) {
        this.supergraph = supergraph;
        this.schema = new SchemaTypes(supergraph, true);
        this.problems = problems;
    }

    Node root() {
        return root;
    }

    /// The possible types of a field's value.
    Set<String> typesBelow(String type, String field) {
        Field found = field(type, field);
        return new LinkedHashSet<>(schema.possibleTypes(found.type().namedType()));
    }

    private Field field(String type, String field) {
        Composite composite = (Composite) type(type);
        return Objects.requireNonNull(composite.fields().get(field), field);
    }

    private SupergraphType type(String name) {
        return Objects.requireNonNull(supergraph.types().get(name), name);
    }

    /// Adds what a fetch asks for below some paths.
    void add(
            Fetch fetch,
            List<List<PathStep>> paths,
            List<String> types,
            List<Selection> selections,
            String type) {
        Set<Literal> literals = new HashSet<>(fetch.condition().literals());
        for (List<PathStep> path : paths) {
            Node node = root;
            for (PathStep step : path) {
                node = node.below(step.planKey());
            }
            add(node, fetch, selections, new At(type, Set.copyOf(types), literals, List.of()));
        }
    }

    private void add(Node node, Fetch fetch, List<Selection> selections, At at) {
        for (Selection selection : selections) {
            Set<Literal> literals = new HashSet<>(at.literals());
            literals.addAll(literals(selection));
            switch (selection) {
                case Selection.FragmentSpread _ -> throw new AssertionError("a spread");
                case Selection.InlineFragment inline -> {
                    String on = inline.typeCondition();
                    String type = on == null ? at.type() : on;
                    Set<String> types = new HashSet<>(at.types());
                    if (on != null) {
                        types.retainAll(possibleIn(on, fetch.subgraph()));
                    }
                    At narrowed = new At(type, types, literals, at.provided());
                    add(node, fetch, inline.selections(), narrowed);
                }
                case Selection.Field field ->
                        add(
                                node,
                                fetch,
                                field,
                                new At(at.type(), at.types(), literals, at.provided()));
            }
        }
    }

    private void add(Node node, Fetch fetch, Selection.Field selected, At at) {
        String key = selected.responseKey();
        node.facts
                .computeIfAbsent(key, _ -> new ArrayList<>())
                .add(new Fact(at.types(), fetch.id(), at.literals()));
        if (selected.name().equals("__typename")) {
            return;
        }
        Field field = field(at.type(), selected.name());
        JoinField join = SubgraphSchema.in(field, fetch.subgraph());
        List<Selection> provided = new ArrayList<>();
        for (Selection selection : at.provided()) {
            if (selection instanceof Selection.Field it && it.name().equals(selected.name())) {
                provided.addAll(it.selections());
            }
        }
        boolean isProvided =
                at.provided().stream()
                        .anyMatch(it ->
                                it instanceof Selection.Field f
                                        && f.name().equals(selected.name()));
        if (join == null || (join.external() && !isProvided)) {
            problems.add(
                    "fetch %d asks for %s.%s, which the subgraph does not serve"
                            .formatted(fetch.id(), at.type(), selected.name()));
            return;
        }
        if (selected.selections().isEmpty()) {
            return;
        }
        if (join.provides() != null) {
            provided.addAll(PlanCase.selections(join.provides()));
        }
        String type = join.type() == null ? field.type().namedType() : join.type().namedType();
        Set<String> types = possibleIn(type, fetch.subgraph());
        add(node.below(key), fetch, selected.selections(), new At(type, types, Set.of(), provided));
    }

    private Set<String> possibleIn(String type, int subgraph) {
        Set<String> possible = new LinkedHashSet<>();
        for (String name : schema.possibleTypes(type)) {
            boolean there =
                    switch (type(type)) {
                        case SupergraphType.UnionType union ->
                                union.members().getOrDefault(name, List.of()).contains(subgraph);
                        case SupergraphType.InterfaceType _ ->
                                ((ObjectType) type(name))
                                        .interfaces()
                                        .contains(new JoinImplements(subgraph, type));
                        default -> true;
                    };
            if (there) {
                possible.add(name);
            }
        }
        return possible;
    }

    /// The literals that all selections have in common.
    static Set<Literal> common(List<Selection> selections) {
        Set<Literal> common = null;
        for (Selection selection : selections) {
            Set<Literal> literals = literals(selection);
            if (selection instanceof Selection.InlineFragment inline) {
                literals.addAll(common(inline.selections()));
            }
            if (common == null) {
                common = literals;
            } else {
                common.retainAll(literals);
            }
        }
        return common == null ? Set.of() : common;
    }

    private static Set<Literal> literals(Selection selection) {
        Set<Literal> literals = new HashSet<>();
        for (Directive directive : selection.directives()) {
            if (directive.argument("if") instanceof Value.Variable(var name)) {
                literals.add(new Literal(name, directive.name().equals("include")));
            }
        }
        return literals;
    }

    /// The node at the end of a path that exists once the needed fetches have ended. What must hold
    /// for the path to exist holds for the needs at its end.
    @Nullable Node walk(List<PathStep> path, Need need, String what) {
        Node node = root;
        for (PathStep step : path) {
            List<Fact> facts = node.facts(step.planKey());
            if (facts.stream().noneMatch(it -> ended(it, need) && applies(it, step.types()))) {
                problems.add(what + " does not wait for what fetches " + step);
                return null;
            }
            for (String type : step.types()) {
                require(node, "__typename", type, need, what);
            }
            need.held().addAll(commonLiterals(facts));
            node = node.below(step.planKey());
        }
        return node;
    }

    private static Set<Literal> commonLiterals(List<Fact> facts) {
        Set<Literal> common = new HashSet<>(facts.getFirst().literals());
        facts.forEach(it -> common.retainAll(it.literals()));
        return common;
    }

    private static boolean applies(Fact fact, List<String> types) {
        return types.isEmpty() || types.stream().anyMatch(fact.types()::contains);
    }

    private static boolean ended(Fact fact, Need need) {
        return need.fetches() == null || need.fetches().contains(fact.fetch());
    }

    /// Reports where a field is not there for a runtime type when it is needed.
    void require(Node node, String planKey, String type, Need need, String what) {
        boolean there =
                node.facts(planKey).stream()
                        .anyMatch(it ->
                                ended(it, need)
                                        && it.types().contains(type)
                                        && need.held().containsAll(it.literals()));
        if (!there) {
            problems.add(what + ": nobody fetches " + planKey + " in time");
        }
    }
}
