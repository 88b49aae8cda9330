package dev.trivium.composition;

/// The rules of federation for one subgraph. All are checked, whatever the others find.
final class ValidateSubgraph {
    private ValidateSubgraph() {}

    static void validate(SubgraphSchema subgraph, Report report) {
        ValidateFieldSets.validate(subgraph, subgraph.facts(), report);
        ValidateExternals.validate(subgraph, report);
        ValidateInterfaceKeys.validate(subgraph, report);
        ValidateShareable.validate(subgraph, report);
        ValidateContexts.validate(subgraph, report);
        ValidateCosts.validate(subgraph, report);
        ValidateAuth.validate(subgraph, report);
    }
}
