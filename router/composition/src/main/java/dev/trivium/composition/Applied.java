package dev.trivium.composition;

import dev.trivium.language.Argument;
import dev.trivium.language.Directive;
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

    /// A boolean argument, or its default where it is absent.
    boolean flag(String argument, boolean absent) {
        return argument(argument) instanceof Value.BooleanValue(var flag) ? flag : absent;
    }

    Directive toDirective() {
        return new Directive(name, arguments, location);
    }
}
