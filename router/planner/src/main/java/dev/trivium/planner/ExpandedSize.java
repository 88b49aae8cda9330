package dev.trivium.planner;

import dev.trivium.language.Definition;
import dev.trivium.language.Selection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How large selections become when every fragment is written out, found without writing one out.
///
/// A fragment is measured once, however often it is spread; numbers saturate at {@link #UNBOUNDED},
/// which is also the size of a fragment that contains itself.
final class ExpandedSize {
    static final int UNBOUNDED = 1 << 30;

    /// @param selections the fields and inline fragments
    /// @param depth the deepest nesting
    record Size(int selections, int depth) {
        private static final Size NONE = new Size(0, 0);
        private static final Size INFINITE = new Size(UNBOUNDED, UNBOUNDED);

        private Size plus(Size other) {
            return new Size(sum(selections, other.selections), Math.max(depth, other.depth));
        }

        private Size enclosed() {
            return new Size(sum(selections, 1), sum(depth, 1));
        }

        private static int sum(int a, int b) {
            return (int) Math.min((long) a + b, UNBOUNDED);
        }
    }

    private final Map<String, Definition.Fragment> fragments;
    private final Map<String, Size> measured = new HashMap<>();

    ExpandedSize(Map<String, Definition.Fragment> fragments) {
        this.fragments = fragments;
    }

    Size of(List<Selection> selections) {
        Size total = Size.NONE;
        for (Selection selection : selections) {
            total =
                    total.plus(
                            switch (selection) {
                                case Selection.Field field -> of(field.selections()).enclosed();
                                case Selection.InlineFragment inline ->
                                        of(inline.selections()).enclosed();
                                case Selection.FragmentSpread spread ->
                                        ofFragment(spread.fragmentName()).enclosed();
                            });
        }
        return total;
    }

    private Size ofFragment(String name) {
        @Nullable Size known = measured.get(name);
        if (known != null) {
            return known;
        }
        Definition.Fragment fragment = fragments.get(name);
        if (fragment == null) {
            return Size.NONE;
        }
        measured.put(name, Size.INFINITE);
        Size size = of(fragment.selections());
        measured.put(name, size);
        return size;
    }
}
