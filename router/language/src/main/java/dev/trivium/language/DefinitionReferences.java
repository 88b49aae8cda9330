package dev.trivium.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds names in a schema document that lead nowhere, to a type of the wrong kind, or to two.
public final class DefinitionReferences {
    private static final Set<String> BUILT_IN_SCALARS =
            Set.of("Int", "Float", "String", "Boolean", "ID");

    private final Map<String, Definition.Type> types = new HashMap<>();
    private final List<Issue> issues = new ArrayList<>();

    private DefinitionReferences() {}

    /// @param document definitions only, no extensions
    /// @return all that is wrong, with the code `INVALID_GRAPHQL`
    public static List<Issue> check(Document document) {
        DefinitionReferences references = new DefinitionReferences();
        List<Definition.Type> types = document.definitions(Definition.Type.class);
        for (Definition.Type type : types) {
            if (references.types.putIfAbsent(type.name(), type) != null) {
                references.report(
                        "There is more than one type " + type.name() + ".", type.location());
            }
        }
        types.forEach(references::type);
        document.definitions(Definition.DirectiveType.class)
                .forEach(directive ->
                        references.inputs("@" + directive.name(), directive.arguments()));
        document.definitions(Definition.Schema.class).forEach(references::schema);
        return references.issues;
    }

    private void schema(Definition.Schema schema) {
        for (Definition.RootType root : schema.rootTypes()) {
            require(
                    types.get(root.typeName()) instanceof Definition.ObjectType,
                    "schema",
                    root.typeName(),
                    "an object type",
                    root.location());
        }
    }

    private void type(Definition.Type type) {
        switch (type) {
            case Definition.ScalarType _, Definition.EnumType _ -> {}
            case Definition.ObjectType object -> {
                interfaces(object, object.interfaces());
                fields(object.name(), object.fields());
            }
            case Definition.InterfaceType interfaceType -> {
                interfaces(interfaceType, interfaceType.interfaces());
                fields(interfaceType.name(), interfaceType.fields());
            }
            case Definition.UnionType union -> {
                for (String member : union.members()) {
                    require(
                            types.get(member) instanceof Definition.ObjectType,
                            union.name(),
                            member,
                            "an object type",
                            union.location());
                }
            }
            case Definition.InputObjectType input -> inputs(input.name(), input.fields());
        }
    }

    private void interfaces(Definition.Type type, List<String> interfaces) {
        for (String name : interfaces) {
            require(
                    types.get(name) instanceof Definition.InterfaceType,
                    type.name(),
                    name,
                    "an interface",
                    type.location());
        }
    }

    private void fields(String type, List<Definition.FieldDefinition> fields) {
        unique(type, fields.stream().map(Definition.FieldDefinition::name).toList());
        for (Definition.FieldDefinition field : fields) {
            String place = type + "." + field.name();
            String name = field.type().namedType();
            require(isOutput(name), place, name, "an output type", field.location());
            inputs(place, field.arguments());
        }
    }

    private void inputs(String owner, List<Definition.InputValue> inputs) {
        unique(owner, inputs.stream().map(Definition.InputValue::name).toList());
        for (Definition.InputValue input : inputs) {
            String name = input.type().namedType();
            require(
                    isInput(name),
                    owner + "." + input.name(),
                    name,
                    "an input type",
                    input.location());
        }
    }

    private void unique(String owner, List<String> names) {
        if (Set.copyOf(names).size() < names.size()) {
            report(owner + " has two elements with one name.", SourceLocation.NONE);
        }
    }

    private boolean isOutput(String name) {
        return BUILT_IN_SCALARS.contains(name)
                || switch (types.get(name)) {
                    case null -> false;
                    case Definition.InputObjectType _ -> false;
                    case Definition.ScalarType _,
                            Definition.EnumType _,
                            Definition.ObjectType _,
                            Definition.InterfaceType _,
                            Definition.UnionType _ ->
                            true;
                };
    }

    private boolean isInput(String name) {
        return BUILT_IN_SCALARS.contains(name)
                || switch (types.get(name)) {
                    case null -> false;
                    case Definition.ScalarType _,
                            Definition.EnumType _,
                            Definition.InputObjectType _ ->
                            true;
                    case Definition.ObjectType _,
                            Definition.InterfaceType _,
                            Definition.UnionType _ ->
                            false;
                };
    }

    private void require(
            boolean holds, String place, String name, String kind, SourceLocation location) {
        if (!holds) {
            report("%s needs %s, and %s is none.".formatted(place, kind, name), location);
        }
    }

    private void report(String message, SourceLocation location) {
        issues.add(new Issue(Parser.INVALID_GRAPHQL, message, location));
    }
}
