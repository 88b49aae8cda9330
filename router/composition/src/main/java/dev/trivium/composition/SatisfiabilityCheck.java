package dev.trivium.composition;

import dev.trivium.language.Issue;
import dev.trivium.language.OperationType;
import dev.trivium.language.SourceLocation;
import dev.trivium.supergraph.Subgraph;
import dev.trivium.supergraph.Supergraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Checks that whatever clients may ask of a supergraph can be fetched from its subgraphs.
///
/// The check walks every position that an operation can reach, and carries along all places in the
/// subgraphs where fetches could stand at that position ({@link SatisfiabilityWalk}). Between the
/// fields of the operation, fetches move between subgraphs by keys ({@link Reachability}). A field
/// that no place answers is an error; so is an input on which the check would not end in reasonable
/// time.
final class SatisfiabilityCheck {
    /// Enough for a hundred times the largest supergraphs known, and some seconds of work.
    static final long MAX_STEPS = 200_000_000;

    private final Supergraph supergraph;
    private final FieldLocator locator;
    private final Budget budget;
    private final LocalGraph graph;
    private final Reachability reachability;
    private final Witness witness;
    private final DeadEnds deadEnds;
    private final SequencedSet<Issue> errors = new LinkedHashSet<>();
    private final SequencedSet<Issue> hints = new LinkedHashSet<>();

    /// What the check finds.
    record Findings(List<Issue> errors, List<Issue> hints) {}

    private SatisfiabilityCheck(Supergraph supergraph, FieldLocator locator, long maxSteps) {
        this.supergraph = supergraph;
        this.locator = locator;
        this.budget = new Budget(maxSteps);
        this.graph = new LocalGraph(supergraph);
        this.reachability = new Reachability(graph, budget);
        this.witness = new Witness(supergraph);
        this.deadEnds = new DeadEnds(supergraph, graph, reachability);
    }

    static Findings check(Supergraph supergraph, FieldLocator locator) {
        return check(supergraph, locator, MAX_STEPS);
    }

    static Findings check(Supergraph supergraph, FieldLocator locator, long maxSteps) {
        return new SatisfiabilityCheck(supergraph, locator, maxSteps).findings();
    }

    private Findings findings() {
        SatisfiabilityWalk walk = walk(roots(), null);
        for (WalkState shared : walk.sharedMutations) {
            checkSharedMutation(shared, walk);
        }
        return new Findings(List.copyOf(errors), List.copyOf(hints));
    }

    private SatisfiabilityWalk walk(List<WalkState> starts, @Nullable SatisfiabilityWalk earlier) {
        SatisfiabilityWalk walk =
                new SatisfiabilityWalk(supergraph, graph, reachability, budget, earlier);
        walk.walk(starts);
        walk.mismatches.forEach(this::report);
        if (walk.exceeded()) {
            errors.add(tooManyPaths());
        } else if (earlier == null) {
            explained(walk).forEach((text, failure) -> errors.add(unsatisfiable(text, failure)));
        }
        return walk;
    }

    private List<WalkState> roots() {
        List<WalkState> roots = new ArrayList<>();
        for (OperationType operation : OperationType.values()) {
            String type = supergraph.rootTypes().get(operation);
            if (type != null) {
                roots.add(
                        WalkState.root(
                                type, graph.types(type).stream().map(graph::vertex).toList()));
            }
        }
        return roots;
    }

