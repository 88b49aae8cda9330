package dev.trivium.composition;

import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.Issue;
import dev.trivium.language.TypeReference;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Checks that what a contract leaves is a schema that clients can use: no element refers to one
/// that is gone, and nothing that must be given is hidden.
final class CheckContract {
    private static final List<String> BUILT_IN = List.of("Int", "Float", "String", "Boolean", "ID");

    private final Map<String, Definition.Type> types = new LinkedHashMap<>();
    private final List<Issue> issues = new ArrayList<>();

    private CheckContract(Document apiSchema) {
        apiSchema.definitions(Definition.Type.class).forEach(type -> types.put(type.name(), type));
    }

    static List<Issue> check(Supergraph supergraph) {
        CheckContract check = new CheckContract(ApiSchema.of(supergraph));
        supergraph.rootTypes().values().stream()
                .limit(1)
                .filter(query -> !check.types.containsKey(query))
                .forEach(query ->
                        check.report(
                                CompositionCode.QUERY_ROOT_TYPE_INACCESSIBLE,
                                "the contract leaves nothing of the query type " + query));
        check.types.values().forEach(check::type);
        supergraph.types().values().forEach(check::hidden);
        return check.issues;
    }

    private void type(Definition.Type type) {
        switch (type) {
            case Definition.ObjectType object -> {
                fields(object.name(), object.fields());
                object.interfaces().forEach(name -> implementation(object, name));
            }
            case Definition.InterfaceType anInterface ->
                    fields(anInterface.name(), anInterface.fields());
            case Definition.InputObjectType input ->
                    input.fields()
                            .forEach(field ->
                                    reference(input.name() + "." + field.name(), field.type()));
            case Definition.UnionType union -> {
                if (union.members().isEmpty()) {
                    report(
                            CompositionCode.ONLY_INACCESSIBLE_CHILDREN,
                            "the contract keeps the union "
                                    + union.name()
                                    + ", but none of its members");
                }
            }
            case Definition.EnumType _ -> {}
            case Definition.ScalarType _ -> {}
        }
    }

    private void fields(String type, List<Definition.FieldDefinition> fields) {
        for (Definition.FieldDefinition field : fields) {
            String coordinate = type + "." + field.name();
            reference(coordinate, field.type());
            field.arguments()
                    .forEach(argument ->
                            reference(coordinate + "(" + argument.name() + ":)", argument.type()));
        }
    }

    private void reference(String coordinate, TypeReference type) {
        String name = type.namedType();
        if (!types.containsKey(name) && !BUILT_IN.contains(name)) {
            report(
                    CompositionCode.REFERENCED_INACCESSIBLE,
                    "the contract keeps %s, but not its type %s".formatted(coordinate, name));
        }
    }

    private void implementation(Definition.ObjectType object, String interfaceName) {
        if (types.get(interfaceName) instanceof Definition.InterfaceType implemented) {
            for (Definition.FieldDefinition field : implemented.fields()) {
                if (object.fields().stream().noneMatch(f -> f.name().equals(field.name()))) {
                    report(
                            CompositionCode.IMPLEMENTED_BY_INACCESSIBLE,
                            "the contract keeps %s.%s, but not %s.%s, which implements it"
                                    .formatted(
                                            interfaceName,
                                            field.name(),
                                            object.name(),
                                            field.name()));
                }
            }
        }
    }

    private void hidden(SupergraphType type) {
        if (type instanceof SupergraphType.InputObjectType input && !input.inaccessible()) {
            input.fields().values().stream()
                    .filter(f ->
                            f.inaccessible() && f.type().isNonNull() && f.defaultValue() == null)
                    .forEach(f -> required(input.name() + "." + f.name()));
        }
        if (type instanceof SupergraphType.Composite composite && !composite.inaccessible()) {
            composite.fields().values().stream()
                    .filter(field -> !field.inaccessible())
                    .forEach(field -> hiddenArguments(composite.name(), field));
        }
    }

    private void hiddenArguments(String type, SupergraphType.Field field) {
        for (Definition.InputValue argument : field.arguments().values()) {
            boolean inaccessible =
                    argument.directives().stream().anyMatch(d -> d.name().equals("inaccessible"));
            if (inaccessible && argument.type().isNonNull() && argument.defaultValue() == null) {
                required("%s.%s(%s:)".formatted(type, field.name(), argument.name()));
            }
        }
    }

    private void required(String coordinate) {
        report(
                CompositionCode.REQUIRED_INACCESSIBLE,
                "the contract hides %s, which must be given".formatted(coordinate));
    }

    private void report(CompositionCode code, String message) {
        issues.add(new Issue(code.name(), message, List.of()));
    }
}
