package dev.trivium.planner.proof;

import dev.trivium.language.Directive;
import dev.trivium.language.Value;
import dev.trivium.planner.proof.Data.Thing;
import dev.trivium.supergraph.SupergraphType;
import dev.trivium.supergraph.SupergraphType.ContextArgument;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values of arguments with `@fromContext`, for those who know all data.
final class Contexts {
    private final SchemaView schema;
    private final Data data;

    Contexts(SchemaView schema, Data data) {
        this.schema = schema;
        this.data = data;
    }

    /// @param above the objects above, from the root; the nearest that sets the context counts
    @Nullable Object value(ContextArgument argument, List<Thing> above) {
        for (Thing thing : above.reversed()) {
            if (sets(thing.type(), argument.context())) {
                return only(data.project(thing, text(argument)));
            }
        }
        throw new AssertionError("no object sets the context " + argument.context());
    }

    private static String text(ContextArgument argument) {
        String text = argument.selection().strip();
        return text.startsWith("{") ? text.substring(1, text.length() - 1) : text;
    }

    private static @Nullable Object only(Map<?, ?> selected) {
        Object value = selected.values().iterator().next();
        return value instanceof Map<?, ?> below ? only(below) : value;
    }

    private boolean sets(String object, String context) {
        return schema.supergraph().types().values().stream()
                .filter(type -> type.directives().stream().anyMatch(it -> names(it, context)))
                .map(SupergraphType::name)
                .anyMatch(name -> schema.possible(name).contains(object));
    }

    private static boolean names(Directive directive, String context) {
        return directive.name().equals("context")
                && directive.argument("name") instanceof Value.StringValue(var name)
                && name.equals(context);
    }
}
