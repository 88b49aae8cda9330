package dev.trivium.planner.proof;

/// Makes the interface with a key an object of those subgraphs that know none of its entities.
final class AddInterfaceObjects {
    private AddInterfaceObjects() {}

    static void to(FederationDraft draft) {
        var nodes = draft.abstracts.get(FederationDraft.NODE);
        if (nodes == null) {
            return;
        }
        boolean labelled =
                nodes.stream()
                        .anyMatch(it -> draft.subgraph(it).has(FederationDraft.NODE, "label"));
        for (int s : draft.withInterfaceObject) {
            SubgraphDraft subgraph = draft.subgraph(s);
            boolean resolvable = draft.chance(85);
            draft.key(s, FederationDraft.NODE, "id", resolvable);
            subgraph.directive(FederationDraft.NODE, "@interfaceObject");
            nodes.add(s);
            if (resolvable) {
                String extra = draft.arguments() + ": " + draft.leafType();
                subgraph.add(FederationDraft.NODE, "extra", extra);
            }
            if (resolvable && draft.chance(60)) {
                String more = ": " + draft.wrap(draft.target(s));
                subgraph.add(FederationDraft.NODE, "more", more);
            }
            if (resolvable && labelled && draft.chance(50)) {
                subgraph.add(FederationDraft.NODE, "label", ": String @external");
                subgraph.add(
                        FederationDraft.NODE, "title", ": String @requires(fields: \"label\")");
            }
        }
    }
}
