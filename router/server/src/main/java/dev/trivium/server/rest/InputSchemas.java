package dev.trivium.server.rest;

import dev.trivium.language.Definition;
import dev.trivium.language.TypeReference;
import dev.trivium.language.Value;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// JSON Schemas of values: scalars where they are used, enums and input objects as components.
final class InputSchemas {
    /// How custom scalars of usual names are written.
    private static final Map<String, String> FORMATS =
            Map.of(
                    "DateTime", "date-time",
                    "Date", "date",
                    "UUID", "uuid",
                    "URL", "uri",
                    "URI", "uri");

    private final ApiTypes types;
    private final Map<String, JsonObject> components = new TreeMap<>();

    InputSchemas(ApiTypes types) {
        this.types = types;
    }

    Map<String, JsonObject> components() {
        return components;
    }

    /// A value that may be left out need not be null, too, but may.
    JsonObject of(TypeReference type) {
        return type.isNonNull() ? plain(type.nullable()) : nullable(plain(type));
    }

    static JsonObject nullable(JsonObject schema) {
        return switch (schema.getValue("type")) {
            case String type -> schema.copy().put("type", new JsonArray().add(type).add("null"));
            case null, default ->
                    schema.isEmpty()
                            ? schema
                            : new JsonObject()
                                    .put(
                                            "anyOf",
                                            new JsonArray()
                                                    .add(schema)
                                                    .add(new JsonObject().put("type", "null")));
        };
    }

    private JsonObject plain(TypeReference type) {
        return switch (type) {
            case TypeReference.NonNull(var inner) -> plain(inner);
            case TypeReference.ListOf(var element) ->
                    new JsonObject().put("type", "array").put("items", of(element));
            case TypeReference.Named(var name) -> named(name);
        };
    }

    /// A scalar, an enum or an input object.
    JsonObject named(String name) {
        return switch (types.find(name)) {
            case Definition.EnumType type -> component(type.name(), () -> enumeration(type));
            case Definition.InputObjectType type -> component(type.name(), () -> object(type));
            case null, default -> scalar(name);
        };
    }

    private JsonObject scalar(String name) {
        var schema = new JsonObject();
        return switch (name) {
            case "Int" -> schema.put("type", "integer").put("format", "int32");
            case "Float" -> schema.put("type", "number");
            case "Boolean" -> schema.put("type", "boolean");
            case "String", "ID" -> schema.put("type", "string");
            default -> {
                var format = FORMATS.get(name);
                yield format == null ? schema : schema.put("type", "string").put("format", format);
            }
        };
    }

    private interface Schema {
        JsonObject make();
    }

    /// A type may contain itself, so its name is taken before its schema is made.
    private JsonObject component(String name, Schema schema) {
        if (components.putIfAbsent(name, new JsonObject()) == null) {
            components.put(name, schema.make());
        }
        return new JsonObject().put("$ref", "#/components/schemas/" + name);
    }

    private static JsonObject enumeration(Definition.EnumType type) {
        var values = new JsonArray();
        type.values().forEach(value -> values.add(value.name()));
        return described(type.description(), new JsonObject().put("type", "string"))
                .put("enum", values);
    }

    private JsonObject object(Definition.InputObjectType type) {
        var properties = new JsonObject();
        var required = new JsonArray();
        for (var field : type.fields()) {
            properties.put(
                    field.name(),
                    described(field.description(), withDefault(of(field.type()), field)));
            if (field.type().isNonNull() && field.defaultValue() == null) {
                required.add(field.name());
            }
        }
        var schema =
                described(type.description(), new JsonObject().put("type", "object"))
                        .put("additionalProperties", false)
                        .put("properties", properties);
        return required.isEmpty() ? schema : schema.put("required", required);
    }

    private static JsonObject withDefault(JsonObject schema, Definition.InputValue field) {
        return field.defaultValue() == null
                ? schema
                : schema.put("default", json(field.defaultValue()));
    }

    static JsonObject described(@Nullable String description, JsonObject schema) {
        return description == null ? schema : schema.put("description", description);
    }

    static @Nullable Object json(Value value) {
        return switch (value) {
            case Value.IntValue(var digits) -> new BigInteger(digits).longValue();
            case Value.FloatValue(var digits) -> Double.valueOf(digits);
            case Value.StringValue(var text) -> text;
            case Value.BooleanValue(var bool) -> bool;
            case Value.EnumValue(var name) -> name;
            case Value.NullValue(), Value.Variable(_) -> null;
            case Value.ListValue(List<Value> elements) -> {
                var array = new JsonArray();
                elements.forEach(element -> array.add(json(element)));
                yield array;
            }
            case Value.ObjectValue(var fields) -> {
                var object = new JsonObject();
                fields.forEach((name, field) -> object.put(name, json(field)));
                yield object;
            }
        };
    }
}
