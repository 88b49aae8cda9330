package dev.trivium.planner.proof;

import dev.trivium.language.Selection;
import dev.trivium.language.Value;
import dev.trivium.supergraph.SupergraphType;
import dev.trivium.supergraph.SupergraphType.ContextArgument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What `@context` and `@fromContext` mean: an argument takes its value from the nearest object
/// above its field's object whose type sets the context.
final class Contexts {
    private final SchemaView schema;
    private final Map<String, Set<String>> setters = new HashMap<>();

    Contexts(SchemaView schema) {
        this.schema = schema;
        for (SupergraphType type : schema.supergraph().types().values()) {
            type.directives().stream()
                    .filter(it -> it.name().equals("context"))
                    .map(it -> it.argument("name"))
                    .forEach(it -> {
                        if (it instanceof Value.StringValue(var name)) {
                            setters.computeIfAbsent(name, _ -> new HashSet<>())
                                    .addAll(schema.possible(type.name()));
                        }
                    });
        }
    }

    /// Whether objects of a type set the context of an argument.
    boolean isSetBy(String type, ContextArgument argument) {
        return setters.getOrDefault(argument.context(), Set.of()).contains(type);
    }

    /// The arguments of a field that are filled from contexts.
    List<ContextArgument> arguments(String object, String field) {
        return schema.owners(object, field).stream()
                .flatMap(it -> it.join().contextArguments().stream())
                .toList();
    }

    /// The fields that lead from an object that sets the context to the value; empty where the
    /// selection is for other types, so that the value is null.
    List<String> path(String object, ContextArgument argument) {
        String text = argument.selection().strip();
        String inner = text.startsWith("{") ? text.substring(1, text.length() - 1) : text;
        List<String> path = new ArrayList<>();
        follow(Data.selections(inner), object, path);
        return path;
    }

    private void follow(List<Selection> selections, String type, List<String> path) {
        for (Selection selection : selections) {
            switch (selection) {
                case Selection.Field field -> {
                    path.add(field.name());
                    if (!field.selections().isEmpty()) {
                        String below = schema.field(type, field.name()).type().namedType();
                        follow(field.selections(), below, path);
                    }
                    return;
                }
                case Selection.InlineFragment inline -> {
                    String on = inline.typeCondition();
                    if (on == null || schema.possible(on).contains(type)) {
                        follow(inline.selections(), type, path);
                        return;
                    }
                }
                case Selection.FragmentSpread _ -> throw new AssertionError("a spread");
            }
        }
    }
}
