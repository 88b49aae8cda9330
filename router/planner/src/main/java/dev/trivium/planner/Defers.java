package dev.trivium.planner;

import dev.trivium.language.Directive;
import dev.trivium.language.Selection;
import dev.trivium.language.Value;
import dev.trivium.planner.NormalizedField.Defer;
import dev.trivium.planner.plan.Condition.Literal;
import org.jspecify.annotations.Nullable;

/// Numbers the fragments with `@defer` of one operation.
///
/// A server need not defer anything: where the client does not accept a response in parts, `@defer`
/// means nothing.
final class Defers {
    private final boolean honoured;
    private int count;

    private Defers(boolean honoured) {
        this.honoured = honoured;
    }

    static Defers honoured() {
        return new Defers(true);
    }

    static Defers ignored() {
        return new Defers(false);
    }

    /// @param outer the `@defer` around the fragment, or null
    /// @return the one that its fields belong to
    @Nullable Defer at(Selection fragment, @Nullable Defer outer) {
        if (!honoured) {
            return null;
        }
        for (Directive directive : fragment.directives()) {
            if (directive.name().equals("defer")) {
                return of(directive, outer);
            }
        }
        return outer;
    }

    private @Nullable Defer of(Directive directive, @Nullable Defer outer) {
        String label =
                directive.argument("label") instanceof Value.StringValue(var text) ? text : null;
        Literal condition = null;
        if (directive.argument("if") instanceof Value.BooleanValue(var constant) && !constant) {
            return outer;
        }
        if (directive.argument("if") instanceof Value.Variable(var name)) {
            condition = new Literal(name, true);
        }
        return new Defer(++count, label, condition, outer);
    }
}
