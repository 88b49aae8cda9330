package dev.trivium.planner;

import dev.trivium.language.Directive;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.language.Parser;
import dev.trivium.language.Selection;
import dev.trivium.language.Value;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import dev.trivium.supergraph.SupergraphType.ContextArgument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Which object types set a `@context`, themselves or by an interface or union, and what is
/// selected from them.
final class SetContexts {
    private record Selected(String selection, String object) {}

    private final FieldCollector collector;
    private final Map<String, Set<String>> objects = new HashMap<>();
    private final Map<Selected, List<NormalizedField>> selections = new ConcurrentHashMap<>();

    SetContexts(Supergraph supergraph) {
        SchemaTypes schema = new SchemaTypes(supergraph, true);
        this.collector = new FieldCollector(schema, Map.of(), Defers.ignored());
        for (SupergraphType type : supergraph.types().values()) {
            for (Directive directive : type.directives()) {
                if (directive.name().equals("context")
                        && directive.argument("name") instanceof Value.StringValue(var name)) {
                    objects.computeIfAbsent(name, _ -> new TreeSet<>())
                            .addAll(schema.possibleTypes(type.name()));
                }
            }
        }
    }

    /// The object types that set the context from which an argument is filled.
    Set<String> objects(ContextArgument argument) {
        return objects.getOrDefault(argument.context(), Set.of());
    }

    /// What is selected from an object that sets the context.
    List<NormalizedField> fields(String object, ContextArgument argument) {
        return selections.computeIfAbsent(
                new Selected(argument.selection(), object),
                key -> collector.collect(parsed(key.selection()), key.object()));
    }

    private static List<Selection> parsed(String selection) {
        String text = selection.strip();
        String inner = text.startsWith("{") ? text.substring(1, text.length() - 1) : text;
        return switch (Parser.parseSelections(inner)) {
            case Accepted(var selections) -> selections;
            case Rejected(var issues) ->
                    throw new IllegalArgumentException("context selection " + text + issues);
        };
    }
}
