package dev.trivium.composition;

import dev.trivium.language.Issue;
import java.util.List;

/// The outcome of composing subgraphs. Hints never stop a composition; they point at what is
/// probably not meant. The `source` of each location is the name of a subgraph.
public sealed interface CompositionResult {
    List<Issue> hints();

    /// The subgraphs fit together.
    ///
    /// @param supergraphSdl what a router reads
    /// @param apiSchemaSdl what clients see
    record Composed(String supergraphSdl, String apiSchemaSdl, List<Issue> hints)
            implements CompositionResult {
        public Composed {
            hints = List.copyOf(hints);
        }
    }

    /// The subgraphs do not fit together.
    ///
    /// @param issues everything that is wrong, at least one
    record Rejected(List<Issue> issues, List<Issue> hints) implements CompositionResult {
        public Rejected {
            if (issues.isEmpty()) {
                throw new IllegalArgumentException("a rejection needs a reason");
            }
            issues = List.copyOf(issues);
            hints = List.copyOf(hints);
        }
    }
}
