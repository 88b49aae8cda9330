package dev.trivium.planner.proof;

import java.util.List;

/// Adds what has no key: enums, scalars, inputs and value objects.
final class AddValueTypes {
    private AddValueTypes() {}

    static void to(FederationDraft draft) {
        String v0 = ": " + draft.leafType() + " @shareable";
        String w0 = ": " + draft.leafType() + " @shareable";
        for (SubgraphDraft it : draft.subgraphs) {
            enums(draft, it);
            input(it);
            it.declare("scalar", "Date");
            it.add("V", "v0", v0);
            it.add("V", "v1", ": String @shareable");
            it.add("W", "w0", w0);
            if (draft.chance(50)) {
                it.add("W", "w1", ": String" + draft.bang() + " @shareable");
            }
            if (draft.chance(50)) {
                it.add("W", "w2", "(x: Int): String @shareable");
            }
        }
    }

    /// Only some subgraphs know all values of `Shade`; all know those of `Color`.
    private static void enums(FederationDraft draft, SubgraphDraft it) {
        it.declare("enum", "Color");
        List.of("RED", "GREEN").forEach(value -> it.add("Color", value, ""));
        it.declare("enum", "Shade");
        it.add("Shade", "DARK", "");
        it.add("Shade", "LIGHT", "");
        if (draft.chance(50)) {
            it.add("Shade", "DIM", "");
        }
    }

    private static void input(SubgraphDraft it) {
        it.declare("input", "Pattern");
        it.add("Pattern", "color", ": Color = RED");
        it.add("Pattern", "sizes", ": [Int!]");
    }
}
