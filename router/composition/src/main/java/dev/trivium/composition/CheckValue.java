package dev.trivium.composition;

import dev.trivium.language.TypeReference;
import dev.trivium.language.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Whether literals are values of types (GraphQL specification, section 5.6.1).
final class CheckValue {
    private final SchemaModel model;

    CheckValue(SchemaModel model) {
        this.model = model;
    }

    boolean isValid(Value value, TypeReference type) {
        return switch (type) {
            case TypeReference.NonNull(var inner) ->
                    !(value instanceof Value.NullValue) && isValid(value, inner);
            case TypeReference.ListOf(var element) ->
                    value instanceof Value.NullValue
                            || (value instanceof Value.ListValue(var elements)
                                    ? elements.stream().allMatch(each -> isValid(each, element))
                                    : isValid(value, element));
            case TypeReference.Named(var name) ->
                    value instanceof Value.NullValue || isNamedValid(value, name);
        };
    }

    private boolean isNamedValid(Value value, String typeName) {
        return switch (typeName) {
            case "Int" -> value instanceof Value.IntValue(var digits) && isInt(digits);
            case "Float" -> value instanceof Value.IntValue || value instanceof Value.FloatValue;
            case "String" -> value instanceof Value.StringValue;
            case "Boolean" -> value instanceof Value.BooleanValue;
            case "ID" -> value instanceof Value.StringValue || value instanceof Value.IntValue;
            default -> isCustomValid(value, typeName);
        };
    }

    private boolean isCustomValid(Value value, String typeName) {
        TypeElement type = model.type(typeName);
        if (type == null) {
            return true;
        }
        return switch (type.kind) {
            case SCALAR -> true;
            case ENUM ->
                    value instanceof Value.EnumValue(var name) && type.values.containsKey(name);
            case INPUT ->
                    value instanceof Value.ObjectValue(var fields) && isObjectValid(fields, type);
            case OBJECT, INTERFACE, UNION -> false;
        };
    }

    private boolean isObjectValid(Map<String, Value> fields, TypeElement type) {
        for (Map.Entry<String, Value> field : fields.entrySet()) {
            InputElement input = type.inputs.get(field.getKey());
            if (input == null || !isValid(field.getValue(), input.type)) {
                return false;
            }
        }
        return type.inputs.values().stream()
                .allMatch(input -> !input.isRequired() || fields.containsKey(input.name));
    }

    /// Whether two literals are the same value, however they are written.
    static boolean isSame(@Nullable Value one, @Nullable Value other) {
        if (one instanceof Value.ListValue(var elements)
                && other instanceof Value.ListValue(var others)) {
            return elements.size() == others.size()
                    && IntStream.range(0, elements.size())
                            .allMatch(i -> isSame(elements.get(i), others.get(i)));
        }
        if (one instanceof Value.ObjectValue(var fields)
                && other instanceof Value.ObjectValue(var others)) {
            return fields.keySet().equals(others.keySet())
                    && fields.keySet().stream()
                            .allMatch(name -> isSame(fields.get(name), others.get(name)));
        }
        boolean fractional = one instanceof Value.FloatValue || other instanceof Value.FloatValue;
        return Objects.equals(one, other)
                || (fractional && Double.isFinite(number(one)) && number(one) == number(other));
    }

    private static double number(@Nullable Value value) {
        if (value instanceof Value.IntValue(var digits)) {
            return Double.parseDouble(digits);
        }
        return value instanceof Value.FloatValue(var digits)
                ? Double.parseDouble(digits)
                : Double.NaN;
    }

    private static boolean isInt(String digits) {
        return digits.length() <= 11 && new BigInteger(digits).bitLength() <= 31;
    }

    /// A literal as messages show it.
    static String show(Value value) {
        return switch (value) {
            case Value.Variable(var name) -> "$" + name;
            case Value.IntValue(var digits) -> digits;
            case Value.FloatValue(var digits) -> digits;
            case Value.StringValue(var text) -> "\"" + text + "\"";
            case Value.BooleanValue(var flag) -> String.valueOf(flag);
            case Value.NullValue _ -> "null";
            case Value.EnumValue(var name) -> name;
            case Value.ListValue(var elements) -> showAll(elements);
            case Value.ObjectValue(var fields) -> {
                List<String> shown =
                        fields.entrySet().stream()
                                .map(field -> field.getKey() + ": " + show(field.getValue()))
                                .toList();
                yield "{" + String.join(", ", shown) + "}";
            }
        };
    }

    private static String showAll(List<Value> values) {
        return "[" + String.join(", ", values.stream().map(CheckValue::show).toList()) + "]";
    }
}
