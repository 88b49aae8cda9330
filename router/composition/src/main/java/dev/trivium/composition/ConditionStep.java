package dev.trivium.composition;

import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.Selection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One element on the way from a type to a leaf of a field set. A field set is satisfied when each
/// of its leaves is, so it is kept as one chain of steps for each leaf:
///
///     "id organization { id name }"  ->  id, organization.id, organization.name
///
/// @param cast whether the step is a type condition, and `name` its type
/// @param next null at the leaf
record ConditionStep(String name, boolean cast, @Nullable ConditionStep next) {

    /// The chains of a field set, in its order. A text that is not a field set has none: the
    /// validation of subgraphs has rejected it before.
    static List<ConditionStep> of(String fieldSet) {
        return switch (Parser.parseSelections(fieldSet)) {
            case Outcome.Accepted<List<Selection>>(var selections) -> chains(selections);
            case Outcome.Rejected<List<Selection>> _ -> List.of();
        };
    }

    private static List<ConditionStep> chains(List<Selection> selections) {
        List<ConditionStep> chains = new ArrayList<>();
        for (Selection selection : selections) {
            switch (selection) {
                case Selection.Field field ->
                        prefix(field.name(), false, field.selections(), chains);
                case Selection.InlineFragment fragment -> {
                    if (fragment.typeCondition() == null) {
                        chains.addAll(chains(fragment.selections()));
                    } else {
                        prefix(fragment.typeCondition(), true, fragment.selections(), chains);
                    }
                }
                case Selection.FragmentSpread _ -> {}
            }
        }
        return chains;
    }

    private static void prefix(
            String name, boolean cast, List<Selection> below, List<ConditionStep> chains) {
        if (below.isEmpty()) {
            chains.add(new ConditionStep(name, cast, null));
        }
        for (ConditionStep chain : chains(below)) {
            chains.add(new ConditionStep(name, cast, chain));
        }
    }

    /// As a field set, `organization { name }`.
    @Override
    public String toString() {
        String element = cast ? "... on " + name : name;
        return next == null ? element : element + " { " + next + " }";
    }
}
