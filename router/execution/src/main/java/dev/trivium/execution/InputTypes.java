package dev.trivium.execution;

import dev.trivium.language.TypeReference;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the input types that variables use, each once. Elements that are inaccessible do not exist
/// for a client.
final class InputTypes {

    private final Supergraph supergraph;
    private final Map<String, InputType> byName = new HashMap<>();

    InputTypes(Supergraph supergraph) {
        this.supergraph = supergraph;
    }

    InputType of(TypeReference type) {
        return switch (type) {
            case TypeReference.NonNull(var inner) -> new InputType.NonNull(of(inner));
            case TypeReference.ListOf(var element) -> new InputType.ListOf(of(element));
            case TypeReference.Named(var name) -> named(name);
        };
    }

    private InputType named(String name) {
        InputType known = byName.get(name);
        if (known != null) {
            return known;
        }
        return switch (name) {
            case "Int" -> new InputType.Int();
            case "Float" -> new InputType.FloatingPoint();
            case "String" -> new InputType.Text();
            case "Boolean" -> new InputType.Bool();
            case "ID" -> new InputType.Id();
            default -> defined(name);
        };
    }

    private InputType defined(String name) {
        SupergraphType type = supergraph.types().get(name);
        return switch (type) {
            case SupergraphType.EnumType values -> enumeration(values);
            case SupergraphType.InputObjectType object -> inputObject(object);
            case SupergraphType.ScalarType _ -> new InputType.Any();
            case SupergraphType.Composite _, SupergraphType.UnionType _ ->
                    throw new IllegalArgumentException(name + " is no input type");
            case null -> throw new IllegalArgumentException("no type " + name);
        };
    }

    private InputType enumeration(SupergraphType.EnumType type) {
        List<String> visible =
                type.values().values().stream()
                        .filter(value -> !value.inaccessible())
                        .map(SupergraphType.EnumValue::name)
                        .toList();
        InputType enumeration = new InputType.Enumeration(type.name(), new NameTable(visible));
        byName.put(type.name(), enumeration);
        return enumeration;
    }

    private InputType inputObject(SupergraphType.InputObjectType type) {
        boolean oneOf =
                type.directives().stream().anyMatch(directive -> directive.name().equals("oneOf"));
        InputType.InputObject object = new InputType.InputObject(type.name(), oneOf);
        byName.put(type.name(), object);
        object.complete(
                type.fields().values().stream()
                        .filter(field -> !field.inaccessible())
                        .map(this::field)
                        .toList());
        return object;
    }

    private InputType.Field field(SupergraphType.InputField field) {
        return new InputType.Field(
                field.name(),
                of(field.type()),
                field.type().isNonNull() && field.defaultValue() == null);
    }
}
