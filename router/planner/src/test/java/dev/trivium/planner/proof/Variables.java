package dev.trivium.planner.proof;

import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.TypeReference;
import dev.trivium.language.TypeReference.ListOf;
import dev.trivium.language.TypeReference.Named;
import dev.trivium.language.TypeReference.NonNull;
import dev.trivium.language.Value;
import dev.trivium.supergraph.SupergraphType.EnumType;
import dev.trivium.supergraph.SupergraphType.InputField;
import dev.trivium.supergraph.SupergraphType.InputObjectType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values for the variables of an operation.
final class Variables {
    private final SchemaView schema;
    private final boolean other;

    private Variables(SchemaView schema, boolean other) {
        this.schema = schema;
        this.other = other;
    }

    /// What a client may send: one map, or two with opposite Booleans where there are any.
    /// Variables with a default are left out of the first.
    static List<Map<String, @Nullable Object>> of(
            SchemaView schema, Definition.Operation operation) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        all.add(new Variables(schema, false).of(operation));
        if (operation.variables().stream()
                .anyMatch(it -> it.type().namedType().equals("Boolean"))) {
            all.add(new Variables(schema, true).of(operation));
        }
        return all;
    }

    /// The values of the Boolean variables.
    ///
    /// @param sent by the client
    static Map<String, Boolean> choice(Document document, Map<String, @Nullable Object> sent) {
        Map<String, Boolean> choice = new HashMap<>();
        for (var operation : document.definitions(Definition.Operation.class)) {
            for (var variable : operation.variables()) {
                if (sent.get(variable.name()) instanceof Boolean value) {
                    choice.put(variable.name(), value);
                } else if (variable.defaultValue() instanceof Value.BooleanValue(var value)) {
                    choice.put(variable.name(), value);
                }
            }
        }
        return choice;
    }

    private Map<String, @Nullable Object> of(Definition.Operation operation) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Definition.VariableDefinition variable : operation.variables()) {
            if (other || variable.defaultValue() == null) {
                values.put(variable.name(), value(variable.name(), variable.type()));
            }
        }
        return values;
    }

    private Object value(String name, TypeReference type) {
        return switch (type) {
            case NonNull(var inner) -> value(name, inner);
            case ListOf(var element) -> List.of(value(name, element));
            case Named named ->
                    switch (named.name()) {
                        case "Int" -> name.length();
                        case "Float" -> name.length() + 0.5;
                        case "Boolean" -> (name.hashCode() % 2 == 0) != other;
                        default -> named(name, named.name());
                    };
        };
    }

    private Object named(String name, String type) {
        return switch (schema.find(type)) {
            case EnumType it -> it.values().firstEntry().getKey();
            case InputObjectType it -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                for (InputField field : it.fields().values()) {
                    if (field.type().isNonNull() && field.defaultValue() == null) {
                        fields.put(field.name(), value(field.name(), field.type()));
                    }
                }
                yield fields;
            }
            case null, default -> name;
        };
    }
}
