package dev.trivium.server.rest;

import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.Selection;
import dev.trivium.language.SourceLocation;
import dev.trivium.language.TypeReference;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// JSON Schemas of what a document selects. What stands below a type condition of another type or a
/// condition may be missing.
final class OutputSchemas {
    private final ApiTypes types;
    private final InputSchemas leaves;
    private final Map<String, Definition.Fragment> fragments = new LinkedHashMap<>();

    /// The properties of one object while its selections are walked.
    private static final class Shape {
        private final Map<String, Definition.FieldDefinition> fields = new LinkedHashMap<>();
        private final Map<String, List<Selection>> selections = new LinkedHashMap<>();
        private final Set<String> required = new LinkedHashSet<>();
    }

    OutputSchemas(ApiTypes types, InputSchemas leaves, Document document) {
        this.types = types;
        this.leaves = leaves;
        document.definitions(Definition.Fragment.class)
                .forEach(fragment -> fragments.put(fragment.name(), fragment));
    }

    JsonObject object(String typeName, List<Selection> selections) {
        var shape = new Shape();
        walk(typeName, typeName, selections, true, shape);
        var properties = new JsonObject();
        shape.fields.forEach((key, field) -> {
            var below = shape.selections.getOrDefault(key, List.of());
            properties.put(
                    key, InputSchemas.described(field.description(), value(field.type(), below)));
        });
        var schema = new JsonObject().put("type", "object").put("properties", properties);
        return shape.required.isEmpty()
                ? schema
                : schema.put("required", new JsonArray(List.copyOf(shape.required)));
    }

    private void walk(
            String objectType,
            String typeName,
            List<Selection> selections,
            boolean certain,
            Shape shape) {
        for (var selection : selections) {
            var here = certain && selection.directives().stream().noneMatch(OutputSchemas::skips);
            switch (selection) {
                case Selection.Field field -> add(typeName, field, here, shape);
                case Selection.InlineFragment inline -> {
                    var on = inline.typeCondition() == null ? typeName : inline.typeCondition();
                    walk(objectType, on, inline.selections(), here && on.equals(objectType), shape);
                }
                case Selection.FragmentSpread spread -> {
                    var fragment = fragments.get(spread.fragmentName());
                    if (fragment != null) {
                        var on = fragment.typeCondition();
                        walk(
                                objectType,
                                on,
                                fragment.selections(),
                                here && on.equals(objectType),
                                shape);
                    }
                }
            }
        }
    }

    private static boolean skips(Directive directive) {
        return Set.of("skip", "include", "defer").contains(directive.name());
    }

    private void add(String typeName, Selection.Field field, boolean certain, Shape shape) {
        var key = field.responseKey();
        var definition = types.field(typeName, field.name());
        if (definition == null) {
            // `__typename`, or a field that the schema has lost.
            definition = TYPE_NAME;
        }
        shape.fields.putIfAbsent(key, definition);
        shape.selections.merge(
                key,
                field.selections(),
                (before, more) -> Stream.concat(before.stream(), more.stream()).toList());
        if (certain) {
            shape.required.add(key);
        }
    }

    private static final Definition.FieldDefinition TYPE_NAME =
            new Definition.FieldDefinition(
                    null,
                    "__typename",
                    List.of(),
                    new TypeReference.NonNull(new TypeReference.Named("String")),
                    List.of(),
                    SourceLocation.NONE);

    JsonObject value(TypeReference type, List<Selection> selections) {
        return switch (type) {
            case TypeReference.NonNull(var inner) -> plain(inner, selections);
            case TypeReference.ListOf _, TypeReference.Named _ ->
                    InputSchemas.nullable(plain(type, selections));
        };
    }

    private JsonObject plain(TypeReference type, List<Selection> selections) {
        return switch (type) {
            case TypeReference.NonNull(var inner) -> plain(inner, selections);
            case TypeReference.ListOf(var element) ->
                    new JsonObject().put("type", "array").put("items", value(element, selections));
            case TypeReference.Named(var name) ->
                    selections.isEmpty() ? leaves.named(name) : object(name, selections);
        };
    }
}
