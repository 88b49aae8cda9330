package dev.trivium.composition;

import dev.trivium.language.SourceLocation;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Checks that every type and directive that a schema names exists and is of a kind that may stand
/// there. Later checks rely on it.
final class ValidateReferences {
    private final SchemaModel model;
    private final String prefix;
    private final Report report;

    private ValidateReferences(String prefix, SchemaModel model, Report report) {
        this.prefix = prefix;
        this.model = model;
        this.report = report;
    }

    /// @param prefix how messages start
    static void validate(String prefix, SchemaModel model, Report report) {
        var validate = new ValidateReferences(prefix, model, report);
        for (DirectiveElement directive : model.directives.values()) {
            directive.arguments.values().forEach(validate::input);
        }
        validate.known(model.schema);
        model.types.values().forEach(validate::type);
    }

    private void type(TypeElement type) {
        known(type);
        for (Map.Entry<String, Block> itf : type.interfaces.entrySet()) {
            named(
                    itf.getKey(),
                    itf.getValue().location(),
                    TypeElement.Kind.INTERFACE::equals,
                    "\"%s\" can only implement interfaces".formatted(type.name));
        }
        for (Map.Entry<String, Block> member : type.members.entrySet()) {
            named(
                    member.getKey(),
                    member.getValue().location(),
                    TypeElement.Kind.OBJECT::equals,
                    "the members of the union \"%s\" are object types".formatted(type.name));
        }
        for (FieldElement field : type.fields.values()) {
            known(field);
            named(
                    field.type.namedType(),
                    field.location,
                    TypeElement.Kind::isOutput,
                    "the field \"%s\" needs an output type".formatted(field.coordinate()));
            field.arguments.values().forEach(this::input);
        }
        type.values.values().forEach(this::known);
        type.inputs.values().forEach(this::input);
    }

    private void input(InputElement input) {
        known(input);
        named(
                input.type.namedType(),
                input.location,
                TypeElement.Kind::isInput,
                "\"%s\" needs an input type".formatted(input.coordinate()));
    }

    private void named(
            String name,
            SourceLocation location,
            Predicate<TypeElement.Kind> allowed,
            String rule) {
        if (SchemaModel.BUILT_IN_SCALARS.contains(name)) {
            if (!allowed.test(TypeElement.Kind.SCALAR)) {
                invalid("\"%s\" is a scalar, but %s.".formatted(name, rule), location);
            }
            return;
        }
        TypeElement type = model.type(name);
        if (type == null) {
            invalid("There is no type \"%s\".".formatted(name), location);
        } else if (!allowed.test(type.kind)) {
            invalid("\"%s\" is of kind %s, but %s.".formatted(name, type.kind, rule), location);
        }
    }

    private void known(Element element) {
        for (Applied applied : element.directives) {
            String name = applied.name();
            if (!model.directives.containsKey(name)
                    && !SchemaModel.BUILT_IN_DIRECTIVES.contains(name)) {
                String advice =
                        FederationDirective.named(name) == null
                                ? ""
                                : " To use that of federation, import \"@%s\" in the link to the federation specification."
                                        .formatted(name);
                invalid(
                        "There is no directive \"@%s\".%s".formatted(name, advice),
                        applied.location());
            }
        }
    }

    private void invalid(String message, SourceLocation location) {
        report.error(CompositionCode.INVALID_GRAPHQL, prefix + message, List.of(location));
    }
}
