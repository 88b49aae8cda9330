package dev.trivium.composition;

import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.OperationType;
import dev.trivium.language.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the model of a subgraph's schema from its document. Definitions and extensions are joined
/// (every element remembers its block), root types get their default names, and what federation
/// itself adds to a service (`_entities`, `_service`, their types) is left out.
final class BuildSchema {
    private static final Set<String> SERVICE_TYPES = Set.of("_Any", "_Entity", "_Service");
    private static final Set<String> SERVICE_FIELDS = Set.of("_entities", "_service");

    private final String subgraph;
    private final Links links;
    private final Report report;
    private final SchemaModel model = new SchemaModel();
    private final RootNames rootNames;

    private BuildSchema(String subgraph, Links links, RootNames rootNames, Report report) {
        this.subgraph = subgraph;
        this.links = links;
        this.rootNames = rootNames;
        this.report = report;
    }

    static SchemaModel build(String subgraph, Document document, Links links, Report report) {
        var build = new BuildSchema(subgraph, links, RootNames.of(document), report);
        for (Definition definition : document.definitions()) {
            build.add(definition);
        }
        build.findRoots(document);
        return build.model;
    }

    private void findRoots(Document document) {
        for (Definition.Schema schema : document.definitions(Definition.Schema.class)) {
            for (Definition.RootType root : schema.rootTypes()) {
                String name = rootNames.type(root.typeName());
                TypeElement type = model.type(name);
                if (type == null || type.kind != TypeElement.Kind.OBJECT) {
                    invalid(
                            "The %s root type must be an object type that exists; \"%s\" is none."
                                    .formatted(root.operation().keyword(), root.typeName()),
                            root.location());
                } else {
                    model.schema.roots.put(root.operation(), name);
                }
            }
        }
        for (OperationType operation : OperationType.values()) {
            TypeElement type = model.type(operation.defaultTypeName());
            if (type != null && !model.schema.roots.containsKey(operation)) {
                if (type.kind == TypeElement.Kind.OBJECT) {
                    model.schema.roots.put(operation, type.name);
                } else {
                    invalid(
                            "The %s root type must be an object type."
                                    .formatted(operation.keyword()),
                            type.location);
                }
            }
        }
        removeServiceFields();
    }

    private void removeServiceFields() {
        TypeElement query = model.root(OperationType.QUERY);
        if (query == null) {
            return;
        }
        boolean removed = query.fields.keySet().removeAll(SERVICE_FIELDS);
        if (removed && query.fields.isEmpty()) {
            model.types.remove(query.name);
            model.schema.roots.remove(OperationType.QUERY);
        }
    }

    private void add(Definition definition) {
        switch (definition) {
            case Definition.Executable executable ->
                    invalid("A schema cannot hold operations or fragments.", executable.location());
            case Definition.Schema schema -> addSchema(schema);
            case Definition.DirectiveType directive -> addDirective(directive);
            case Definition.ScalarType scalar -> {
                if (!SchemaModel.BUILT_IN_SCALARS.contains(scalar.name())) {
                    declare(TypeElement.Kind.SCALAR, scalar, (type, block) -> {});
                } else if (scalar.extension()) {
                    invalid(
                            "\"%s\" is a type of GraphQL itself.".formatted(scalar.name()),
                            scalar.location());
                }
            }
            case Definition.ObjectType object ->
                    declare(
                            TypeElement.Kind.OBJECT,
                            object,
                            (type, block) -> {
                                addInterfaces(type, object.interfaces(), block);
                                addFields(type, object.fields(), block);
                            });
            case Definition.InterfaceType itf ->
                    declare(
                            TypeElement.Kind.INTERFACE,
                            itf,
                            (type, block) -> {
                                addInterfaces(type, itf.interfaces(), block);
                                addFields(type, itf.fields(), block);
                            });
            case Definition.UnionType union ->
                    declare(
                            TypeElement.Kind.UNION,
                            union,
                            (type, block) -> addMembers(type, union.members(), block));
            case Definition.EnumType enumType ->
                    declare(
                            TypeElement.Kind.ENUM,
                            enumType,
                            (type, block) -> addValues(type, enumType.values(), block));
            case Definition.InputObjectType input ->
                    declare(
                            TypeElement.Kind.INPUT,
                            input,
                            (type, block) -> addInputs(type, input.fields(), block));
        }
    }

    private void addSchema(Definition.Schema schema) {
        if (schema.description() != null) {
            model.schema.description = schema.description();
        }
        var block = new Block(schema.extension(), schema.location());
        model.schema.directives.addAll(applied(schema.directives(), block));
    }

    @FunctionalInterface
    private interface Fill {
        void accept(TypeElement type, Block block);
    }

