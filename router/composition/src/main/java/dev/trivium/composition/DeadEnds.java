package dev.trivium.composition;

import dev.trivium.supergraph.Supergraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Says for each subgraph why an element of an operation cannot be fetched from it: where fetches
/// do get, why the element is not answered there; where the element is answered, why fetches do not
/// get there.
final class DeadEnds {
    private final Supergraph supergraph;
    private final LocalGraph graph;
    private final Reachability reachability;

    DeadEnds(Supergraph supergraph, LocalGraph graph, Reachability reachability) {
        this.supergraph = supergraph;
        this.graph = graph;
        this.reachability = reachability;
    }

    /// The reasons, each once, those of the subgraphs that are reached first.
    List<String> reasons(SatisfiabilityWalk.Failure failure) {
        Set<String> reasons = new LinkedHashSet<>();
        for (Vertex vertex : failure.arrivals().vertices()) {
            reasons.add(
                    failure.element().cast()
                            ? typeIsUnknown(failure, vertex.type)
                            : fieldIsNotAnswered(failure, vertex));
        }
        if (!failure.element().cast()) {
            reasons.addAll(notEntered(failure));
        }
        return new ArrayList<>(reasons);
    }

    private String typeIsUnknown(SatisfiabilityWalk.Failure failure, LocalType type) {
        String wanted = failure.element().name();
        return type.kind == LocalType.Kind.INTERFACE_OBJECT
                ? in(type.subgraph)
                        + quoted(type.name)
                        + " is an @interfaceObject, and no subgraph that defines the interface"
                        + " itself with a resolvable @key can be reached from there to learn"
                        + " whether a value is a "
                        + quoted(wanted)
                : in(type.subgraph)
                        + "the value here is always a "
                        + quoted(type.name)
                        + ", never a "
                        + quoted(wanted);
    }

    private String fieldIsNotAnswered(SatisfiabilityWalk.Failure failure, Vertex vertex) {
        String coordinate = quoted(vertex.type.name + "." + failure.element().name());
        String here = in(vertex.subgraph());
        LocalType.Field field = vertex.type.fields.get(failure.element().name());
        if (field == null) {
            return here + "there is no field " + coordinate;
        }
        if (!vertex.answers(field)) {
            return here + coordinate + " is only @external";
        }
        String label = field.label();
        if (label != null && field.labelValue() != failure.labels().getOrDefault(label, false)) {
            return here
                    + coordinate
                    + " is not used while the label "
                    + quoted(label)
                    + (field.labelValue() ? " is off" : " is on");
        }
        for (LocalType.ContextNeed need : field.contexts()) {
            if (!failure.state().contexts().get(need.slot())) {
                return here
                        + "the argument "
                        + quoted(need.argument())
                        + " of "
                        + coordinate
                        + " needs the context "
                        + quoted(need.context())
                        + ", which no type on the way here sets, or whose selection cannot be"
                        + " resolved there";
            }
        }
        return here + requirementIsNotMet(vertex, field, coordinate);
    }

    private String requirementIsNotMet(Vertex vertex, LocalType.Field field, String coordinate) {
        String requires = coordinate + " requires " + quoted(String.valueOf(field.requiresText()));
        List<String> missing =
                field.requires().stream()
                        .filter(step -> !reachability.holds(vertex, step))
                        .map(step -> quoted(step.toString()))
                        .toList();
        return missing.isEmpty()
                ? requires
                        + ", which can be fetched, but afterwards no @key of "
                        + quoted(vertex.type.name)
                        + " that the subgraph answers itself leads back to it"
                : requires + ", and " + String.join(", ", missing) + " cannot be fetched";
    }

    private List<String> notEntered(SatisfiabilityWalk.Failure failure) {
        Set<LocalType> reached =
                Arrays.stream(failure.arrivals().vertices())
                        .map(vertex -> vertex.type)
                        .collect(Collectors.toSet());
        List<String> reasons = new ArrayList<>();
        for (Vertex from : failure.arrivals().vertices()) {
            for (Vertex to : graph.neighbours(from)) {
                LocalType.Field field = to.type.fields.get(failure.element().name());
                if (field != null && !field.external() && !reached.contains(to.type)) {
                    reasons.addAll(closed(from, to.type, field));
                }
            }
        }
        return reasons;
    }

    private List<String> closed(Vertex from, LocalType to, LocalType.Field field) {
        String has =
                in(to.subgraph)
                        + quoted(to.name + "." + field.name())
                        + " is defined, but the subgraph cannot be entered from "
                        + name(from.subgraph())
                        + ": ";
        if (to.keys.isEmpty()) {
            return List.of(has + "it declares no @key on " + quoted(to.name));
        }
        if (!to.hasResolvableKey()) {
            return List.of(has + "no @key on " + quoted(to.name) + " is resolvable there");
        }
        return to.keys.stream()
                .filter(LocalType.Key::resolvable)
                .map(key -> has + keyIsNotMet(from, key))
                .toList();
    }

    private String keyIsNotMet(Vertex from, LocalType.Key key) {
        String missing =
                key.steps().stream()
                        .filter(step -> !reachability.holds(from, step))
                        .map(step -> quoted(step.toString()))
                        .collect(Collectors.joining(", "));
        return "its @key "
                + quoted(key.fields())
                + " needs "
                + missing
                + ", which cannot be fetched";
    }

    private String in(int subgraph) {
        return "in " + name(subgraph) + ", ";
    }

    private String name(int subgraph) {
        return "subgraph " + quoted(supergraph.subgraphs().get(subgraph).name());
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