    private void checkSharedMutation(WalkState shared, SatisfiabilityWalk walked) {
        Map<Integer, List<Vertex>> bySubgraph =
                shared.at().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Vertex::subgraph, LinkedHashMap::new, Collectors.toList()));
        List<String> parts = new ArrayList<>();
        Set<SourceLocation> locations = new LinkedHashSet<>();
        for (Map.Entry<Integer, List<Vertex>> part : bySubgraph.entrySet()) {
            SatisfiabilityWalk alone = walk(List.of(alone(shared, part.getValue())), walked);
            if (alone.failures.isEmpty() || alone.exceeded()) {
                return;
            }
            parts.add("From subgraph " + quoted(part.getKey()) + " alone:");
            explained(alone)
                    .forEach((text, failure) -> {
                        parts.add(text);
                        locations.addAll(locations(failure));
                    });
        }
        errors.add(
                new Issue(
                        CompositionCode.SATISFIABILITY_ERROR.name(),
                        "A mutation runs in one subgraph only, but none of those that define "
                                + named(shared)
                                + " can answer everything below it.\n"
                                + String.join("\n", parts),
                        List.copyOf(locations)));
    }

    /// The coordinate of the last field on the way to a position.
    private static String named(WalkState state) {
        return state.parent() == null || state.element() == null
                ? quoted(state.place())
                : quoted(state.parent().place() + "." + state.element().name());
    }

    private static WalkState alone(WalkState shared, List<Vertex> vertices) {
        return new WalkState(
                shared.parent(),
                shared.element(),
                shared.place(),
                vertices,
                shared.labels(),
                shared.contexts());
    }

    /// One text for each way in which an element fails; it shows the shortest operation.
    private Map<String, SatisfiabilityWalk.Failure> explained(SatisfiabilityWalk walk) {
        Map<String, SatisfiabilityWalk.Failure> explained = new LinkedHashMap<>();
        Set<String> known = new LinkedHashSet<>();
        for (SatisfiabilityWalk.Failure failure : walk.failures) {
            String reasons =
                    deadEnds.reasons(failure).stream()
                            .map(reason -> "- " + reason)
                            .collect(Collectors.joining("\n"));
            if (known.add(failure.state().place() + failure.element() + reasons)) {
                String operation = witness.operation(failure.state(), failure.element());
                explained.put(
                        "The subgraphs cannot answer this operation:\n"
                                + operation
                                + "\n"
                                + reasons,
                        failure);
            }
        }
        return explained;
    }

    private Issue unsatisfiable(String text, SatisfiabilityWalk.Failure failure) {
        return new Issue(
                CompositionCode.SATISFIABILITY_ERROR.name(), text, List.copyOf(locations(failure)));
    }

    /// Where the field is defined; for a type condition, the field before it.
    private Set<SourceLocation> locations(SatisfiabilityWalk.Failure failure) {
        WalkState at = failure.state();
        WalkState.Element element = failure.element();
        while (element != null && element.cast() && at.parent() != null) {
            element = at.element();
            at = at.parent();
        }
        return element == null ? Set.of() : locations(at.place(), element.name());
    }

    private Set<SourceLocation> locations(String type, String field) {
        Set<SourceLocation> locations = new LinkedHashSet<>();
        for (Subgraph subgraph : supergraph.subgraphs()) {
            locations.add(locator.locate(type, field, subgraph.name()));
        }
        locations.remove(SourceLocation.NONE);
        return locations;
    }

    private void report(SatisfiabilityWalk.Mismatch mismatch) {
        WalkState parent = mismatch.state().parent();
        WalkState.Element element = mismatch.state().element();
        if (parent == null || element == null) {
            return;
        }
        String types =
                mismatch.types().bySubgraph().entrySet().stream()
                        .map(e -> "- subgraph " + quoted(e.getKey()) + ": " + listed(e.getValue()))
                        .collect(Collectors.joining("\n"));
        String coordinate = named(mismatch.state());
        List<SourceLocation> locations = List.copyOf(locations(parent.place(), element.name()));
        switch (mismatch.types().verdict()) {
            case DISJOINT ->
                    errors.add(
                            new Issue(
                                    CompositionCode.SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES.name(),
                                    "The shared field "
                                            + coordinate
                                            + " must return the same value from every subgraph,"
                                            + " but they have no object type in common:\n"
                                            + types,
                                    locations));
            case OVERLAPPING ->
                    hints.add(
                            new Issue(
                                    HintCode.INCONSISTENT_RUNTIME_TYPES_FOR_SHAREABLE_RETURN.name(),
                                    "The shared field "
                                            + coordinate
                                            + " must return only types that all its subgraphs"
                                            + " have, but they differ:\n"
                                            + types,
                                    locations));
            case EQUAL -> {}
        }
    }

    private static String listed(Set<String> types) {
        return types.isEmpty() ? "no type" : String.join(", ", types);
    }

    private String quoted(int subgraph) {
        return quoted(supergraph.subgraphs().get(subgraph).name());
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static Issue tooManyPaths() {
        return new Issue(
                CompositionCode.MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED.name(),
                "The subgraphs offer so many ways to fetch the same data that it cannot be checked"
                        + " whether every operation can be answered. Fewer keys on the types that"
                        + " most subgraphs share help most.",
                List.of());
    }
}