    private void declare(TypeElement.Kind kind, Definition.Type definition, Fill fill) {
        if (SERVICE_TYPES.contains(definition.name())) {
            return;
        }
        String name = rootNames.type(definition.name());
        checkName(name, definition.location());
        TypeElement type = model.types.get(name);
        if (type == null) {
            type = new TypeElement(kind, name, definition.location());
            model.types.put(name, type);
        } else if (type.kind != kind || (!definition.extension() && type.hasDefinition())) {
            invalid(
                    "There is more than one type \"%s\".".formatted(name),
                    List.of(type.location, definition.location()));
            return;
        }
        var block = new Block(definition.extension(), definition.location());
        type.blocks.add(block);
        if (definition.description() != null) {
            type.description = definition.description();
        }
        type.directives.addAll(applied(definition.directives(), block));
        fill.accept(type, block);
    }

    private void addInterfaces(TypeElement type, List<String> interfaces, Block block) {
        for (String name : interfaces) {
            if (type.interfaces.putIfAbsent(rootNames.type(name), block) != null) {
                invalid(
                        "Type \"%s\" implements \"%s\" twice.".formatted(type.name, name),
                        block.location());
            }
        }
    }

    private void addMembers(TypeElement type, List<String> members, Block block) {
        for (String name : members) {
            if (type.members.putIfAbsent(rootNames.type(name), block) != null) {
                invalid(
                        "Union \"%s\" has the member \"%s\" twice.".formatted(type.name, name),
                        block.location());
            }
        }
    }

    private void addFields(TypeElement type, List<Definition.FieldDefinition> fields, Block block) {
        for (Definition.FieldDefinition definition : fields) {
            checkName(definition.name(), definition.location());
            var field =
                    new FieldElement(
                            type,
                            definition.name(),
                            rootNames.type(definition.type()),
                            block,
                            definition.location());
            field.description = definition.description();
            field.directives.addAll(applied(definition.directives(), block));
            for (Definition.InputValue argument : definition.arguments()) {
                InputElement input =
                        InputElement.argumentOf(
                                field,
                                argument.name(),
                                rootNames.type(argument.type()),
                                argument.location());
                fill(input, argument, block);
                once(
                        field.arguments.putIfAbsent(input.name, input),
                        input.coordinate(),
                        input.location);
            }
            once(type.fields.putIfAbsent(field.name, field), field.coordinate(), field.location);
        }
    }

    private void addInputs(TypeElement type, List<Definition.InputValue> fields, Block block) {
        for (Definition.InputValue definition : fields) {
            InputElement input =
                    InputElement.fieldOf(
                            type,
                            definition.name(),
                            rootNames.type(definition.type()),
                            definition.location());
            fill(input, definition, block);
            once(type.inputs.putIfAbsent(input.name, input), input.coordinate(), input.location);
        }
    }

    private void addValues(TypeElement type, List<Definition.EnumValue> values, Block block) {
        for (Definition.EnumValue definition : values) {
            checkName(definition.name(), definition.location());
            var value = new EnumValueElement(type, definition.name(), block, definition.location());
            value.description = definition.description();
            value.directives.addAll(applied(definition.directives(), block));
            once(type.values.putIfAbsent(value.name, value), value.coordinate(), value.location);
        }
    }

    private void addDirective(Definition.DirectiveType definition) {
        if (SchemaModel.BUILT_IN_DIRECTIVES.contains(definition.name())) {
            return;
        }
        checkName(definition.name(), definition.location());
        var directive = new DirectiveElement(definition.name(), definition.location());
        directive.description = definition.description();
        directive.repeatable = definition.repeatable();
        directive.locations.addAll(definition.locations());
        var block = new Block(false, definition.location());
        for (Definition.InputValue argument : definition.arguments()) {
            var input =
                    new InputElement(
                            "@" + directive.name + "(" + argument.name() + ":)",
                            argument.name(),
                            rootNames.type(argument.type()),
                            argument.location());
            fill(input, argument, block);
            once(
                    directive.arguments.putIfAbsent(input.name, input),
                    input.coordinate(),
                    input.location);
        }
        once(
                model.directives.putIfAbsent(directive.name, directive),
                "@" + directive.name,
                directive.location);
    }

    private void fill(InputElement input, Definition.InputValue definition, Block block) {
        checkName(definition.name(), definition.location());
        input.description = definition.description();
        input.defaultValue = definition.defaultValue();
        input.directives.addAll(applied(definition.directives(), block));
    }

    private List<Applied> applied(List<Directive> directives, Block block) {
        List<Applied> applied = new ArrayList<>(directives.size());
        for (Directive directive : directives) {
            applied.add(
                    new Applied(
                            directive.name(),
                            links.known(directive.name()),
                            rootNames.arguments(directive.arguments()),
                            directive.location(),
                            block));
        }
        return applied;
    }

    private void once(@Nullable Object before, String coordinate, SourceLocation location) {
        if (before != null) {
            invalid("\"%s\" is declared twice.".formatted(coordinate), location);
        }
    }

    private void checkName(String name, SourceLocation location) {
        if (name.startsWith("__")) {
            invalid(
                    "\"%s\" starts with \"__\", which GraphQL keeps for introspection."
                            .formatted(name),
                    location);
        }
    }

    private void invalid(String message, SourceLocation location) {
        invalid(message, List.of(location));
    }

    private void invalid(String message, List<SourceLocation> locations) {
        report.error(CompositionCode.INVALID_GRAPHQL, "[" + subgraph + "] " + message, locations);
    }
}
