package dev.trivium.composition;

import dev.trivium.language.Argument;
import dev.trivium.language.Directive;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.Selection;
import dev.trivium.language.SourceLocation;
import dev.trivium.language.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The application of a directive to an element.
///
/// @param name as written, which a link may have chosen
/// @param known the directive of the federation specification that the name stands for, if any
/// @param block the declaration that it was written in
record Applied(
        String name,
        @Nullable FederationDirective known,
        List<Argument> arguments,
        SourceLocation location,
        Block block) {

    static Applied generated(FederationDirective known, String name, Argument... arguments) {
        return new Applied(name, known, List.of(arguments), SourceLocation.NONE, Block.GENERATED);
    }

    /// An argument of a directive that composition applies.
    static Argument argument(String name, Value value) {
        return new Argument(name, value, SourceLocation.NONE);
    }

    @Nullable Value argument(String argument) {
        for (Argument each : arguments) {
            if (each.name().equals(argument)) {
                return each.value();
            }
        }
        return null;
    }

    /// The text of a string argument; null where it is absent or not a string.
    @Nullable String text(String argument) {
        return argument(argument) instanceof Value.StringValue(var text) ? text : null;
    }

    /// The selections of the argument `fields`; none where it is not a field set.
    List<Selection> selections() {
        String text = text("fields");
        return text != null
                        && Parser.parseSelections(text)
                                instanceof Outcome.Accepted<List<Selection>>(var selections)
                ? selections
                : List.of();
    }

    /// A boolean argument, or its default where it is absent.
    boolean flag(String argument, boolean absent) {
        return argument(argument) instanceof Value.BooleanValue(var flag) ? flag : absent;
    }

    Directive toDirective() {
        return new Directive(name, arguments, location);
    }
}
