package dev.trivium.composition;

import dev.trivium.language.Argument;
import dev.trivium.language.SourceLocation;
import dev.trivium.language.TypeReference;
import dev.trivium.language.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of GraphQL for applied directives (GraphQL specification, section 5.7): allowed there,
/// not repeated, with arguments that the definition has.
final class ValidateDirectives {
    /// The directives of GraphQL itself, for schemas that do not define them.
    private static final Map<String, DirectiveElement> STANDARD =
            Map.of(
                    "deprecated",
                    standard(
                            "deprecated",
                            "reason",
                            new TypeReference.Named("String"),
                            "FIELD_DEFINITION",
                            "ARGUMENT_DEFINITION",
                            "INPUT_FIELD_DEFINITION",
                            "ENUM_VALUE"),
                    "specifiedBy",
                    standard(
                            "specifiedBy",
                            "url",
                            new TypeReference.NonNull(new TypeReference.Named("String")),
                            "SCALAR"));

    private final SchemaModel model;
    private final String prefix;
    private final Report report;
    private final CheckValue values;

    private static DirectiveElement standard(
            String name, String argument, TypeReference type, String... locations) {
        var directive = new DirectiveElement(name, SourceLocation.NONE);
        directive.locations.addAll(List.of(locations));
        directive.arguments.put(
                argument,
                new InputElement(
                        "@" + name + "(" + argument + ":)", argument, type, SourceLocation.NONE));
        return directive;
    }

    private ValidateDirectives(String prefix, SchemaModel model, Report report) {
        this.prefix = prefix;
        this.model = model;
        this.report = report;
        this.values = new CheckValue(model);
    }

    /// @param prefix how messages start
    static void validate(String prefix, SchemaModel model, Report report) {
        var validate = new ValidateDirectives(prefix, model, report);
        validate.element(model.schema, "SCHEMA");
        for (DirectiveElement directive : model.directives.values()) {
            directive.arguments.values().forEach(a -> validate.element(a, "ARGUMENT_DEFINITION"));
        }
        for (TypeElement type : model.types.values()) {
            validate.type(type);
        }
    }

    private void type(TypeElement type) {
        element(
                type,
                switch (type.kind) {
                    case SCALAR -> "SCALAR";
                    case OBJECT -> "OBJECT";
                    case INTERFACE -> "INTERFACE";
                    case UNION -> "UNION";
                    case ENUM -> "ENUM";
                    case INPUT -> "INPUT_OBJECT";
                });
        for (FieldElement field : type.fields.values()) {
            element(field, "FIELD_DEFINITION");
            field.arguments.values().forEach(a -> element(a, "ARGUMENT_DEFINITION"));
        }
        type.values.values().forEach(value -> element(value, "ENUM_VALUE"));
        type.inputs.values().forEach(input -> element(input, "INPUT_FIELD_DEFINITION"));
    }

    private void element(Element element, String location) {
        Set<String> seen = new HashSet<>();
        for (Applied applied : element.directives) {
            DirectiveElement own = model.directives.get(applied.name());
            DirectiveElement definition = own == null ? STANDARD.get(applied.name()) : own;
            if (definition == null) {
                continue;
            }
            if (!definition.locations.contains(location)) {
                invalid(
                        "\"@%s\" may not be used on \"%s\": its definition does not list %s."
                                .formatted(applied.name(), element.coordinate(), location),
                        applied.location());
            }
            if (!seen.add(applied.name()) && !definition.repeatable) {
                invalid(
                        "\"@%s\" is used more than once on \"%s\"."
                                .formatted(applied.name(), element.coordinate()),
                        applied.location());
            }
            arguments(applied, definition, element);
        }
    }

    private void arguments(Applied applied, DirectiveElement definition, Element element) {
        for (Argument argument : applied.arguments()) {
            InputElement input = definition.arguments.get(argument.name());
            if (input == null) {
                invalid(
                        "\"@%s\" has no argument \"%s\"."
                                .formatted(applied.name(), argument.name()),
                        applied.location());
            } else if (!values.isValid(argument.value(), input.type)) {
                invalid(
                        "%s is no value of the type \"%s\" of \"@%s(%s:)\", applied to \"%s\"."
                                .formatted(
                                        CheckValue.show(argument.value()),
                                        input.type,
                                        applied.name(),
                                        argument.name(),
                                        element.coordinate()),
                        applied.location());
            }
        }
        for (InputElement input : definition.arguments.values()) {
            Value given = applied.argument(input.name);
            if (input.isRequired() && given == null) {
                invalid(
                        "\"@%s\" on \"%s\" needs the argument \"%s\"."
                                .formatted(applied.name(), element.coordinate(), input.name),
                        applied.location());
            }
        }
    }

    private void invalid(String message, SourceLocation location) {
        report.error(CompositionCode.INVALID_GRAPHQL, prefix + message, List.of(location));
    }
}
