package dev.trivium.planner.proof;

import java.util.TreeSet;

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
            if (draft.abstracts.containsKey(FederationDraft.ITEM)) {
                second(draft, s);
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

    /// Another object for some of the same entities.
    private static void second(FederationDraft draft, int s) {
        SubgraphDraft subgraph = draft.subgraph(s);
        draft.key(s, FederationDraft.ITEM, "id", true);
        subgraph.directive(FederationDraft.ITEM, "@interfaceObject");
        subgraph.add(FederationDraft.ITEM, "size", draft.arguments() + ": " + draft.leafType());
        draft.abstracts.getOrDefault(FederationDraft.ITEM, new TreeSet<>()).add(s);
    }
}
