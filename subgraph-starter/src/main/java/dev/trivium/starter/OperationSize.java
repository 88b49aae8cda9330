package dev.trivium.starter;

import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How large a valid operation is once its fragments are spread.
///
/// Each fragment is measured once: a document of a few lines whose fragments double each other
/// would keep a walk through all spreads busy for years.
///
/// @param depth how many fields are nested in one another
/// @param fields how many fields there are; [Integer#MAX_VALUE] for that many or more
record OperationSize(int depth, int fields) {
    private static final OperationSize NOTHING = new OperationSize(0, 0);

    static OperationSize of(SelectionSet selections, Map<String, FragmentDefinition> fragments) {
        return new Measure(fragments).of(selections);
    }

    private OperationSize and(OperationSize other) {
        return new OperationSize(Math.max(depth, other.depth), sum(fields, other.fields));
    }

    private OperationSize inField() {
        return new OperationSize(depth + 1, sum(fields, 1));
    }

    private static int sum(int a, int b) {
        return (int) Math.min((long) a + b, Integer.MAX_VALUE);
    }

    private record Measure(
            Map<String, FragmentDefinition> fragments, Map<String, OperationSize> known) {

        Measure(Map<String, FragmentDefinition> fragments) {
            this(fragments, new HashMap<>());
        }

        OperationSize of(@Nullable SelectionSet selections) {
            OperationSize size = NOTHING;
            if (selections != null) {
                for (Selection<?> selection : selections.getSelections()) {
                    size = size.and(of(selection));
                }
            }
            return size;
        }

        private OperationSize of(Selection<?> selection) {
            return switch (selection) {
                case Field field -> of(field.getSelectionSet()).inField();
                case InlineFragment inline -> of(inline.getSelectionSet());
                case FragmentSpread spread -> spread(spread.getName());
                default -> throw new IllegalStateException("Not a selection: " + selection);
            };
        }

        private OperationSize spread(String name) {
            OperationSize size = known.get(name);
            if (size == null) {
                FragmentDefinition fragment = fragments.get(name);
                size = fragment == null ? NOTHING : of(fragment.getSelectionSet());
                known.put(name, size);
            }
            return size;
        }
    }
}
