package dev.trivium.composition;

import dev.trivium.language.OperationType;
import dev.trivium.language.SourceLocation;
import dev.trivium.language.TypeReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/// The rules of GraphQL for types (GraphQL specification, section 3), for a schema whose references
/// are known to be right.
final class ValidateTypeSystem {
    private final SchemaModel model;
    private final String prefix;
    private final Report report;
    private final TypeRelations relations;
    private final CheckValue values;

    private ValidateTypeSystem(String prefix, SchemaModel model, Report report) {
        this.prefix = prefix;
        this.model = model;
        this.report = report;
        this.relations = new TypeRelations(model);
        this.values = new CheckValue(model);
    }

    /// @param prefix how messages start
    static void validate(String prefix, SchemaModel model, Report report) {
        var validate = new ValidateTypeSystem(prefix, model, report);
        validate.roots();
        model.types.values().forEach(validate::type);
        validate.inputCycles();
    }

    private void roots() {
        Set<String> seen = new HashSet<>();
        for (String name : model.schema.roots.values()) {
            if (!seen.add(name)) {
                invalid(
                        "\"%s\" is the root type of two kinds of operations; each needs its own."
                                .formatted(name),
                        model.schema);
            }
        }
    }

    private void type(TypeElement type) {
        if (SchemaModel.BUILT_IN_SCALARS.contains(type.name)) {
            invalid("\"%s\" is a type of GraphQL itself.".formatted(type.name), type);
        }
        switch (type.kind) {
            case SCALAR -> {}
            case OBJECT, INTERFACE -> {
                notEmpty(type, type.fields.isEmpty() && !isQuery(type), "field");
                type.fields.values().forEach(f -> f.arguments.values().forEach(this::input));
                type.interfaces.keySet().forEach(name -> implementation(type, name));
            }
            case UNION -> notEmpty(type, type.members.isEmpty(), "member");
            case ENUM -> notEmpty(type, type.values.isEmpty(), "value");
            case INPUT -> {
                notEmpty(type, type.inputs.isEmpty(), "field");
                type.inputs.values().forEach(this::input);
            }
        }
    }

    /// The query type of a subgraph also has the fields that composition strips, `_entities` and
    /// `_service`.
    private boolean isQuery(TypeElement type) {
        return type.equals(model.root(OperationType.QUERY));
    }

    private void notEmpty(TypeElement type, boolean empty, String part) {
        if (empty) {
            invalid("The type \"%s\" needs at least one %s.".formatted(type.name, part), type);
        }
    }

    private void input(InputElement input) {
        if (input.defaultValue != null && !values.isValid(input.defaultValue, input.type)) {
            invalid(
                    "The default value %s of \"%s\" is not of the type \"%s\"."
                            .formatted(
                                    CheckValue.show(input.defaultValue),
                                    input.coordinate(),
                                    input.type),
                    input);
        }
        if (input.isRequired()
                && input.directives.stream().anyMatch(d -> d.name().equals("deprecated"))) {
            invalid(
                    "\"%s\" is required, so it cannot be deprecated.".formatted(input.coordinate()),
                    input);
        }
    }

    private void implementation(TypeElement type, String interfaceName) {
        if (interfaceName.equals(type.name)) {
            invalid("The interface \"%s\" implements itself.".formatted(type.name), type);
            return;
        }
        TypeElement itf = model.type(interfaceName);
        if (itf == null) {
            return;
        }
        for (String above : itf.interfaces.keySet()) {
            if (!type.interfaces.containsKey(above) && !above.equals(type.name)) {
                invalid(
                        "\"%s\" must implement \"%s\", as \"%s\" does."
                                .formatted(type.name, above, interfaceName),
                        type);
            } else if (above.equals(type.name)) {
                invalid(
                        "\"%s\" and \"%s\" implement each other."
                                .formatted(type.name, interfaceName),
                        type);
            }
        }
        for (FieldElement expected : itf.fields.values()) {
            FieldElement actual = type.fields.get(expected.name);
            if (actual == null) {
                invalid(
                        "\"%s\" needs the field \"%s\" of the interface \"%s\"."
                                .formatted(type.name, expected.name, interfaceName),
                        List.of(type.location, expected.location));
            } else {
                implementation(expected, actual);
            }
        }
    }

    private void implementation(FieldElement expected, FieldElement actual) {
        List<SourceLocation> places = List.of(actual.location, expected.location);
        if (!relations.isSubtype(expected.type, actual.type)) {
            invalid(
                    "\"%s\" has the type \"%s\", which is no subtype of \"%s\", the type of \"%s\"."
                            .formatted(
                                    actual.coordinate(),
                                    actual.type,
                                    expected.type,
                                    expected.coordinate()),
                    places);
        }
        for (InputElement argument : expected.arguments.values()) {
            InputElement own = actual.arguments.get(argument.name);
            if (own == null) {
                invalid(
                        "\"%s\" needs the argument \"%s\"."
                                .formatted(actual.coordinate(), argument.coordinate()),
                        places);
            } else if (!own.type.equals(argument.type)) {
                invalid(
                        "\"%s\" has the type \"%s\", but \"%s\" has the type \"%s\"."
                                .formatted(
                                        own.coordinate(),
                                        own.type,
                                        argument.coordinate(),
                                        argument.type),
                        List.of(own.location, argument.location));
            }
        }
        for (InputElement own : actual.arguments.values()) {
            if (!expected.arguments.containsKey(own.name) && own.isRequired()) {
                invalid(
                        "\"%s\" is required, but \"%s\" does not have it."
                                .formatted(own.coordinate(), expected.coordinate()),
                        List.of(own.location, expected.location));
            }
        }
    }

    /// A type on the way through input types, with those of its fields that must be given.
    private record Visit(TypeElement type, Iterator<InputElement> needed) {
        Visit(TypeElement type) {
            this(type, type.inputs.values().stream().filter(Visit::isNeeded).iterator());
        }

        private static boolean isNeeded(InputElement input) {
            return input.isRequired() && input.type.nullable() instanceof TypeReference.Named;
        }
    }

    /// An input object that needs itself can never be given. Each cycle is reported at a field that
    /// closes it. Walks with a stack of its own, for a chain of types may be long.
    private void inputCycles() {
        Set<TypeElement> entered = new HashSet<>();
        for (TypeElement start : model.types(TypeElement.Kind.INPUT)) {
            if (!entered.add(start)) {
                continue;
            }
            Deque<Visit> way = new ArrayDeque<>(List.of(new Visit(start)));
            Set<TypeElement> onTheWay = new HashSet<>(Set.of(start));
            while (!way.isEmpty()) {
                Visit visit = way.element();
                if (!visit.needed.hasNext()) {
                    onTheWay.remove(way.remove().type);
                    continue;
                }
                InputElement input = visit.needed.next();
                TypeElement target = model.type(input.type.namedType());
                if (target != null && onTheWay.contains(target)) {
                    invalid(
                            "The input type \"%s\" needs itself by \"%s\", so no value of it can be given."
                                    .formatted(target.name, input.coordinate()),
                            input);
                } else if (target != null && entered.add(target)) {
                    way.push(new Visit(target));
                    onTheWay.add(target);
                }
            }
        }
    }

    private void invalid(String message, Element element) {
        invalid(message, List.of(element.location));
    }

    private void invalid(String message, List<SourceLocation> locations) {
        report.error(CompositionCode.INVALID_GRAPHQL, prefix + message, locations);
    }
}
