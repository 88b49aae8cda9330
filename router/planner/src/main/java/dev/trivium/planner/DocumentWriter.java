package dev.trivium.planner;

import dev.trivium.language.Argument;
import dev.trivium.language.Definition;
import dev.trivium.language.OperationType;
import dev.trivium.language.Value;
import dev.trivium.planner.SharedFragments.Span;
import dev.trivium.planner.plan.Condition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Writes selections in the terms of one subgraph, of each value in those of its {@link Facets
/// facet}.
///
/// Fields of all runtime types that the subgraph can return stand in the selection set of the
/// interface, where it has them; others stand in fragments on an interface that has just the wanted
/// types, or else on each of the object types. Selection sets that repeat become fragments.
final class DocumentWriter {
    private final QueryGraph graph;
    private final StringBuilder out = new StringBuilder();
    private final List<Span> spans = new ArrayList<>();
    private final SequencedSet<String> used = new LinkedHashSet<>();

    DocumentWriter(QueryGraph graph) {
        this.graph = graph;
    }

    /// The client's variables in what was written, in the order of their first use.
    SequencedSet<String> used() {
        return used;
    }

    /// The whole of an operation whose selections were written.
    ///
    /// @param own variables of the planner, as `$name:Type`
    String operation(
            OperationType type, List<String> own, List<Definition.VariableDefinition> client) {
        List<String> variables = new ArrayList<>(own);
        for (Definition.VariableDefinition variable : client) {
            if (used.contains(variable.name())) {
                StringBuilder text = new StringBuilder();
                GraphQlText.variable(variable, text);
                variables.add(text.toString());
            }
        }
        String header = variables.isEmpty() ? "" : "(" + String.join(",", variables) + ")";
        String keyword =
                type == OperationType.QUERY && variables.isEmpty() ? "" : type.keyword() + header;
        spans.sort(Comparator.comparingInt(Span::start));
        return keyword + SharedFragments.in(out.toString(), spans);
    }

    void open() {
        out.append('{');
    }

    void close() {
        out.append('}');
    }

    /// Writes one `_entities` field.
    ///
    /// @param facet of the entities
    void entities(String alias, String variable, int facet, BitSet objects, Selections selections) {
        if (out.charAt(out.length() - 1) != '{') {
            out.append(' ');
        }
        out.append(alias.equals("_entities") ? "" : alias + ":").append("_entities");
        out.append("(representations:$").append(variable).append(')');
        out.append('{');
        body(selections, null, facet, objects);
        out.append('}');
    }

    /// Writes the selection set of a value of a type of a facet.
    void selections(Selections selections, GraphType type, int facet) {
        int start = out.length();
        out.append('{');
        body(selections, type, facet, Objects.requireNonNull(type.possibleIn().get(facet)));
        out.append('}');
        spans.add(new Span(start, out.length(), type.name()));
    }

    /// @param type null for the union of all entities
    private void body(Selections selections, @Nullable GraphType type, int facet, BitSet possible) {
        SequencedMap<GraphType, List<Selections.Field>> fragments = new LinkedHashMap<>();
        String separator = "";
        if (selections.typename()) {
            out.append(NormalizedField.TYPENAME);
            separator = " ";
        }
        for (Selections.Field field : selections.fields()) {
            for (GraphType at : places(field, type, facet, possible)) {
                if (at.equals(type)) {
                    out.append(separator);
                    field(field, at, facet);
                    separator = " ";
                } else {
                    fragments.computeIfAbsent(at, _ -> new ArrayList<>()).add(field);
                }
            }
        }
        for (var fragment : fragments.entrySet()) {
            out.append(separator).append("...on ").append(fragment.getKey().name()).append('{');
            separator = "";
            for (Selections.Field field : fragment.getValue()) {
                out.append(separator);
                field(field, fragment.getKey(), facet);
                separator = " ";
            }
            out.append('}');
        }
        char last = out.charAt(out.length() - 1);
        if (last == '{') {
            out.append(NormalizedField.TYPENAME);
        }
    }

    /// The types in whose selection set a field is to stand.
    private List<GraphType> places(
            Selections.Field field, @Nullable GraphType type, int facet, BitSet possible) {
        BitSet wanted = (BitSet) field.types().clone();
        wanted.and(possible);
        if (type != null && has(type, field, facet) && wanted.equals(possible)) {
            return List.of(type);
        }
        if (wanted.cardinality() > 1) {
            for (GraphType candidate : graph.types()) {
                BitSet there = candidate.possibleIn().get(facet);
                if (there != null && candidate.isAbstract() && has(candidate, field, facet)) {
                    BitSet covered = (BitSet) there.clone();
                    covered.and(possible);
                    if (covered.equals(wanted)) {
                        return List.of(candidate);
                    }
                }
            }
        }
        return wanted.stream().mapToObj(object -> graph.holder(object, facet)).distinct().toList();
    }

    private static boolean has(GraphType type, Selections.Field field, int facet) {
        GraphField found = type.fields().get(field.name());
        return found != null && found.in().get(facet) != null;
    }

    private void field(Selections.Field field, GraphType type, int facet) {
        List<Condition> conditions = GraphQlText.parts(field.condition());
        List<Condition> around = conditions.subList(0, conditions.size() - 1);
        for (Condition condition : around) {
            out.append("...");
            GraphQlText.condition(condition, out);
            out.append('{');
        }
        field(field, type, facet, conditions.getLast());
        out.repeat('}', around.size());
    }

    private void field(Selections.Field field, GraphType type, int facet, Condition condition) {
        if (!field.planKey().equals(field.name())) {
            out.append(field.planKey()).append(':');
        }
        out.append(field.name());
        GraphQlText.arguments(field.arguments(), out);
        for (Argument argument : field.arguments()) {
            use(argument.value());
        }
        GraphQlText.condition(condition, out);
        for (Condition.Literal literal : field.condition().literals()) {
            used.add(literal.variable());
        }
        GraphField of = type.field(field.name());
        if (of.composite()) {
            selections(field.below(), graph.type(of.typeIn(facet)), of.in(facet).below());
        }
    }

    private void use(Value value) {
        switch (value) {
            case Value.Variable(var name) -> used.add(name);
            case Value.ListValue(var elements) -> elements.forEach(this::use);
            case Value.ObjectValue(var fields) -> fields.values().forEach(this::use);
            case Value.IntValue _,
                    Value.FloatValue _,
                    Value.StringValue _,
                    Value.BooleanValue _,
                    Value.NullValue _,
                    Value.EnumValue _ -> {}
        }
    }
}
