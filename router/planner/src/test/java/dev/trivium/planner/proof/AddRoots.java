package dev.trivium.planner.proof;

/// Adds the fields of queries, mutations and subscriptions.
final class AddRoots {
    private final FederationDraft draft;
    private int fields;

    private AddRoots(FederationDraft draft) {
        this.draft = draft;
    }

    static void to(FederationDraft draft) {
        AddRoots add = new AddRoots(draft);
        add.query();
        if (draft.chance(40)) {
            add.mutation();
        }
        if (draft.chance(40)) {
            add.subscription();
        }
    }

    private void query() {
        for (SubgraphDraft subgraph : draft.subgraphs) {
            for (int i = 0; i < 2; i++) {
                draft.reference("Query", "a" + fields++, subgraph.number, draft.all());
            }
        }
        for (FederationDraft.Entity it : draft.entities) {
            int s = draft.one(it.in());
            draft.subgraph(s).add("Query", "all" + it.name(), ": [" + it.name() + "!]!");
        }
        draft.abstracts.forEach((name, in) -> {
            int s = draft.one(in);
            draft.subgraph(s).add("Query", "all" + name, ": " + draft.wrap(name));
        });
    }

    private void mutation() {
        for (int i = 0; i < 4; i++) {
            int s = draft.below(draft.subgraphs.size());
            String target = draft.target(s);
            String rest = "(x: Int): " + draft.wrap(target);
            int other = draft.below(draft.subgraphs.size());
            if (other != s && draft.canKnow(other, target) && draft.chance(30)) {
                draft.know(other, target);
                rest += " @shareable";
                draft.subgraph(other).add("Mutation", "m" + i, rest);
            }
            draft.subgraph(s).add("Mutation", "m" + i, rest);
        }
    }

    private void subscription() {
        for (int i = 0; i < 3; i++) {
            int s = draft.below(draft.subgraphs.size());
            String rest = "(x: Int): " + draft.wrap(draft.target(s));
            draft.subgraph(s).add("Subscription", "s" + i, rest);
        }
    }
}
