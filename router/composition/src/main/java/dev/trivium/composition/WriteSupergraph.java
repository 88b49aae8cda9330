package dev.trivium.composition;

import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.OperationType;
import dev.trivium.language.SourceLocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The merged schema as a document: schema, directives, types, each sorted by name.
final class WriteSupergraph {
    private WriteSupergraph() {}

    static Document write(SchemaModel model) {
        List<Definition> definitions = new ArrayList<>();
        definitions.add(schema(model.schema));
        model.directives.values().stream()
                .sorted(Comparator.comparing(directive -> directive.name))
                .map(WriteSupergraph::directive)
                .forEach(definitions::add);
        model.types.values().stream()
                .sorted(Comparator.comparing(type -> type.name))
                .map(WriteSupergraph::type)
                .forEach(definitions::add);
        return new Document(definitions);
    }

    private static Definition schema(SchemaElement schema) {
        List<Definition.RootType> roots = new ArrayList<>();
        for (OperationType operation : OperationType.values()) {
            String name = schema.roots.get(operation);
            if (name != null) {
                roots.add(new Definition.RootType(operation, name, SourceLocation.NONE));
            }
        }
        return new Definition.Schema(
                false,
                schema.description,
                directives(schema.directives),
                roots,
                SourceLocation.NONE);
    }

    private static Definition directive(DirectiveElement directive) {
        return new Definition.DirectiveType(
                directive.description,
                directive.name,
                inputs(directive.arguments.values()),
                directive.repeatable,
                List.copyOf(directive.locations),
                SourceLocation.NONE);
    }

    private static Definition type(TypeElement type) {
        List<Directive> directives = directives(type.directives);
        return switch (type.kind) {
            case SCALAR ->
                    new Definition.ScalarType(
                            false, type.description, type.name, directives, SourceLocation.NONE);
            case OBJECT ->
                    new Definition.ObjectType(
                            false,
                            type.description,
                            type.name,
                            List.copyOf(type.interfaces.keySet()),
                            directives,
                            fields(type),
                            SourceLocation.NONE);
            case INTERFACE ->
                    new Definition.InterfaceType(
                            false,
                            type.description,
                            type.name,
                            List.copyOf(type.interfaces.keySet()),
                            directives,
                            fields(type),
                            SourceLocation.NONE);
            case UNION ->
                    new Definition.UnionType(
                            false,
                            type.description,
                            type.name,
                            directives,
                            List.copyOf(type.members.keySet()),
                            SourceLocation.NONE);
            case ENUM ->
                    new Definition.EnumType(
                            false,
                            type.description,
                            type.name,
                            directives,
                            values(type),
                            SourceLocation.NONE);
            case INPUT ->
                    new Definition.InputObjectType(
                            false,
                            type.description,
                            type.name,
                            directives,
                            inputs(type.inputs.values()),
                            SourceLocation.NONE);
        };
    }

    private static List<Definition.FieldDefinition> fields(TypeElement type) {
        List<Definition.FieldDefinition> fields = new ArrayList<>();
        for (FieldElement field : type.fields.values()) {
            fields.add(
                    new Definition.FieldDefinition(
                            field.description,
                            field.name,
                            inputs(field.arguments.values()),
                            field.type,
                            directives(field.directives),
                            SourceLocation.NONE));
        }
        return fields;
    }

    private static List<Definition.EnumValue> values(TypeElement type) {
        List<Definition.EnumValue> values = new ArrayList<>();
        for (EnumValueElement value : type.values.values()) {
            values.add(
                    new Definition.EnumValue(
                            value.description,
                            value.name,
                            directives(value.directives),
                            SourceLocation.NONE));
        }
        return values;
    }

    private static List<Definition.InputValue> inputs(Collection<InputElement> inputs) {
        List<Definition.InputValue> definitions = new ArrayList<>();
        for (InputElement input : inputs) {
            definitions.add(
                    new Definition.InputValue(
                            input.description,
                            input.name,
                            input.type,
                            input.defaultValue,
                            directives(input.directives),
                            SourceLocation.NONE));
        }
        return definitions;
    }

    private static List<Directive> directives(List<Applied> directives) {
        return directives.stream().map(Applied::toDirective).toList();
    }
}
