package dev.trivium.composition;

/// The rules of federation for one subgraph.
final class ValidateSubgraph {
    private ValidateSubgraph() {}

    static void validate(SubgraphSchema subgraph, Report report) {
        SubgraphFacts facts = subgraph.facts();
        ValidateFieldSets.validate(subgraph, facts, report);
    }
}
