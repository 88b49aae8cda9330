package dev.trivium.composition;

import dev.trivium.language.OperationType;
import dev.trivium.language.TypeReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The part of a supergraph that clients see: without specifications, without what is inaccessible.
final class BuildApiSchema {
    private static final Set<String> SHOWN = Set.of("deprecated", "specifiedBy");

    private final MergeContext context;
    private final SchemaModel api = new SchemaModel();

    private BuildApiSchema(MergeContext context) {
        this.context = context;
    }

    static SchemaModel build(MergeContext context) {
        var build = new BuildApiSchema(context);
        SchemaModel merged = context.merged;
        build.api.schema.description = merged.schema.description;
        for (OperationType operation : OperationType.values()) {
            TypeElement root = merged.root(operation);
            if (root != null && isShown(root)) {
                build.api.schema.roots.put(operation, root.name);
            }
        }
        for (String name : context.sources.keySet()) {
            TypeElement type = merged.type(name);
            if (type != null && isShown(type)) {
                build.add(type);
            }
        }
        for (String name : context.executableDirectives) {
            DirectiveElement directive = merged.directives.get(name);
            if (directive != null) {
                build.api.directives.put(name, directive);
            }
        }
        return build.api;
    }

    private void add(TypeElement type) {
        var shown = new TypeElement(type.kind, type.name, type.location);
        copy(type, shown);
        for (String itf : type.interfaces.keySet()) {
            if (isShown(itf)) {
                shown.interfaces.put(itf, Block.GENERATED);
            }
        }
        for (String member : type.members.keySet()) {
            if (isShown(member)) {
                shown.members.put(member, Block.GENERATED);
            }
        }
        type.fields.values().stream().filter(BuildApiSchema::isShown).forEach(f -> add(f, shown));
        for (EnumValueElement value : type.values.values()) {
            if (isShown(value)) {
                var copy = new EnumValueElement(shown, value.name, Block.GENERATED, value.location);
                copy(value, copy);
                shown.values.put(copy.name, copy);
            }
        }
        type.inputs.values().stream()
                .filter(BuildApiSchema::isShown)
                .map(this::copyOf)
                .forEach(input -> shown.inputs.put(input.name, input));
        api.types.put(shown.name, shown);
    }

    private void add(FieldElement field, TypeElement parent) {
        TypeReference type = field.type;
        var copy = new FieldElement(parent, field.name, type, Block.GENERATED, field.location);
        copy(field, copy);
        field.arguments.values().stream()
                .filter(BuildApiSchema::isShown)
                .map(this::copyOf)
                .forEach(argument -> copy.arguments.put(argument.name, argument));
        parent.addField(copy);
    }

    private InputElement copyOf(InputElement input) {
        var copy = new InputElement(input.coordinate(), input.name, input.type, input.location);
        copy.defaultValue = input.defaultValue;
        copy(input, copy);
        return copy;
    }

    private static void copy(Element from, Element to) {
        to.description = from.description;
        List<Applied> shown = new ArrayList<>();
        for (Applied applied : from.directives) {
            if (SHOWN.contains(applied.name())) {
                shown.add(applied);
            }
        }
        to.directives = shown;
    }

    private boolean isShown(String typeName) {
        TypeElement type = context.merged.type(typeName);
        return type != null && isShown(type);
    }

    private static boolean isShown(Element element) {
        return !element.has(FederationDirective.INACCESSIBLE);
    }
}
