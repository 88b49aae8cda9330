package dev.trivium.execution;

import java.util.Map;
import java.util.Set;

/// What clients see of the errors that subgraphs report.
///
/// @param all holds for every subgraph that has no rule of its own
/// @param subgraphs by the name of the subgraph
public record ErrorPolicy(Rule all, Map<String, Rule> subgraphs) {

    /// Messages, codes and the name of a wrong input field pass; everything else a subgraph may
    /// attach, such as a stack trace, stays inside.
    public static final ErrorPolicy DEFAULT =
            new ErrorPolicy(new Rule(true, Set.of("code", "field")), Map.of());

    public ErrorPolicy {
        subgraphs = Map.copyOf(subgraphs);
    }

    /// @param message whether the message passes; if not, a neutral one stands in its place
    /// @param extensions the entries of `extensions` that pass
    public record Rule(boolean message, Set<String> extensions) {
        public Rule {
            extensions = Set.copyOf(extensions);
        }
    }

    /// The rule for one subgraph.
    public Rule of(String subgraph) {
        return subgraphs.getOrDefault(subgraph, all);
    }
}
