package dev.trivium.execution;

import dev.trivium.language.Definition.VariableDefinition;
import dev.trivium.language.Value;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The variables of an operation, and how they are checked.
final class VariablePlan {

    private final List<Variable> variables;

    private VariablePlan(List<Variable> variables) {
        this.variables = variables;
    }

    /// @param key `"name":`
    /// @param defaultJson what is sent where the client gives no value; null if there is no default
    record Variable(String name, byte[] key, InputType type, byte @Nullable [] defaultJson) {}

    static VariablePlan of(List<VariableDefinition> definitions, InputTypes types) {
        return new VariablePlan(
                definitions.stream()
                        .map(definition -> {
                            Value defaultValue = definition.defaultValue();
                            return new Variable(
                                    definition.name(),
                                    JsonText.utf8('"' + definition.name() + "\":"),
                                    types.of(definition.type()),
                                    defaultValue == null
                                            ? null
                                            : JsonText.utf8(json(defaultValue)));
                        })
                        .toList());
    }

    int count() {
        return variables.size();
    }

    Variable at(int number) {
        return variables.get(number);
    }

    /// The number of a variable, or -1.
    int find(String name) {
        for (int i = 0; i < variables.size(); i++) {
            if (variables.get(i).name.equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static String json(Value value) {
        return switch (value) {
            case Value.IntValue(var digits) -> digits;
            case Value.FloatValue(var digits) -> digits;
            case Value.StringValue(var text) -> JsonText.quote(text);
            case Value.BooleanValue(var truth) -> Boolean.toString(truth);
            case Value.NullValue() -> "null";
            case Value.EnumValue(var name) -> JsonText.quote(name);
            case Value.ListValue(var elements) ->
                    elements.stream()
                            .map(VariablePlan::json)
                            .collect(Collectors.joining(",", "[", "]"));
            case Value.ObjectValue(SequencedMap<String, Value> fields) -> object(fields);
            case Value.Variable(var name) ->
                    throw new IllegalArgumentException("a default refers to $" + name);
        };
    }

    private static String object(Map<String, Value> fields) {
        return fields.entrySet().stream()
                .map(field -> JsonText.quote(field.getKey()) + ':' + json(field.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
